package dev.vidame.server.audit;

import dev.vidame.directory.audit.AuditEntry;
import dev.vidame.directory.audit.AuditEntry.Change;
import dev.vidame.directory.audit.AuditEntry.Refusal;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.users.Holdings;
import dev.vidame.wire.AuditRecord;
import dev.vidame.wire.AuditRecord.Item;
import dev.vidame.wire.AuditRecord.Operation;
import dev.vidame.wire.AuditRecord.Status;
import dev.vidame.wire.CustomerId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the records of what was done, and of what was refused (wire-spec §6.4). */
final class AuditRecords {
  /** What a client is told that does not have the value in its enum. */
  private static final String UNDEFINED = "undefined";

  private static final String OPERATOR = "operator";
  private static final String NAME = "userPrincipalName";
  private static final String PASSWORD = "password";

  /**
   * The how-manieth of its minute the change was, where those were unusually many; and the place in
   * the journal to which an account was brought back.
   */
  private static final Map<String, String> FLAGS =
      Map.of(
          FieldChange.MASS,
          "MassOperationCount",
          FieldChange.REVERTED_TO,
          "RevertedToSequenceNumber");

  private AuditRecords() {}

  /** One record for each thing that a request did; none for what nobody asked for. */
  static List<AuditRecord> of(AuditEntry entry) {
    return switch (entry.event()) {
      case Refusal refusal -> List.of(refused(entry, refusal));
      case Change change -> changed(entry, change);
    };
  }

  private static List<AuditRecord> changed(AuditEntry entry, Change marked) {
    List<AuditRecord> records = new ArrayList<>();
    Change change = withoutFlags(marked);
    Map<AuditOperation, Integer> sameBefore = new EnumMap<>(AuditOperation.class);
    for (Part part : parts(change)) {
      int same = sameBefore.merge(part.operation(), 1, Integer::sum);
      List<Item> facts =
          new ArrayList<>(ChangedValues.facts(part.operation(), change, part.fields()));
      facts.addAll(flags(marked));
      records.add(
          record(
              entry,
              part.operation(),
              id(entry, part.operation(), change.seq() + (same == 1 ? "" : "." + same)),
              Status.SUCCEEDED,
              new Shown(
                  ChangedValues.before(part.operation(), change, part.fields()),
                  ChangedValues.after(part.operation(), change, part.fields()),
                  facts)));
    }
    return records;
  }

  private static Change withoutFlags(Change change) {
    return new Change(
        change.seq(),
        change.operation(),
        change.subject(),
        change.fields().stream().filter(field -> !FieldChange.isFlag(field.field())).toList());
  }

  /** What the row tells of itself. */
  private static List<Item> flags(Change change) {
    return change.fields().stream()
        .filter(field -> FLAGS.containsKey(field.field()))
        .map(field -> new Item(FLAGS.getOrDefault(field.field(), ""), field.after()))
        .toList();
  }

  /** One thing of several that a request did, with the fields that tell it. */
  private record Part(AuditOperation operation, List<FieldChange> fields) {}

  private static List<Part> parts(Change change) {
    return switch (change.operation()) {
      case CREATE_CUSTOMER -> whole(AuditOperation.ADD_CUSTOMER, change);
      case DELETE_CUSTOMER -> whole(AuditOperation.DELETE_CUSTOMER, change);
      case REMOVE_RELATIONSHIP ->
          whole(AuditOperation.REMOVE_PARTNER_CUSTOMER_RELATIONSHIP, change);
      case UPDATE_BILLING_PROFILE -> whole(AuditOperation.UPDATE_CUSTOMER_BILLING_PROFILE, change);
      case ADD_DOMAIN -> whole(AuditOperation.ADD_CUSTOMER_VERIFIED_DOMAIN, change);
      case CREATE_USER -> whole(AuditOperation.CREATE_CUSTOMER_USER, change);
      case DELETE_USER -> whole(AuditOperation.DELETE_CUSTOMER_USER, change);
      case ADD_ROLE_MEMBER -> whole(AuditOperation.ADD_USER_MEMBER, change);
      case REMOVE_ROLE_MEMBER -> whole(AuditOperation.REMOVE_USER_MEMBER, change);
      case UPDATE_LICENSES -> whole(AuditOperation.UPDATE_CUSTOMER_USER_LICENSES, change);
      case UPDATE_USER -> updates(change.fields());
      case RESTORE_USER -> restoration(change.fields());
      case REVERT_USER -> reversion(change.fields());
      case PURGE_USER -> List.of();
      case ADD_RELATIONSHIP,
          GIVE_ROLE,
          TAKE_ROLE,
          TRUST_ISSUER,
          DISTRUST_ISSUER,
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
          CREATE_OPERATOR,
          DELETE_OPERATOR,
          ROTATE_SIGNING_KEY ->
          List.of(); // Partner Center has no records of what operators do.
    };
  }

  private static List<Part> whole(AuditOperation operation, Change change) {
    return List.of(new Part(operation, change.fields()));
  }

  /** What single requests would have done, each as its own record. */
  private static List<Part> reversion(List<FieldChange> fields) {
    List<FieldChange> roles =
        fields.stream().filter(field -> field.field().startsWith(Holdings.ROLE)).toList();
    List<FieldChange> rest = new ArrayList<>(fields);
    rest.removeAll(roles);
    List<Part> parts = new ArrayList<>();
    if (rest.stream().anyMatch(ChangedValues::isState)) {
      parts.addAll(restoration(rest));
    } else {
      List<FieldChange> licenses =
          rest.stream().filter(field -> field.field().startsWith(Holdings.LICENSE)).toList();
      rest.removeAll(licenses);
      parts.addAll(updates(rest));
      add(parts, AuditOperation.UPDATE_CUSTOMER_USER_LICENSES, licenses);
    }
    for (FieldChange role : roles) {
      boolean isGiven = role.after() != null;
      parts.add(
          new Part(
              isGiven ? AuditOperation.ADD_USER_MEMBER : AuditOperation.REMOVE_USER_MEMBER,
              List.of(role)));
    }
    return parts;
  }

  /** A restoration may change the account as well, and may find that a licence is gone. */
  private static List<Part> restoration(List<FieldChange> fields) {
    List<FieldChange> state = fields.stream().filter(ChangedValues::isState).toList();
    List<FieldChange> licenses =
        fields.stream().filter(field -> field.field().startsWith(Holdings.LICENSE)).toList();
    List<FieldChange> rest = new ArrayList<>(fields);
    rest.removeAll(state);
    rest.removeAll(licenses);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(AuditOperation.RESTORE_CUSTOMER_USER, state));
    parts.addAll(updates(rest));
    if (!licenses.isEmpty()) {
      parts.add(new Part(AuditOperation.UPDATE_CUSTOMER_USER_LICENSES, licenses));
    }
    return parts;
  }

  /** A name and a password have records of their own. */
  private static List<Part> updates(List<FieldChange> fields) {
    boolean setsPassword = fields.stream().anyMatch(field -> field.field().equals(PASSWORD));
    List<FieldChange> name = new ArrayList<>();
    List<FieldChange> password = new ArrayList<>();
    List<FieldChange> others = new ArrayList<>();
    for (FieldChange field : fields) {
      if (field.field().equals(NAME)) {
        name.add(field);
      } else if (setsPassword && ChangedValues.isOfPassword(field)) {
        password.add(field);
      } else {
        others.add(field);
      }
    }
    List<Part> parts = new ArrayList<>();
    add(parts, AuditOperation.UPDATE_CUSTOMER_USER, others);
    add(parts, AuditOperation.UPDATE_CUSTOMER_USER_PRINCIPAL_NAME, name);
    add(parts, AuditOperation.RESET_CUSTOMER_USER_PASSWORD, password);
    return parts;
  }

  private static void add(List<Part> parts, AuditOperation operation, List<FieldChange> fields) {
    if (!fields.isEmpty()) {
      parts.add(new Part(operation, fields));
    }
  }

  private static AuditRecord refused(AuditEntry entry, Refusal refusal) {
    AuditOperation operation = AuditOperation.ofWireName(refusal.operation());
    List<Item> facts = new ArrayList<>();
    if (refusal.subject() != null) {
      facts.add(new Item(ChangedValues.USER, refusal.subject()));
    }
    facts.add(new Item("ErrorCode", Integer.toString(refusal.reason().code())));
    facts.add(new Item("ErrorDescription", refusal.reason().description()));
    return record(
        entry,
        operation,
        id(entry, operation, RecordId.REFUSED + refusal.number()),
        Status.FAILED,
        new Shown(null, null, facts));
  }

  private static String id(AuditEntry entry, AuditOperation operation, String number) {
    PartnerId partner = entry.who().partner();
    CustomerId customer = entry.customer();
    return partner
        + (customer == null ? "" : "_" + customer)
        + "_"
        + operation.idWord()
        + "_"
        + number;
  }

  /** What a record shows of a change. */
  private record Shown(@Nullable String before, @Nullable String after, List<Item> facts) {}

  private static AuditRecord record(
      AuditEntry entry, AuditOperation operation, String id, Status status, Shown shown) {
    return new AuditRecord(
        id,
        entry.who().partner().value(),
        new AuditRecord.Customer(entry.customer(), entry.customerName()),
        entry.who().agent(),
        Optional.ofNullable(entry.who().application()).orElse(OPERATOR),
        entry.correlationId(),
        new Operation(
            operation.resourceType(), shown.before(), shown.after(), operation.wireName()),
        entry.at(),
        status,
        shown.facts());
  }

  /**
   * A record as a client can read it: what it does not have in its enums becomes a value that it
   * has, and the true value one of the further facts.
   */
  static AuditRecord readable(AuditRecord record, boolean isJava) {
    AuditOperation operation = AuditOperation.ofWireName(record.operation().type());
    if (operation.isKnownTo(isJava)) {
      return record;
    }
    List<Item> facts = new ArrayList<>(record.customizedData());
    facts.add(new Item("OperationType", operation.wireName()));
    return record.with(
        new Operation(
            operation.hasResourceKnownTo(isJava) ? operation.resourceType() : UNDEFINED,
            record.operation().oldValue(),
            record.operation().newValue(),
            UNDEFINED),
        facts);
  }
}
