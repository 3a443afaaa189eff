package dev.vidame.server.openapi;

/** What is said of the operators' routes about who may do what to whom. */
final class AccessDescriptions {
  private static final String ISSUERS = "Trusted issuers";
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
      case "admin_list_issuers" ->
          AdminDescriptions.list(
              ISSUERS, "Lists the issuers trusted for a partner", "IssuerCollection");
      case "admin_get_issuer" ->
          AdminDescriptions.get(ISSUERS, "Shows an issuer trusted for a partner", "Issuer");
      case "admin_trust_issuer" ->
          Description.of(
                  ISSUERS,
                  "Trusts an issuer for a partner",
                  "Its tokens for the audience stand for the partner's agents and applications, from the next request on. Issuer and audience together belong to one partner. docs/external-issuers.md has the settings of known products.")
              .takes("IssuerRequest")
              .answers(201, "Issuer", "The issuer.", "MS-Replayed")
              .refuses(404, 409);
      case "admin_distrust_issuer" ->
          AdminDescriptions.delete(
              ISSUERS,
              "Trusts an issuer no more",
              "Its tokens are refused from the next request on.");
      case "admin_get_issuer_signin" ->
          AdminDescriptions.get(
              ISSUERS, "Shows how agents sign in to the dashboard with an issuer", "IssuerSignIn");
      case "admin_offer_issuer_signin" ->
          AdminDescriptions.update(
              ISSUERS,
              "Lets agents sign in to the dashboard with an issuer",
              "Or in another way than before: what is given takes the place of all that was there. Who names the domain is offered the issuer. A domain belongs to one issuer. The issuer has to know the redirectUri of the answer.",
              "IssuerSignInRequest",
              "IssuerSignIn");
      case "admin_withdraw_issuer_signin" ->
          AdminDescriptions.delete(
              ISSUERS,
              "Lets agents sign in with an issuer no more",
              "Sessions that came of it end with the next request. Its tokens stay good.");
      default -> throw AdminDescriptions.unknown(name);
    };
  }
}
