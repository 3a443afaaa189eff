package dev.vidame.server.dashboard;

import dev.vidame.server.access.Operation;
import dev.vidame.server.texts.Text;

/** What people call what can be done. */
final class OperationTexts {
  private OperationTexts() {}

  static Text of(Operation operation) {
    return switch (operation) {
      case LIST_CUSTOMERS -> Text.of("Read the list of customers");
      case GET_CUSTOMER -> Text.of("Read a customer");
      case CREATE_CUSTOMER -> Text.of("Create a customer");
      case DELETE_CUSTOMER -> Text.of("Delete a customer");
      case REMOVE_RELATIONSHIP -> Text.of("End the relationship with a customer");
      case GET_COMPANY_PROFILE -> Text.of("Read a customer's company profile");
      case GET_BILLING_PROFILE -> Text.of("Read a customer's billing profile");
      case UPDATE_BILLING_PROFILE -> Text.of("Change a customer's billing profile");
      case CHECK_DOMAIN -> Text.of("Ask whether a domain is taken");
      case ADD_VERIFIED_DOMAIN -> Text.of("Give a customer another domain");
      case CREATE_USER -> Text.of("Create a user");
      case LIST_USERS -> Text.of("Read the list of users");
      case LIST_DELETED_USERS -> Text.of("Read the list of deleted users");
      case GET_USER -> Text.of("Read a user");
      case UPDATE_USER -> Text.of("Change or restore a user");
      case RESET_PASSWORD -> Text.of("Reset a user's password");
      case DELETE_USER -> Text.of("Delete a user");
      case LIST_DIRECTORY_ROLES -> Text.of("Read the list of directory roles");
      case LIST_ROLE_MEMBERS -> Text.of("Read who has a directory role");
      case ADD_ROLE_MEMBER -> Text.of("Give a directory role");
      case REMOVE_ROLE_MEMBER -> Text.of("Take a directory role away");
      case LIST_USER_ROLES -> Text.of("Read a user's directory roles");
      case LIST_SUBSCRIBED_SKUS -> Text.of("Read what a customer subscribes to");
      case LIST_USER_LICENSES -> Text.of("Read a user's licences");
      case UPDATE_USER_LICENSES -> Text.of("Assign and remove licences");
      case LIST_AUDIT_RECORDS -> Text.of("Read who did what");
      case GET_AUDIT_RECORD -> Text.of("Read one record of who did what");
      case READ_CHANGES -> Text.of("Follow a customer's changes");
      case REVERT_USER -> Text.of("Take a user back to an earlier state");
      case ASK_FOR_OTHER_SERVICES -> Text.of("Ask for what this server does not offer");
      case LIST_AGENTS -> Text.of("Read the list of agents");
      case GET_AGENT -> Text.of("Read an agent");
      case CREATE_AGENT -> Text.of("Create an agent");
      case UPDATE_AGENT -> Text.of("Change an agent, its roles or its state");
      case RESET_AGENT_PASSWORD -> Text.of("Reset an agent's password");
      case REMOVE_AGENT_FACTOR -> Text.of("Remove an agent's second factor");
      case GIVE_AGENT_ROLE -> Text.of("Give an agent a role on a customer");
      case TAKE_AGENT_ROLE -> Text.of("Take a role on a customer from an agent");
      case LIST_APPLICATIONS -> Text.of("Read the list of applications");
      case GET_APPLICATION -> Text.of("Read an application");
      case CREATE_APPLICATION -> Text.of("Register an application");
      case UPDATE_APPLICATION -> Text.of("Change an application or its state");
      case ADD_APPLICATION_SECRET -> Text.of("Add a secret to an application");
      case REMOVE_APPLICATION_SECRET -> Text.of("Remove a secret of an application");
      case REMOVE_APPLICATION_KEY -> Text.of("Remove a key of an application");
      case EXPLAIN_ACCESS -> Text.of("Ask what another agent may do");
      case EXPLAIN_OWN_ACCESS -> Text.of("Ask what one may do oneself");
    };
  }
}
