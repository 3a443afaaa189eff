package dev.vidame.server.admin;

import dev.vidame.directory.Directory;
import dev.vidame.directory.operators.PartnerRegistry;
import dev.vidame.directory.operators.TrustedIssuers;
import dev.vidame.directory.partners.ExternalIssuer;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.tokens.ProviderAddresses;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** The routes of the identity providers that are trusted for a partner. Thread-safe. */
final class IssuerRoutes {
  private static final String ISSUERS = AdminRoutes.PARTNER + "/issuers";
  static final String ISSUER = ISSUERS + "/{issuer}";
  private static final int LARGEST_PORT = 65_535;

  private final PartnerRegistry partners;
  private final TrustedIssuers issuers;
  private final Supplier<UUID> newIds;

  IssuerRoutes(Directory directory, Supplier<UUID> newIds) {
    this.partners = directory.partnerRegistry();
    this.issuers = directory.trustedIssuers();
    this.newIds = newIds;
  }

  List<Route> routes() {
    return List.of(
        Route.forOperator("GET", ISSUERS, "admin_list_issuers", this::list),
        Route.forOperator("POST", ISSUERS, "admin_trust_issuer", this::trust),
        Route.forOperator("GET", ISSUER, "admin_get_issuer", this::get),
        Route.forOperator("DELETE", ISSUER, "admin_distrust_issuer", this::distrust));
  }

  private Answer list(Call call) {
    PartnerId partner = AdminAnswers.partner(call);
    AdminPage page = AdminPage.of(call);
    return page.show(
        call,
        partners.get(partner).map(it -> issuers.page(it.id(), page.after(), page.wanted())),
        ExternalIssuer::id,
        IssuerRoutes::view);
  }

  private Answer trust(Call call) {
    PartnerId partner = AdminAnswers.partner(call);
    AdminBody body = AdminBody.of(call);
    ExternalIssuer wanted =
        new ExternalIssuer(
            body.idOr(newIds.get()),
            partner,
            body.requiredText("issuer"),
            body.requiredText("audience"),
            safeUrl("jwksUrl", body.requiredText("jwksUrl")),
            new ExternalIssuer.ClaimNames(
                body.text("agentClaim").orElse("oid"),
                body.text("applicationClaim").orElse("azp")));
    return AdminAnswers.done(
        201, issuers.add(wanted, body.request(call, partner)), IssuerRoutes::view);
  }

  /**
   * An address that a provider is asked at. Whoever could change keys or tokens on their way could
   * be anybody, so only this machine goes without TLS. What a name leads to is looked at with each
   * connection.
   */
  static String safeUrl(String property, String text) {
    try {
      URI uri = new URI(text);
      boolean isSafe =
          "https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme())
                  && List.of("127.0.0.1", "[::1]").contains(uri.getHost()));
      boolean isWhole =
          uri.getHost() != null
              && ProviderAddresses.mayBeNamed(uri.getHost())
              && uri.getUserInfo() == null
              && uri.getRawFragment() == null
              && uri.getPort() <= LARGEST_PORT;
      if (isSafe && isWhole) {
        return text;
      }
    } catch (URISyntaxException e) {
      throw notSafe(property);
    }
    throw notSafe(property);
  }

  private static RuntimeException notSafe(String property) {
    return ApiErrors.invalidProperty(
        property,
        "The value must be an https URL, or an http URL of this machine itself, and no link-local,"
            + " multicast or unspecified address, nor one of a cloud's metadata.");
  }

  private Answer get(Call call) {
    return AdminAnswers.shown(
        issuers.get(AdminAnswers.partner(call), AdminAnswers.id(call, 1)), IssuerRoutes::view);
  }

  private Answer distrust(Call call) {
    PartnerId partner = AdminAnswers.partner(call);
    return AdminAnswers.gone(
        issuers.remove(
            partner,
            AdminAnswers.id(call, 1),
            call.operatorRequest(partner, call.request().body())));
  }

  private static Map<String, Object> view(ExternalIssuer issuer) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", issuer.id());
    members.put("issuer", issuer.issuer());
    members.put("audience", issuer.audience());
    members.put("jwksUrl", issuer.jwksUrl());
    members.put("agentClaim", issuer.claims().agent());
    members.put("applicationClaim", issuer.claims().application());
    return members;
  }
}
