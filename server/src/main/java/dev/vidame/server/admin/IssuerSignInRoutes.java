package dev.vidame.server.admin;

import dev.vidame.directory.operators.IssuerSignIns;
import dev.vidame.directory.partners.IssuerSignIn;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.tokens.ProviderSecrets;
import dev.vidame.server.tokens.ProviderSignIns;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The routes of how agents sign in to the dashboard with trusted issuers. Thread-safe. */
public final class IssuerSignInRoutes {
  private static final String SIGN_IN = IssuerRoutes.ISSUER + "/sign-in";
  private static final int LONGEST_DOMAIN = 48;

  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  private final IssuerSignIns signIns;
  private final ProviderSecrets secrets;
  private final Supplier<URI> address;

  /**
   * Routes.
   *
   * @param secrets seals what this service shows to providers
   * @param address this server's own; not asked before it listens
   */
  public IssuerSignInRoutes(IssuerSignIns signIns, ProviderSecrets secrets, Supplier<URI> address) {
    this.signIns = signIns;
    this.secrets = secrets;
    this.address = address;
  }

  /** Their lines in the route table. */
  public List<Route> routes() {
    return List.of(
        Route.forOperator("GET", SIGN_IN, "admin_get_issuer_signin", this::get),
        Route.forOperator("PUT", SIGN_IN, "admin_offer_issuer_signin", this::offer),
        Route.forOperator("DELETE", SIGN_IN, "admin_withdraw_issuer_signin", this::withdraw));
  }

  private Answer get(Call call) {
    UUID issuer = AdminAnswers.id(call, 1);
    return AdminAnswers.shown(
        signIns.get(AdminAnswers.partner(call), issuer), signIn -> view(issuer, signIn));
  }

  private Answer offer(Call call) {
    PartnerId partner = AdminAnswers.partner(call);
    UUID issuer = AdminAnswers.id(call, 1);
    AdminBody body = AdminBody.of(call);
    IssuerSignIn wanted =
        new IssuerSignIn(
            body.requiredText("name"),
            domain(body.requiredText("domain")),
            body.requiredText("clientId"),
            body.text("clientSecret")
                .map(secret -> secrets.seal(issuer.toString(), secret))
                .orElse(null),
            IssuerRoutes.safeUrl("authorizationUrl", body.requiredText("authorizationUrl")),
            IssuerRoutes.safeUrl("tokenUrl", body.requiredText("tokenUrl")));
    return AdminAnswers.done(
        200,
        signIns.offer(partner, issuer, wanted, body.request(call, partner)),
        signIn -> view(issuer, signIn));
  }

  private static String domain(String text) {
    String domain = text.toLowerCase(Locale.ROOT);
    if (domain.length() > LONGEST_DOMAIN || !DOMAIN.matcher(domain).matches()) {
      throw ApiErrors.invalidProperty(
          "domain", "The value must be a domain such as name.example, of at most 48 characters.");
    }
    return domain;
  }

  private Answer withdraw(Call call) {
    return AdminAnswers.gone(
        signIns.withdraw(
            AdminAnswers.partner(call), AdminAnswers.id(call, 1), AdminAnswers.request(call)));
  }

  /** Without the secret, which nobody gets back. */
  private Map<String, Object> view(UUID issuer, IssuerSignIn signIn) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", signIn.name());
    members.put("domain", signIn.domain());
    members.put("clientId", signIn.clientId());
    members.put("hasSecret", signIn.clientSecret() != null);
    members.put("authorizationUrl", signIn.authorizationUrl());
    members.put("tokenUrl", signIn.tokenUrl());
    members.put("redirectUri", ProviderSignIns.back(address.get(), issuer));
    return members;
  }
}
