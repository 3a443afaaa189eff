package dev.vidame.server.openapi;

/** What is said of the operators' routes about who may do what to whom. */
final class AccessDescriptions {
  private static final String ROLES = "Roles on customers";

  private AccessDescriptions() {}

  /** As {@link AdminDescriptions#of}. */
  static Description of(String name) {
    return switch (name) {
      case "admin_list_customer_roles" ->
          AdminDescriptions.list(
              ROLES, "Lists an agent's roles on customers", "CustomerRolesCollection");
      case "admin_get_customer_roles" ->
          AdminDescriptions.get(ROLES, "Shows an agent's roles on a customer", "CustomerRoles");
      case "admin_give_customer_role" ->
          AdminDescriptions.update(
              ROLES,
              "Gives an agent a role on a customer until it ends",
              "Or another end to a role that it has. The partner must have a relationship with the customer. It holds from the next request on.",
              "CustomerRoleRequest",
              "CustomerRoles");
      case "admin_take_customer_role" ->
          AdminDescriptions.delete(
              ROLES,
              "Takes a role on a customer from an agent",
              "It holds from the next request on.");
      case "admin_explain_access" ->
          Description.of(
                  "Decisions",
                  "Explains what an agent may do",
                  "Decides as for a request of the agent's with any application, and says why. Nothing is changed.")
              .with("ExplainedAgent", "ExplainedOperation", "ExplainedCustomer")
              .answers(200, "AccessExplanation", "The decision.")
              .refuses(404);
      default -> throw AdminDescriptions.unknown(name);
    };
  }
}
