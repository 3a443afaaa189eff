package dev.vidame.server.access;

import static dev.vidame.directory.partners.GranularRole.DIRECTORY_READERS;
import static dev.vidame.directory.partners.GranularRole.DIRECTORY_WRITERS;
import static dev.vidame.directory.partners.GranularRole.GLOBAL_READER;
import static dev.vidame.directory.partners.GranularRole.LICENSE_ADMINISTRATOR;
import static dev.vidame.directory.partners.GranularRole.PRIVILEGED_AUTHENTICATION_ADMINISTRATOR;
import static dev.vidame.directory.partners.GranularRole.PRIVILEGED_ROLE_ADMINISTRATOR;
import static dev.vidame.directory.partners.GranularRole.USER_ADMINISTRATOR;

import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.users.UpdateReach;
import java.util.Set;

/**
 * What roles on one customer suffice for there (wire-spec §0.5). Where the published pages would
 * let somebody set an administrator's password who is not trusted with that, docs/decisions/0033
 * lets them do less.
 */
final class GranularRights {
  private GranularRights() {}

  /** Which roles suffice for all of it, any one of them. */
  static Set<GranularRole> sufficientFor(Operation operation) {
    return switch (operation) {
      case CREATE_USER -> Set.of(USER_ADMINISTRATOR, DIRECTORY_WRITERS);
      case LIST_USERS, LIST_DELETED_USERS, GET_USER ->
          Set.of(USER_ADMINISTRATOR, DIRECTORY_READERS, GLOBAL_READER);
      case RESET_PASSWORD -> Set.of(PRIVILEGED_AUTHENTICATION_ADMINISTRATOR);
      case DELETE_USER -> Set.of(USER_ADMINISTRATOR);
      case LIST_DIRECTORY_ROLES, LIST_ROLE_MEMBERS, LIST_USER_ROLES ->
          Set.of(
              USER_ADMINISTRATOR,
              DIRECTORY_READERS,
              DIRECTORY_WRITERS,
              GLOBAL_READER,
              PRIVILEGED_ROLE_ADMINISTRATOR);
      case ADD_ROLE_MEMBER, REMOVE_ROLE_MEMBER -> Set.of(PRIVILEGED_ROLE_ADMINISTRATOR);
      case LIST_SUBSCRIBED_SKUS ->
          Set.of(USER_ADMINISTRATOR, DIRECTORY_READERS, GLOBAL_READER, LICENSE_ADMINISTRATOR);
      case LIST_USER_LICENSES ->
          Set.of(USER_ADMINISTRATOR, DIRECTORY_READERS, DIRECTORY_WRITERS, LICENSE_ADMINISTRATOR);
      case UPDATE_USER_LICENSES ->
          Set.of(USER_ADMINISTRATOR, DIRECTORY_WRITERS, LICENSE_ADMINISTRATOR);
      case REVERT_USER -> Set.of(USER_ADMINISTRATOR, DIRECTORY_WRITERS);
      case UPDATE_USER,
          READ_CHANGES,
          LIST_CUSTOMERS,
          GET_CUSTOMER,
          CREATE_CUSTOMER,
          DELETE_CUSTOMER,
          REMOVE_RELATIONSHIP,
          GET_COMPANY_PROFILE,
          GET_BILLING_PROFILE,
          UPDATE_BILLING_PROFILE,
          CHECK_DOMAIN,
          ADD_VERIFIED_DOMAIN,
          LIST_AUDIT_RECORDS,
          GET_AUDIT_RECORD,
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
          Set.of();
    };
  }

  /** Which further roles suffice for as much of it as lies within a reach. */
  static Set<GranularRole> sufficientWithin(UpdateReach reach, Operation operation) {
    return switch (reach) {
      case ORDINARY_RESETS ->
          operation == Operation.RESET_PASSWORD ? Set.of(USER_ADMINISTRATOR) : Set.of();
      case ORDINARY_PASSWORDS ->
          operation == Operation.UPDATE_USER
              ? Set.of(USER_ADMINISTRATOR, DIRECTORY_WRITERS)
              : Set.of();
    };
  }
}
