package dev.vidame.server.dashboard;

import dev.vidame.directory.audit.AuditEntry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.users.Holdings;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.Guid;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in words what was done. */
final class RecordTexts {
  private static final String BILLING = "billingProfile.";
  private static final String COMPANY = "companyProfile.";
  private static final String PASSWORD = "password";
  private static final String MUST_CHANGE = "forceChangePassword";
  private static final String DELETED_AT = "softDeletionTime";

  private RecordTexts() {}

  /**
   * What was done; empty for what partners are not told: what operators do, and what nobody asked
   * for.
   */
  static Optional<Text> done(Operation operation) {
    return Optional.ofNullable(
        switch (operation) {
          case CREATE_CUSTOMER -> Text.of("Customer created");
          case DELETE_CUSTOMER -> Text.of("Customer deleted");
          case REMOVE_RELATIONSHIP -> Text.of("Relationship ended");
          case UPDATE_BILLING_PROFILE -> Text.of("Billing profile changed");
          case ADD_DOMAIN -> Text.of("Domain added");
          case CREATE_USER -> Text.of("User created");
          case UPDATE_USER -> Text.of("User changed");
          case DELETE_USER -> Text.of("User deleted");
          case RESTORE_USER -> Text.of("User restored");
          case REVERT_USER -> Text.of("User taken back to an earlier state");
          case ADD_ROLE_MEMBER -> Text.of("Role given");
          case REMOVE_ROLE_MEMBER -> Text.of("Role taken away");
          case UPDATE_LICENSES -> Text.of("Licences changed");
          case PURGE_USER,
              ADD_RELATIONSHIP,
              GIVE_ROLE,
              TAKE_ROLE,
              DEFINE_SKU,
              REMOVE_SKU,
              CREATE_PARTNER,
              UPDATE_PARTNER,
              DELETE_PARTNER,
              CREATE_AGENT,
              UPDATE_AGENT,
              DELETE_AGENT,
              ENROL_FACTOR,
              CONFIRM_FACTOR,
              REPLACE_RECOVERY_CODES,
              REMOVE_FACTOR,
              BLOCK_FACTOR,
              CREATE_APPLICATION,
              UPDATE_APPLICATION,
              DELETE_APPLICATION,
              ADD_SECRET,
              REMOVE_SECRET,
              ADD_APPLICATION_KEY,
              REMOVE_APPLICATION_KEY,
              TRUST_ISSUER,
              DISTRUST_ISSUER,
              CREATE_OPERATOR,
              DELETE_OPERATOR,
              ROTATE_SIGNING_KEY ->
              null;
        });
  }

  /** What was tried, by the word that the record has for it. */
  static Text tried(String operation) {
    return switch (operation) {
      case "add_customer" -> Text.of("Customer created");
      case "delete_customer" -> Text.of("Customer deleted");
      case "remove_partner_customer_relationship" -> Text.of("Relationship ended");
      case "update_customer_billing_profile" -> Text.of("Billing profile changed");
      case "add_customer_verified_domain" -> Text.of("Domain added");
      case "create_customer_user" -> Text.of("User created");
      case "update_customer_user", "update_customer_user_principal_name" -> Text.of("User changed");
      case "reset_customer_user_password" -> Text.of("Password reset");
      case "delete_customer_user" -> Text.of("User deleted");
      case "restore_customer_user" -> Text.of("User restored");
      case "update_customer_user_licenses" -> Text.of("Licences changed");
      case "add_user_member" -> Text.of("Role given");
      case "remove_user_member" -> Text.of("Role taken away");
      default -> literally(operation);
    };
  }

  static Text who(AuditEntry.Who who) {
    if (who.agent() != null) {
      return literally(who.agent());
    }
    return who.application() == null
        ? Text.of("an operator of this service")
        : literally(who.application());
  }

  /** A reason that was recorded in English. */
  static Text reason(String description) {
    return description.indexOf('%') < 0 ? new Text(description, List.of()) : literally(description);
  }

  /** What people call a property that changed; null for what is about the row itself. */
  static @Nullable Text field(FieldChange change) {
    String name = change.field();
    if (FieldChange.isFlag(name)) {
      return null;
    }
    if (name.startsWith(Holdings.ROLE)) {
      return Text.of("Role %s", role(name.substring(Holdings.ROLE.length())));
    }
    if (name.startsWith(Holdings.LICENSE)) {
      return Text.of("Licence %s", name.substring(Holdings.LICENSE.length()));
    }
    Optional<AccountField> field = AccountField.ofWireName(name);
    return field.isPresent()
        ? field.get().label()
        : switch (name) {
          case PASSWORD -> Text.of("Password");
          case MUST_CHANGE -> Text.of("Must change the password");
          case DELETED_AT -> Text.of("State");
          case "companyName" -> Text.of("Company");
          case "domain" -> Text.of("Domain");
          case "relationshipToPartner" -> Text.of("Relationship");
          default ->
              Objects.requireNonNullElseGet(AdminRecordTexts.field(name), () -> profileField(name));
        };
  }

  private static Text profileField(String name) {
    if (name.startsWith(BILLING)) {
      return Text.of("Billing profile %s", name.substring(BILLING.length()));
    }
    return name.startsWith(COMPANY)
        ? Text.of("Company profile %s", name.substring(COMPANY.length()))
        : literally(name);
  }

  private static String role(String id) {
    return Guid.parse(id).flatMap(DirectoryRole::of).map(DirectoryRole::wireName).orElse(id);
  }

  /** A property before a change, or after it. */
  static Text value(FieldChange change, @Nullable String value, boolean isAfter) {
    String name = change.field();
    if (name.equals(PASSWORD)) {
      return isAfter ? Text.of("another one") : Text.of("not shown");
    }
    if (name.equals(DELETED_AT)) {
      return value == null ? Text.of("in use") : Text.of("deleted");
    }
    if (name.equals(MUST_CHANGE)) {
      return "true".equals(value) ? Text.of("yes") : Text.of("no");
    }
    if (name.startsWith(Holdings.ROLE)) {
      return value == null ? Text.of("no") : Text.of("yes");
    }
    if (name.startsWith(Holdings.LICENSE)) {
      return license(value);
    }
    Text ofAdmins = AdminRecordTexts.value(change, value);
    if (ofAdmins != null) {
      return ofAdmins;
    }
    return value == null || value.isEmpty() ? Text.of("empty") : literally(value);
  }

  private static Text license(@Nullable String excluded) {
    if (excluded == null) {
      return Text.of("no");
    }
    return excluded.isEmpty()
        ? Text.of("yes")
        : Text.of("yes, without %s", excluded.replace(",", ", "));
  }

  private static Text literally(String text) {
    return Text.of("%s", text);
  }
}
