package dev.vidame.server.audit;

import dev.vidame.directory.audit.AuditEntry.Change;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.users.Holdings;
import dev.vidame.wire.AuditRecord.Item;
import dev.vidame.wire.AuditValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a record shows of a thing before and after a change: its id, and what changed. */
final class ChangedValues {
  static final String USER = "CustomerUserId";

  private static final String CUSTOMER = "CustomerId";
  private static final String BILLING = "billingProfile.";
  private static final String PASSWORD = "password";
  private static final String FORCE_CHANGE_PASSWORD = "forceChangePassword";
  private static final String SOFT_DELETION_TIME = "softDeletionTime";

  private ChangedValues() {}

  /** Whether a field tells whether an account is in use. */
  static boolean isState(FieldChange field) {
    return field.field().equals(SOFT_DELETION_TIME);
  }

  static boolean isOfPassword(FieldChange field) {
    return field.field().equals(PASSWORD) || field.field().equals(FORCE_CHANGE_PASSWORD);
  }

  static @Nullable String before(
      AuditOperation operation, Change change, List<FieldChange> fields) {
    return switch (operation) {
      case ADD_CUSTOMER,
          CREATE_CUSTOMER_USER,
          ADD_CUSTOMER_VERIFIED_DOMAIN,
          UPDATE_CUSTOMER_USER_LICENSES,
          ADD_USER_MEMBER ->
          null;
      default -> value(operation, change, fields, FieldChange::before);
    };
  }

  static @Nullable String after(AuditOperation operation, Change change, List<FieldChange> fields) {
    return switch (operation) {
      case DELETE_CUSTOMER, REMOVE_USER_MEMBER -> null;
      case UPDATE_CUSTOMER_USER_LICENSES -> licenses(fields);
      default -> value(operation, change, fields, FieldChange::after);
    };
  }

  private static String value(
      AuditOperation operation,
      Change change,
      List<FieldChange> fields,
      Function<FieldChange, @Nullable String> side) {
    return switch (operation) {
      case ADD_CUSTOMER, DELETE_CUSTOMER, REMOVE_PARTNER_CUSTOMER_RELATIONSHIP ->
          customer(change, fields, side);
      case UPDATE_CUSTOMER_BILLING_PROFILE -> billingProfile(fields, side);
      case ADD_CUSTOMER_VERIFIED_DOMAIN ->
          plain("VerifiedDomainName", fields.getFirst().after(), "VerifiedDomain");
      case ADD_USER_MEMBER, REMOVE_USER_MEMBER -> member(change.subject(), fields);
      default -> user(change.subject(), fields, side);
    };
  }

  private static String plain(String name, @Nullable String value, String objectType) {
    return new AuditValue(objectType).put(name, value).toJson();
  }

  private static String customer(
      Change change, List<FieldChange> fields, Function<FieldChange, @Nullable String> side) {
    AuditValue value = new AuditValue("Customer").put("id", change.subject().toString());
    for (FieldChange field : fields) {
      String name = field.field();
      boolean isOfCompany = name.equals("companyName") || name.equals("domain");
      value.put(isOfCompany ? "companyProfile." + name : name, side.apply(field));
    }
    return value.toJson();
  }

  private static String billingProfile(
      List<FieldChange> fields, Function<FieldChange, @Nullable String> side) {
    AuditValue value = new AuditValue("CustomerBillingProfile");
    for (FieldChange field : fields) {
      value.put(field.field().substring(BILLING.length()), side.apply(field));
    }
    return value.toJson();
  }

  private static String user(
      UUID id, List<FieldChange> fields, Function<FieldChange, @Nullable String> side) {
    AuditValue value = new AuditValue("CustomerUser").put("id", id.toString());
    for (FieldChange field : fields) {
      String text = side.apply(field);
      switch (field.field()) {
        case PASSWORD -> value.put("passwordProfile.password", "");
        case FORCE_CHANGE_PASSWORD ->
            value.put("passwordProfile.forceChangePassword", Boolean.valueOf(text));
        case SOFT_DELETION_TIME ->
            value.put("state", text == null ? "active" : "inactive").put(field.field(), text);
        default -> value.put(field.field(), text);
      }
    }
    return value.toJson();
  }

  private static String member(UUID user, List<FieldChange> fields) {
    UUID role = role(fields);
    return new AuditValue("UserMember")
        .put("id", user.toString())
        .put("roleId", role.toString())
        .put("roleName", roleName(role))
        .toJson();
  }

  private static UUID role(List<FieldChange> fields) {
    return UUID.fromString(fields.getFirst().field().substring(Holdings.ROLE.length()));
  }

  private static String roleName(UUID role) {
    return DirectoryRole.of(role).map(DirectoryRole::wireName).orElse(role.toString());
  }

  /** The request as the account's licences changed by it. */
  private static String licenses(List<FieldChange> fields) {
    List<Map<String, @Nullable Object>> assigned = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    for (FieldChange field : fields) {
      String after = field.after();
      if (after == null) {
        removed.add(sku(field));
      } else {
        Map<String, @Nullable Object> assignment = new LinkedHashMap<>();
        assignment.put("excludedPlans", after.isEmpty() ? null : List.of(after.split(",")));
        assignment.put("skuId", sku(field));
        assigned.add(assignment);
      }
    }
    return new AuditValue("LicenseUpdate")
        .putList("licensesToAssign", assigned.isEmpty() ? null : assigned)
        .putList("licensesToRemove", removed.isEmpty() ? null : removed)
        .putList("licenseWarnings", List.of())
        .toJson();
  }

  private static String sku(FieldChange field) {
    return field.field().substring(Holdings.LICENSE.length());
  }

  /** The further facts that each kind of record has. */
  static List<Item> facts(AuditOperation operation, Change change, List<FieldChange> fields) {
    String subject = change.subject().toString();
    return switch (operation) {
      case ADD_CUSTOMER ->
          List.of(
              new Item("PrimaryDomainName", value(fields, "domain")),
              new Item("Relationship", "Reseller"));
      case DELETE_CUSTOMER, REMOVE_PARTNER_CUSTOMER_RELATIONSHIP, UPDATE_CUSTOMER_BILLING_PROFILE ->
          List.of(new Item(CUSTOMER, subject));
      case ADD_CUSTOMER_VERIFIED_DOMAIN ->
          List.of(
              new Item(CUSTOMER, subject), new Item("VerifiedDomainName", value(fields, "domain")));
      case CREATE_CUSTOMER_USER,
          UPDATE_CUSTOMER_USER,
          RESET_CUSTOMER_USER_PASSWORD,
          DELETE_CUSTOMER_USER,
          RESTORE_CUSTOMER_USER ->
          List.of(new Item(USER, subject));
      case UPDATE_CUSTOMER_USER_PRINCIPAL_NAME ->
          List.of(
              new Item(USER, subject),
              new Item("OldUserPrincipalName", fields.getFirst().before()),
              new Item("NewUserPrincipalName", fields.getFirst().after()));
      case UPDATE_CUSTOMER_USER_LICENSES -> licenseFacts(subject, fields);
      case ADD_USER_MEMBER, REMOVE_USER_MEMBER -> {
        UUID role = role(fields);
        yield List.of(
            new Item(USER, subject),
            new Item("RoleId", role.toString()),
            new Item("RoleName", roleName(role)));
      }
    };
  }

  private static List<Item> licenseFacts(String user, List<FieldChange> fields) {
    List<Item> facts = new ArrayList<>();
    facts.add(new Item(USER, user));
    for (FieldChange field : fields) {
      facts.add(
          new Item(
              field.after() == null ? "RemovedLicenseSkuId" : "AddedLicenseSkuId", sku(field)));
    }
    return facts;
  }

  private static @Nullable String value(List<FieldChange> fields, String name) {
    return fields.stream()
        .filter(field -> field.field().equals(name))
        .findFirst()
        .flatMap(field -> Optional.ofNullable(field.after()))
        .orElse(null);
  }
}
