package dev.vidame.server.audit;

import dev.vidame.server.access.Operation;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What records call what was done, and to what kind of thing (wire-spec §6.4). */
enum AuditOperation {
  ADD_CUSTOMER("customer", Readers.ALL),
  DELETE_CUSTOMER("customer", Readers.ALL),
  REMOVE_PARTNER_CUSTOMER_RELATIONSHIP("customer", Readers.ALL),
  UPDATE_CUSTOMER_BILLING_PROFILE("customer", Readers.ALL),
  ADD_CUSTOMER_VERIFIED_DOMAIN("customer", Readers.NONE),
  CREATE_CUSTOMER_USER("customer_user", Readers.ALL),
  UPDATE_CUSTOMER_USER("customer_user", Readers.ALL),
  UPDATE_CUSTOMER_USER_PRINCIPAL_NAME("customer_user", Readers.ALL),
  RESET_CUSTOMER_USER_PASSWORD("customer_user", Readers.ALL),
  DELETE_CUSTOMER_USER("customer_user", Readers.ALL),
  RESTORE_CUSTOMER_USER("customer_user", Readers.ALL),
  UPDATE_CUSTOMER_USER_LICENSES("license", Readers.ALL),
  ADD_USER_MEMBER("customer_directory_role", Readers.ALL_BUT_JAVA),
  REMOVE_USER_MEMBER("customer_directory_role", Readers.ALL_BUT_JAVA);

  /** Which clients have the value in their enums. */
  private enum Readers {
    ALL,
    /** One client fails on the whole page for a value that it does not know. */
    ALL_BUT_JAVA,
    /** Partner Center keeps no such records. */
    NONE
  }

  private final String resourceType;
  private final Readers readers;

  AuditOperation(String resourceType, Readers readers) {
    this.resourceType = resourceType;
    this.readers = readers;
  }

  /** To what kind of thing. */
  String resourceType() {
    return resourceType;
  }

  /** The text on the wire, and in the store: it never changes. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The text within a record's id. */
  String idWord() {
    return wireName().replace("_", "");
  }

  /** Whether a client has the value in its enum. */
  boolean isKnownTo(boolean isJava) {
    return readers == Readers.ALL || (readers == Readers.ALL_BUT_JAVA && !isJava);
  }

  /** Whether a client has the kind of thing in its enum. */
  boolean hasResourceKnownTo(boolean isJava) {
    return readers != Readers.ALL_BUT_JAVA || !isJava;
  }

  static AuditOperation ofWireName(String name) {
    return Arrays.stream(values())
        .filter(operation -> operation.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("The store holds an unknown operation: " + name));
  }

  /** What a request of this kind would have done; empty where it changes nothing. */
  static Optional<AuditOperation> wantedBy(Operation operation) {
    return Optional.ofNullable(
        switch (operation) {
          case CREATE_CUSTOMER -> ADD_CUSTOMER;
          case DELETE_CUSTOMER -> DELETE_CUSTOMER;
          case REMOVE_RELATIONSHIP -> REMOVE_PARTNER_CUSTOMER_RELATIONSHIP;
          case UPDATE_BILLING_PROFILE -> UPDATE_CUSTOMER_BILLING_PROFILE;
          case ADD_VERIFIED_DOMAIN -> ADD_CUSTOMER_VERIFIED_DOMAIN;
          case CREATE_USER -> CREATE_CUSTOMER_USER;
          case UPDATE_USER, REVERT_USER -> UPDATE_CUSTOMER_USER;
          case RESET_PASSWORD -> RESET_CUSTOMER_USER_PASSWORD;
          case DELETE_USER -> DELETE_CUSTOMER_USER;
          case ADD_ROLE_MEMBER -> ADD_USER_MEMBER;
          case REMOVE_ROLE_MEMBER -> REMOVE_USER_MEMBER;
          case UPDATE_USER_LICENSES -> UPDATE_CUSTOMER_USER_LICENSES;
          case LIST_CUSTOMERS,
              GET_CUSTOMER,
              GET_COMPANY_PROFILE,
              GET_BILLING_PROFILE,
              CHECK_DOMAIN,
              LIST_USERS,
              LIST_DELETED_USERS,
              GET_USER,
              LIST_DIRECTORY_ROLES,
              LIST_ROLE_MEMBERS,
              LIST_USER_ROLES,
              LIST_SUBSCRIBED_SKUS,
              LIST_USER_LICENSES,
              LIST_AUDIT_RECORDS,
              GET_AUDIT_RECORD,
              READ_CHANGES,
              ASK_FOR_OTHER_SERVICES,
              LIST_AGENTS,
              GET_AGENT,
              CREATE_AGENT,
              UPDATE_AGENT,
              RESET_AGENT_PASSWORD,
              REMOVE_AGENT_FACTOR,
              GIVE_AGENT_ROLE,
              TAKE_AGENT_ROLE,
              LIST_APPLICATIONS,
              GET_APPLICATION,
              CREATE_APPLICATION,
              UPDATE_APPLICATION,
              ADD_APPLICATION_SECRET,
              REMOVE_APPLICATION_SECRET,
              REMOVE_APPLICATION_KEY,
              EXPLAIN_ACCESS,
              EXPLAIN_OWN_ACCESS ->
              null;
        });
  }
}
