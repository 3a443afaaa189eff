package dev.vidame.directory.journal;

import java.util.Optional;

/** What a journal row records. */
public enum Operation {
  /** A customer was created; the row's subject is the customer. */
  CREATE_CUSTOMER("customer.create"),
  /** An account was created. */
  CREATE_USER("user.create"),
  /** An account's properties or password changed. */
  UPDATE_USER("user.update"),
  /** An account was deleted; it can be restored for a while. */
  DELETE_USER("user.delete"),
  /** A deleted account was brought back; properties may have changed with it. */
  RESTORE_USER("user.restore"),
  /**
   * An account was brought back as it was at an earlier time: properties, roles and licences, and
   * out of deletion where it was deleted.
   */
  REVERT_USER("user.revert"),
  /** A deleted account's time to be restored was over, and it is gone. */
  PURGE_USER("user.purge"),
  /** An account was given a directory role; the row's subject is the account. */
  ADD_ROLE_MEMBER("role.add"),
  /** A directory role was taken from an account; the row's subject is the account. */
  REMOVE_ROLE_MEMBER("role.remove"),
  /** An account's licences changed; the row's subject is the account. */
  UPDATE_LICENSES("license.update"),
  /** A customer's billing profile was replaced; the row's subject is the customer. */
  UPDATE_BILLING_PROFILE("customer.update-billing-profile"),
  /** A customer was given another domain; the row's subject is the customer. */
  ADD_DOMAIN("customer.add-domain"),
  /**
   * A further partner's relationship with the customer began; the row's subject is the customer.
   */
  ADD_RELATIONSHIP("customer.add-relationship"),
  /** A partner's relationship with the customer ended; the row's subject is the customer. */
  REMOVE_RELATIONSHIP("customer.remove-relationship"),
  /**
   * An agent was given a role on the customer until it ends, or another end; the row's subject is
   * the agent.
   */
  GIVE_ROLE("customer.give-agent-role"),
  /** A role on the customer was taken from an agent; the row's subject is the agent. */
  TAKE_ROLE("customer.take-agent-role"),
  /** A customer was deleted with all that it had; the row's subject is the customer. */
  DELETE_CUSTOMER("customer.delete"),
  /** What a customer subscribes to of a product was set; the row's subject is the customer. */
  DEFINE_SKU("sku.define"),
  /** A customer subscribes to a product no more; the row's subject is the customer. */
  REMOVE_SKU("sku.remove"),
  /** A partner was created. This row and those below are in the partner's own journal. */
  CREATE_PARTNER("partner.create"),
  /** A partner changed. */
  UPDATE_PARTNER("partner.update"),
  /** A partner was deleted with its agents and applications. */
  DELETE_PARTNER("partner.delete"),
  /** An agent was created; the row's subject is the agent. */
  CREATE_AGENT("agent.create"),
  /** An agent or its password changed; the row's subject is the agent. */
  UPDATE_AGENT("agent.update"),
  /** An agent was deleted; the row's subject is the agent. */
  DELETE_AGENT("agent.delete"),
  /**
   * An agent was given a second factor, which waits for its first code; the row's subject is the
   * agent, as in those about factors below.
   */
  ENROL_FACTOR("agent.enrol-second-factor"),
  /** A code was confirmed, and the factor is asked for. */
  CONFIRM_FACTOR("agent.confirm-second-factor"),
  /** An agent was given other recovery codes. */
  REPLACE_RECOVERY_CODES("agent.replace-recovery-codes"),
  /** An agent's second factor was taken away. */
  REMOVE_FACTOR("agent.remove-second-factor"),
  /** An agent's second factor takes no code any more, because too many in a row were wrong. */
  BLOCK_FACTOR("agent.block-second-factor"),
  /** An application was created; the row's subject is the application. */
  CREATE_APPLICATION("application.create"),
  /** An application changed; the row's subject is the application. */
  UPDATE_APPLICATION("application.update"),
  /** An application was deleted with its secrets; the row's subject is the application. */
  DELETE_APPLICATION("application.delete"),
  /** An application was given another secret; the row's subject is the secret. */
  ADD_SECRET("application.add-secret"),
  /** A secret was taken from an application; the row's subject is the secret. */
  REMOVE_SECRET("application.remove-secret"),
  /** An application was given a public key; the row's subject is the key. */
  ADD_APPLICATION_KEY("application.add-key"),
  /** A public key was taken from an application; the row's subject is the key. */
  REMOVE_APPLICATION_KEY("application.remove-key"),
  /** An identity provider's tokens are good for the partner; the row's subject is the provider. */
  TRUST_ISSUER("partner.trust-issuer"),
  /** An identity provider's tokens are good no more. */
  DISTRUST_ISSUER("partner.distrust-issuer"),
  /** An operator was created. This row and those below are in the journal of the service. */
  CREATE_OPERATOR("operator.create"),
  /** An operator was deleted. */
  DELETE_OPERATOR("operator.delete"),
  /** The key that signs tokens was exchanged for the next one. */
  ROTATE_SIGNING_KEY("service.rotate-signing-key");

  private final String code;

  Operation(String code) {
    this.code = code;
  }

  /** The stored form. It never changes, because row hashes cover it. */
  public String code() {
    return code;
  }

  static Operation of(String code) {
    return find(code)
        .orElseThrow(() ->
            new IllegalStateException(
                "The journal holds an operation that this version does not know: " + code));
  }

  /** The operation of this code; empty where this version knows none. */
  static Optional<Operation> find(String code) {
    for (Operation operation : values()) {
      if (operation.code.equals(code)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }
}
