package dev.vidame.server.access;

import dev.vidame.directory.partners.Role;
import java.util.EnumSet;
import java.util.Set;

/** What callers can ask for. */
public enum Operation {
  /** Reads many customers. */
  LIST_CUSTOMERS,
  /** Creates an account. */
  CREATE_USER,
  /** Reads many accounts. */
  LIST_USERS,
  /** Reads one account. */
  GET_USER,
  /** Changes an account, or restores a deleted one. */
  UPDATE_USER,
  /** Gives an account another password. */
  RESET_PASSWORD,
  /** Deletes an account. */
  DELETE_USER;

  /** Whether an application may ask for it on its own, without a signed-in agent. */
  public boolean isOpenToApplications() {
    return switch (this) {
      case LIST_CUSTOMERS -> true;
      case CREATE_USER, LIST_USERS, GET_USER, UPDATE_USER, RESET_PASSWORD, DELETE_USER -> false;
    };
  }

  /** Which of a partner's roles suffices, any one of them (wire-spec §0.5). */
  Set<Role> sufficientRoles() {
    return switch (this) {
      case CREATE_USER, UPDATE_USER, RESET_PASSWORD, DELETE_USER -> EnumSet.of(Role.ADMIN_AGENT);
      case LIST_CUSTOMERS, LIST_USERS, GET_USER ->
          EnumSet.of(Role.ADMIN_AGENT, Role.HELPDESK_AGENT, Role.SALES_AGENT);
    };
  }
}
