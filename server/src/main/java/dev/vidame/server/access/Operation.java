package dev.vidame.server.access;

import static dev.vidame.directory.partners.Role.ADMIN_AGENT;
import static dev.vidame.directory.partners.Role.HELPDESK_AGENT;
import static dev.vidame.directory.partners.Role.SALES_AGENT;

import dev.vidame.directory.partners.Role;
import dev.vidame.directory.users.UpdateReach;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What callers can ask for, with who may ask (wire-spec §0.4 and §0.5). */
public enum Operation {
  /** Reads many customers. */
  LIST_CUSTOMERS(Openness.APPLICATIONS_TOO, ADMIN_AGENT, HELPDESK_AGENT, SALES_AGENT),
  /** Reads one customer. */
  GET_CUSTOMER(Openness.APPLICATIONS_TOO, ADMIN_AGENT, HELPDESK_AGENT, SALES_AGENT),
  /** Creates a customer with its first administrator. */
  CREATE_CUSTOMER(Openness.APPLICATIONS_TOO, ADMIN_AGENT, SALES_AGENT),
  /** Deletes a sandbox partner's customer. */
  DELETE_CUSTOMER(Openness.APPLICATIONS_TOO, ADMIN_AGENT),
  /** Ends the partner's relationship with a customer. */
  REMOVE_RELATIONSHIP(Openness.AGENTS_ONLY, ADMIN_AGENT, SALES_AGENT),
  /** Reads a customer's company profile. */
  GET_COMPANY_PROFILE(Openness.AGENTS_ONLY, ADMIN_AGENT, HELPDESK_AGENT, SALES_AGENT),
  /** Reads a customer's billing profile. */
  GET_BILLING_PROFILE(Openness.APPLICATIONS_TOO, ADMIN_AGENT, HELPDESK_AGENT, SALES_AGENT),
  /** Replaces a customer's billing profile. */
  UPDATE_BILLING_PROFILE(Openness.APPLICATIONS_TOO, ADMIN_AGENT, SALES_AGENT),
  /** Asks whether a domain is taken. */
  CHECK_DOMAIN(Openness.APPLICATIONS_TOO, ADMIN_AGENT, HELPDESK_AGENT, SALES_AGENT),
  /** Gives a customer another domain. */
  ADD_VERIFIED_DOMAIN(Openness.APPLICATIONS_TOO, ADMIN_AGENT),
  /** Creates an account. */
  CREATE_USER(Openness.AGENTS_ONLY, ADMIN_AGENT),
  /** Reads many accounts, those in use. */
  LIST_USERS(Openness.AGENTS_ONLY, ADMIN_AGENT, HELPDESK_AGENT, SALES_AGENT),
  /** Reads which accounts are deleted, which lists of accounts tell where somebody asks. */
  LIST_DELETED_USERS(Openness.AGENTS_ONLY, ADMIN_AGENT, HELPDESK_AGENT),
  /** Reads one account. */
  GET_USER(Openness.AGENTS_ONLY, ADMIN_AGENT, HELPDESK_AGENT, SALES_AGENT),
  /** Changes an account, or restores a deleted one. */
  UPDATE_USER(Openness.AGENTS_ONLY, ADMIN_AGENT),
  /** Gives an account another password. */
  RESET_PASSWORD(Openness.AGENTS_ONLY, ADMIN_AGENT),
  /** Deletes an account. */
  DELETE_USER(Openness.AGENTS_ONLY, ADMIN_AGENT),
  /** Reads a customer's directory roles. */
  LIST_DIRECTORY_ROLES(Openness.AGENTS_ONLY, ADMIN_AGENT, HELPDESK_AGENT),
  /** Reads who has a directory role. */
  LIST_ROLE_MEMBERS(Openness.AGENTS_ONLY, ADMIN_AGENT, HELPDESK_AGENT),
  /** Gives an account a directory role. */
  ADD_ROLE_MEMBER(Openness.AGENTS_ONLY, ADMIN_AGENT),
  /** Takes a directory role from an account. */
  REMOVE_ROLE_MEMBER(Openness.AGENTS_ONLY, ADMIN_AGENT),
  /** Reads which directory roles an account has. */
  LIST_USER_ROLES(Openness.AGENTS_ONLY, ADMIN_AGENT, HELPDESK_AGENT),
  /** Reads what a customer subscribes to. */
  LIST_SUBSCRIBED_SKUS(Openness.AGENTS_ONLY, ADMIN_AGENT, HELPDESK_AGENT, SALES_AGENT),
  /** Reads an account's licences. */
  LIST_USER_LICENSES(Openness.AGENTS_ONLY, ADMIN_AGENT, HELPDESK_AGENT),
  /** Assigns and removes an account's licences. */
  UPDATE_USER_LICENSES(Openness.AGENTS_ONLY, ADMIN_AGENT),
  /** Reads who did what. */
  LIST_AUDIT_RECORDS(Openness.APPLICATIONS_TOO, ADMIN_AGENT),
  /** Reads one record of who did what. */
  GET_AUDIT_RECORD(Openness.APPLICATIONS_TOO, ADMIN_AGENT),
  /** Reads what changed of a customer, row by row. */
  READ_CHANGES(Openness.AGENTS_ONLY, ADMIN_AGENT),
  /** Brings an account back as it was. */
  REVERT_USER(Openness.AGENTS_ONLY, ADMIN_AGENT),
  /** Asks for what other servers of this API offer and this one does not. */
  ASK_FOR_OTHER_SERVICES(Openness.APPLICATIONS_TOO, ADMIN_AGENT, HELPDESK_AGENT, SALES_AGENT),
  /** Reads who the partner's agents are. */
  LIST_AGENTS(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Reads one of the partner's agents. */
  GET_AGENT(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Creates an agent. */
  CREATE_AGENT(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Changes an agent's name or roles, and whether it may sign in. */
  UPDATE_AGENT(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Gives an agent another password. */
  RESET_AGENT_PASSWORD(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Takes an agent's second factor after a loss. */
  REMOVE_AGENT_FACTOR(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Gives an agent a role on one customer until it ends. */
  GIVE_AGENT_ROLE(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Takes a role on one customer from an agent. */
  TAKE_AGENT_ROLE(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Reads what the partner's applications are. */
  LIST_APPLICATIONS(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Reads one of the partner's applications. */
  GET_APPLICATION(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Registers an application. */
  CREATE_APPLICATION(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Changes an application's name or addresses, and whether it may have tokens. */
  UPDATE_APPLICATION(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Makes another secret for an application. */
  ADD_APPLICATION_SECRET(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Takes a secret from an application. */
  REMOVE_APPLICATION_SECRET(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Takes a public key from an application. */
  REMOVE_APPLICATION_KEY(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Asks why another one of the partner's agents may do something, or not. */
  EXPLAIN_ACCESS(Openness.AGENTS_AT_PAGES, ADMIN_AGENT),
  /** Asks the same about oneself. */
  EXPLAIN_OWN_ACCESS(Openness.EVERY_AGENT_AT_PAGES);

  private enum Openness {
    APPLICATIONS_TOO,
    AGENTS_ONLY,
    /** The API has no route of it. */
    AGENTS_AT_PAGES,
    /** The same, also for one who has no role at all. */
    EVERY_AGENT_AT_PAGES
  }

  private final Openness openness;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<Role> sufficientRoles;

  Operation(Openness openness, Role... sufficientRoles) {
    this.openness = openness;
    this.sufficientRoles = Set.of(sufficientRoles);
  }

  /** Whether an application may ask for it on its own, without a signed-in agent. */
  public boolean isOpenToApplications() {
    return openness == Openness.APPLICATIONS_TOO;
  }

  /** Whether every agent may do it, also one who has no role. */
  public boolean isOpenToEveryAgent() {
    return openness == Openness.EVERY_AGENT_AT_PAGES;
  }

  /** Whether it is done on pages only, so that the API has no route of it. */
  public boolean isOfPages() {
    return openness == Openness.AGENTS_AT_PAGES || isOpenToEveryAgent();
  }

  /**
   * Whether it ends the relationship that it needs, so that its repetition comes without one. Who
   * handles it is then asked whether it is a repetition.
   */
  public boolean endsRelationship() {
    return this == DELETE_CUSTOMER || this == REMOVE_RELATIONSHIP;
  }

  /**
   * Whether it is always on a customer. What is not offered may be asked for on one and without.
   */
  public boolean needsCustomer() {
    return switch (this) {
      case LIST_CUSTOMERS,
          CREATE_CUSTOMER,
          CHECK_DOMAIN,
          LIST_AUDIT_RECORDS,
          GET_AUDIT_RECORD,
          ASK_FOR_OTHER_SERVICES ->
          false;
      default -> !isOfPages();
    };
  }

  /** The operation of a text, in any case and with or without {@code _}; empty for none. */
  public static Optional<Operation> of(String text) {
    String wanted = text.replace("_", "").replace("-", "");
    return Arrays.stream(values())
        .filter(operation -> operation.name().replace("_", "").equalsIgnoreCase(wanted))
        .findFirst();
  }

  /** Which of a partner's further roles suffices for as much of it as lies within a reach. */
  Set<Role> rolesWithin(UpdateReach reach) {
    boolean sets = this == UPDATE_USER || this == RESET_PASSWORD;
    return sets && reach == UpdateReach.ORDINARY_RESETS ? Set.of(HELPDESK_AGENT) : Set.of();
  }

  /** Which of a partner's roles suffices, any one of them. */
  Set<Role> sufficientRoles() {
    return sufficientRoles;
  }
}
