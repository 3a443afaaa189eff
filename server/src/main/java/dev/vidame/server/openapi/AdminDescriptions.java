package dev.vidame.server.openapi;

/** What is said of the routes of operators. */
final class AdminDescriptions {
  private static final String OPERATORS = "Operators";
  private static final String PARTNERS = "Partners";
  private static final String AGENTS = "Agents";
  private static final String APPLICATIONS = "Applications";
  private static final String RELATIONSHIPS = "Relationships";
  private static final String SKUS = "Products of customers";
  private static final String REPLAYED = "MS-Replayed";
  private static final String ALL = "By id, page by page.";
  private static final String SHOWN_ONCE = " Its secret is in this answer and in no other.";

  private AdminDescriptions() {}

  /**
   * What is said of the operators' route of this name.
   *
   * @throws IllegalStateException when nothing is said of it, so that a server with it never starts
   */
  static Description of(String name) {
    String thing = name.substring(name.lastIndexOf('_') + 1);
    return switch (thing) {
      case "operator", "operators" -> operators(name);
      case "partner", "partners" -> partners(name);
      case "agent", "agents", "password" -> agents(name);
      case "application", "applications" -> applications(name);
      case "secret", "secrets" -> secrets(name);
      case "key", "keys" -> keys(name);
      case "factor", "codes" -> FactorDescriptions.of(name);
      case "relationship", "relationships" -> relationships(name);
      case "role", "roles", "access", "issuer", "issuers", "signin" -> AccessDescriptions.of(name);
      default -> skus(name);
    };
  }

  private static Description operators(String name) {
    return switch (name) {
      case "admin_list_operators" -> list(OPERATORS, "Lists the operators", "OperatorCollection");
      case "admin_get_operator" -> get(OPERATORS, "Shows an operator", "Operator");
      case "admin_create_operator" ->
          Description.of(
                  OPERATORS,
                  "Creates an operator",
                  "Somebody else who runs the service." + SHOWN_ONCE)
              .takes("OperatorRequest")
              .answers(201, "Operator", "The operator.", REPLAYED)
              .refuses(404, 409);
      case "admin_delete_operator" ->
          delete(
              OPERATORS,
              "Deletes an operator",
              "Its secret ends at once. The last one stays (400, code 3000).");
      default -> throw unknown(name);
    };
  }

  private static Description partners(String name) {
    return switch (name) {
      case "admin_list_partners" -> list(PARTNERS, "Lists the partners", "PartnerCollection");
      case "admin_get_partner" -> get(PARTNERS, "Shows a partner", "Partner");
      case "admin_create_partner" ->
          Description.of(PARTNERS, "Creates a partner", "With the id that is given, or a new one.")
              .takes("PartnerRequest")
              .answers(201, "Partner", "The partner.", REPLAYED)
              .refuses(404, 409);
      case "admin_update_partner" ->
          update(
              PARTNERS,
              "Changes a partner",
              "Only what is given. Of a disabled one no agent and no application may do anything, from the next request on.",
              "PartnerUpdate",
              "Partner");
      case "admin_delete_partner" ->
          delete(
              PARTNERS,
              "Deletes a partner",
              "With its agents and applications. One that has customers stays (400, code 3000).");
      default -> throw unknown(name);
    };
  }

  private static Description agents(String name) {
    return switch (name) {
      case "admin_list_agents" -> list(AGENTS, "Lists a partner's agents", "AgentCollection");
      case "admin_get_agent" -> get(AGENTS, "Shows an agent", "Agent");
      case "admin_create_agent" ->
          Description.of(
                  AGENTS,
                  "Creates an agent",
                  "Who signs in with the password. The sign-in name is unique on the server.")
              .takes("AgentRequest")
              .answers(201, "Agent", "The agent.", REPLAYED)
              .refuses(404, 409);
      case "admin_update_agent" ->
          update(
              AGENTS,
              "Changes an agent",
              "Only what is given. It holds from the next request on; who is disabled has to sign in anew afterwards.",
              "AgentUpdate",
              "Agent");
      case "admin_delete_agent" -> delete(AGENTS, "Deletes an agent", "Its tokens end at once.");
      case "admin_reset_agent_password" ->
          Description.of(
                  AGENTS, "Gives an agent another password", "Its refresh tokens end at once.")
              .takes("AgentPassword")
              .answersEmpty(204, "The password is the new one.", REPLAYED)
              .refuses(404, 409);
      default -> throw unknown(name);
    };
  }

  private static Description applications(String name) {
    return switch (name) {
      case "admin_list_applications" ->
          list(APPLICATIONS, "Lists a partner's applications", "ApplicationCollection");
      case "admin_get_application" -> get(APPLICATIONS, "Shows an application", "Application");
      case "admin_create_application" ->
          Description.of(
                  APPLICATIONS,
                  "Creates an application",
                  "A public one has no secret and acts for agents only." + SHOWN_ONCE)
              .takes("ApplicationRequest")
              .answers(201, "Application", "The application.", REPLAYED)
              .refuses(404, 409);
      case "admin_update_application" ->
          update(
              APPLICATIONS,
              "Changes an application",
              "Only what is given. It holds from the next request on.",
              "ApplicationUpdate",
              "Application");
      case "admin_delete_application" ->
          delete(APPLICATIONS, "Deletes an application", "Its tokens end at once.");
      default -> throw unknown(name);
    };
  }

  private static Description secrets(String name) {
    return switch (name) {
      case "admin_list_secrets" ->
          Description.of(APPLICATIONS, "Lists an application's secrets", "Without their texts.")
              .answers(200, "SecretCollection", "At most two.")
              .refuses(404);
      case "admin_add_secret" ->
          Description.of(
                  APPLICATIONS,
                  "Gives an application another secret",
                  "Beside the one that it has; a third one is refused (400, code 3000)."
                      + SHOWN_ONCE)
              .answers(201, "Secret", "The secret.", REPLAYED)
              .refuses(404, 409, 413);
      case "admin_remove_secret" ->
          delete(
              APPLICATIONS,
              "Takes a secret from an application",
              "The access tokens that it was exchanged for end at once.");
      default -> throw unknown(name);
    };
  }

  private static Description keys(String name) {
    return switch (name) {
      case "admin_list_application_keys" ->
          Description.of(
                  APPLICATIONS,
                  "Lists an application's keys",
                  "With which it may sign that it is the application (private_key_jwt).")
              .answers(200, "ApplicationKeyCollection", "At most four.")
              .refuses(404);
      case "admin_add_application_key" ->
          Description.of(
                  APPLICATIONS,
                  "Gives an application another key",
                  "A certificate in PEM, or the public half of an RSA key as a JSON Web Key. A private key is refused, and so is a fifth key (400, code 3000).")
              .takes("ApplicationKeyRequest")
              .answers(201, "ApplicationKey", "The key.", REPLAYED)
              .refuses(404, 409);
      case "admin_remove_application_key" ->
          delete(
              APPLICATIONS,
              "Takes a key from an application",
              "The access tokens that were had with it end at once.");
      case "admin_list_signing_keys" ->
          Description.of(
                  OPERATORS,
                  "Lists the keys that check tokens",
                  "The first one signs. The others check until the last token is gone that they signed.")
              .answers(200, "SigningKeyCollection", "All of them.");
      case "admin_rotate_signing_key" ->
          Description.of(
                  OPERATORS,
                  "Exchanges the key that signs tokens",
                  "Tokens that are there stay good. With ten keys that still check tokens, another one is refused (400, code 3000).")
              .answers(201, "SigningKey", "The key that signs from now on.", REPLAYED)
              .refuses(404, 409, 413);
      default -> throw unknown(name);
    };
  }

  private static Description relationships(String name) {
    return switch (name) {
      case "admin_list_relationships" ->
          list(RELATIONSHIPS, "Lists a partner's customers", "RelationshipCollection");
      case "admin_get_relationship" ->
          get(RELATIONSHIPS, "Shows a partner's customer", "Relationship");
      case "admin_begin_relationship" ->
          Description.of(
                  RELATIONSHIPS,
                  "Lets a partner act on a customer",
                  "Where it may already, nothing changes.")
              .answers(200, "Relationship", "The relationship.", REPLAYED)
              .refuses(404, 409, 413);
      case "admin_end_relationship" ->
          delete(
              RELATIONSHIPS,
              "Ends what a partner may do to a customer",
              "It holds from the next request on. The customer stays.");
      default -> throw unknown(name);
    };
  }

  private static Description skus(String name) {
    return switch (name) {
      case "admin_list_skus" ->
          Description.of(SKUS, "Lists what a customer subscribes to", "Of all groups.")
              .answers(200, "SubscribedSkuCollection", "All of it.")
              .refuses(404);
      case "admin_get_sku" ->
          get(SKUS, "Shows what a customer subscribes to of a product", "SubscribedSku");
      case "admin_define_sku" ->
          update(
              SKUS,
              "Sets what a customer subscribes to of a product",
              "Creates or replaces it. There cannot be fewer units than accounts hold (400, code 3000).",
              "SkuRequest",
              "SubscribedSku");
      case "admin_set_sku_units" ->
          update(
              SKUS,
              "Changes how many units of a product there are",
              "Only what is given. There cannot be fewer than accounts hold (400, code 3000).",
              "UnitsRequest",
              "SubscribedSku");
      case "admin_remove_sku" ->
          delete(
              SKUS,
              "Ends what a customer subscribes to of a product",
              "Not while an account has a licence of it, or would have one if it were restored (400, code 3000).");
      default -> throw unknown(name);
    };
  }

  static Description list(String tag, String summary, String collection) {
    return Description.of(tag, summary, ALL)
        .with("PageSize", "After")
        .answers(200, collection, "One page; next is where the list goes on.")
        .refuses(404);
  }

  static Description get(String tag, String summary, String schema) {
    return Description.of(tag, summary, "As it is now, without secrets.")
        .answers(200, schema, "It is there.")
        .refuses(404);
  }

  @SuppressWarnings("TooManyParameters") // all that differs from one change to the next
  static Description update(
      String tag, String summary, String text, String request, String schema) {
    return Description.of(tag, summary, text)
        .takes(request)
        .answers(200, schema, "As it is now.", REPLAYED)
        .refuses(404, 409);
  }

  static Description delete(String tag, String summary, String text) {
    return Description.of(tag, summary, text)
        .answersEmpty(204, "It is gone.", REPLAYED)
        .refuses(404, 409, 413);
  }

  static IllegalStateException unknown(String name) {
    return new IllegalStateException("Nothing is said of the operators' route " + name);
  }
}
