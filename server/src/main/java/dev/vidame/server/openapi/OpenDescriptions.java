package dev.vidame.server.openapi;

/** What is said of the routes that anybody may call. */
final class OpenDescriptions {
  private static final String TOKENS = "Tokens";
  private static final String ABOUT = "About";
  private static final String PLAIN_REFUSAL = "TokenOrErrorBody";

  private static final String HTML = "text/html";

  private static final String RETRY_AFTER = "Retry-After";

  private static final String TOO_SOON = "Too many have failed, or too much was asked for.";

  private static final String[] AUTHORIZATION = {
    "ClientId",
    "RedirectUri",
    "ResponseType",
    "ResponseMode",
    "CodeChallenge",
    "CodeChallengeMethod",
    "State",
    "Nonce",
    "LoginHint",
    "Prompt",
    "Resource",
    "Scope"
  };

  private OpenDescriptions() {}

  /**
   * What is said of the open route of this name.
   *
   * @throws IllegalStateException when nothing is said of it, so that a server with it never starts
   */
  static Description of(String name) {
    return switch (name) {
      case "token_v1" -> token("TokenAnswerV1", "The resource is named by resource.");
      case "token_v2" -> token("TokenAnswerV2", "The resource is named by scope.");
      case "authorize_v1", "authorize_v2" ->
          page("Asks an agent to sign in", "The page for browsers that applications send here.")
              .with(AUTHORIZATION);
      case "sign_in_v1", "sign_in_v2" ->
          page("Signs an agent in", "What the page's form sends; it takes no other.")
              .with(AUTHORIZATION)
              .takesForm("SignInForm")
              .shows(429, HTML, TOO_SOON)
              .refuses(413);
      case "device_codes" ->
          Description.of(
                  TOKENS,
                  "Begins a sign-in on another device",
                  "A code for the device, and one for the person who signs in elsewhere.")
              .takesForm("DeviceForm")
              .answers(200, "DeviceAnswer", "The codes.")
              .answers(400, PLAIN_REFUSAL, "The request is not good.")
              .answers(401, "TokenErrorBody", "The client is not known.", "WWW-Authenticate")
              .answers(503, PLAIN_REFUSAL, "Too much waits, or the server stops.", RETRY_AFTER)
              .refuses(413);
      case "device" ->
          Description.of(TOKENS, "Asks for a device's code", "The page for browsers.")
              .with("UserCode")
              .shows(200, HTML, "The page.");
      case "device_sign_in" ->
          Description.of(
                  TOKENS, "Signs an agent in for a device", "What the page's forms send, in turn.")
              .with("UserCode")
              .takesForm("DeviceSignInForm")
              .shows(200, HTML, "The next page.")
              .shows(400, HTML, "What is wrong, for the person.")
              .shows(429, HTML, TOO_SOON)
              .refuses(413);
      case "revoke_v1", "revoke_v2" -> revocation();
      case "discovery_v1", "discovery_v2" ->
          Description.of(
                  TOKENS,
                  "Describes the issuer",
                  "What a client finds out by itself: addresses, and what is offered.")
              .answers(200, "IssuerDescription", "The description.")
              .refuses(404);
      case "exchange_token" -> exchange();
      case "signing_keys" ->
          Description.of(
                  TOKENS, "Publishes the keys of tokens", "For whoever checks a token by itself.")
              .answers(200, "KeySet", "The keys.");
      case "livez" ->
          Description.of(ABOUT, "Tells whether the process lives", "It does where it answers.")
              .answers(200, "Health", "It lives.");
      case "readyz" ->
          Description.of(
                  ABOUT,
                  "Tells whether the server can do its work",
                  "For whoever decides where requests go. Nothing is tried out: it says what the last commits showed.")
              .answers(200, "Health", "It can commit changes.")
              .answers(503, "HealthOrErrorBody", "It cannot, or it stops.", RETRY_AFTER);
      case "openapi" ->
          Description.of(ABOUT, "Describes the API", "This document.")
              .answers(200, "OpenApiDocument", "An OpenAPI 3.1 document.");
      case "docs" ->
          Description.of(ABOUT, "Shows the API to people", "A page for browsers.")
              .shows(200, "text/html", "The page.")
              .answersEmpty(304, "The browser has it already.");
      case "docs_file" ->
          Description.of(ABOUT, "Serves what the page is made of", "Scripts, styles, a picture.")
              .shows(200, "*/*", "The file.")
              .answersEmpty(304, "The browser has it already.")
              .refuses(404);
      default -> throw new IllegalStateException("Nothing is said of the open route " + name);
    };
  }

  private static Description page(String summary, String text) {
    return Description.of(TOKENS, summary, text)
        .shows(200, HTML, "The page, or the form that posts the answer to the application.")
        .shows(303, HTML, "The browser goes to the application with a code or an error.")
        .shows(400, HTML, "What is wrong, for the person.");
  }

  private static Description revocation() {
    return Description.of(
            TOKENS,
            "Ends a refresh token",
            "With all that came of the same sign-in. For a token that is none it says the same.")
        .takesForm("RevocationForm")
        .answers(200, "Nothing", "It is good no more.")
        .answers(400, PLAIN_REFUSAL, "The request is not good, or it is another client's token.")
        .answers(401, "TokenErrorBody", "The client is not known.", "WWW-Authenticate")
        .answers(503, PLAIN_REFUSAL, "Too much waits, or the server stops.", RETRY_AFTER)
        .refuses(413);
  }

  private static Description exchange() {
    return Description.of(
            TOKENS,
            "Exchanges a token for one of the same kind",
            "The token is the bearer's. What comes of it says no more and ends no later. /v3 takes an"
                + " application's own token only for https://api.partnercenter.microsoft.com, by"
                + " that name or its id, and for this server's address.")
        .takesForm("ExchangeForm")
        .answers(200, "ExchangeAnswer", "The token.")
        .refuses(401, 403, 413, 429);
  }

  private static Description token(String answer, String resource) {
    return Description.of(
            TOKENS,
            "Exchanges credentials for a token",
            "An application's own, or an agent's password or refresh token. " + resource)
        .takesForm("TokenRequestForm")
        .answers(200, answer, "The tokens.")
        .answers(400, PLAIN_REFUSAL, "The request or the grant is not good.")
        .answers(401, "TokenErrorBody", "The client is not known.", "WWW-Authenticate")
        .answers(429, PLAIN_REFUSAL, TOO_SOON, RETRY_AFTER)
        .answers(503, PLAIN_REFUSAL, "Too much waits, or the server stops.", RETRY_AFTER)
        .refuses(413);
  }
}
