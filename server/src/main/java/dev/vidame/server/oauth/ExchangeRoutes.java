package dev.vidame.server.oauth;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.Partners;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.partners.Standings.Bearer;
import dev.vidame.directory.partners.Standings.Standing;
import dev.vidame.server.access.AccessDecision.Reason;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Api;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.ApiException;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.tokens.AccessToken;
import dev.vidame.server.tokens.Caller;
import dev.vidame.server.tokens.TokenSubject;
import dev.vidame.server.tokens.Tokens;
import dev.vidame.server.tokens.Verification;
import dev.vidame.wire.JsonBody;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The exchange of a token for one of the same kind, which older clients ask for before anything
 * else (wire-spec §1.6). Thread-safe. What comes of it says no more and ends no later.
 */
public final class ExchangeRoutes {
  private static final String GRANT = "jwt_token";

  private final Api.Authenticator authenticator;
  private final Tokens tokens;
  private final Partners partners;
  private final Standings standings;

  /** Routes that exchange what the authenticator takes. */
  public ExchangeRoutes(
      Api.Authenticator authenticator, Tokens tokens, Partners partners, Standings standings) {
    this.authenticator = authenticator;
    this.tokens = tokens;
    this.partners = partners;
    this.standings = standings;
  }

  /** The lines of the route table. */
  public List<Route> routes() {
    return List.of(
        Route.open("POST", "/generatetoken", "exchange_token", this::exchange),
        Route.open("POST", "/v3/generatetoken", "exchange_token", this::exchangeForApi));
  }

  private Answer exchange(Call call) {
    Optional<String> authorization = authorization(call);
    return answer(
        call, authenticator.authenticate(authorization, call.request().client()), authorization);
  }

  /** The same for applications only where their own token is for the API itself. */
  private Answer exchangeForApi(Call call) {
    Optional<String> authorization = authorization(call);
    Caller caller = authenticator.authenticate(authorization, call.request().client());
    if (caller.kind() == Caller.Kind.APP_ONLY) {
      tokens
          .verifier()
          .audienceBesideApi(BearerAuthenticator.bearer(authorization))
          .ifPresent(audience -> {
            throw ApiErrors.audienceRefused(audience);
          });
    }
    return answer(call, caller, authorization);
  }

  /** Of two, a proxy may have looked at the other one. */
  private static Optional<String> authorization(Call call) {
    List<String> lines = call.request().headers("Authorization");
    if (lines.size() > 1) {
      throw ApiErrors.accessDenied();
    }
    return lines.stream().findFirst();
  }

  private Answer answer(Call call, Caller caller, Optional<String> authorization) {
    if (!GRANT.equals(OAuthRoutes.form(call).get("grant_type"))) {
      throw ApiErrors.invalidRequest("The grant type must be %s.", GRANT);
    }
    Optional<Duration> wait = tokens.limit().waitFor(caller.partner());
    if (wait.isPresent()) {
      return ApiErrors.rateLimitExceeded(wait.get());
    }
    AccessToken token = exchanged(caller, BearerAuthenticator.bearer(authorization));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("access_token", token.text());
    body.put("token_type", "Bearer");
    body.put(
        "expires_in", Math.max(0, ChronoUnit.SECONDS.between(token.issuedAt(), token.expiresAt())));
    return Answer.json(200, JsonBody.write(body), new Answer.Header("Pragma", "no-cache"));
  }

  /**
   * Another issuer's token stays as it is: one of ours would be good for longer than that issuer is
   * trusted.
   */
  private AccessToken exchanged(Caller caller, String text) {
    TokenSubject subject = subject(caller);
    return tokens.verifier().verify(text) instanceof Verification.Verified
        ? tokens.issuer().again(caller, subject)
        : tokens.issuer().unchanged(caller, text);
  }

  /** Who the token speaks for, as they are now. */
  private TokenSubject subject(Caller caller) {
    Standing standing =
        standings
            .of(
                new Bearer(caller.partner(), caller.application(), caller.secret(), caller.agent()),
                null)
            .orElseThrow(ExchangeRoutes::unknown);
    if (!standing.hasCredential()) {
      throw ApiErrors.denied(Reason.SECRET_GONE);
    }
    Application application =
        partners.application(caller.application()).orElseThrow(ExchangeRoutes::unknown);
    AgentId agent = caller.agent();
    TokenSubject subject =
        agent == null ? TokenSubject.of(application) : TokenSubject.of(application, agent(agent));
    UUID proof = caller.secret();
    return proof == null
        ? subject
        : subject.provedWith(
            partners
                .credential(application.id(), proof)
                .orElseThrow(() -> ApiErrors.denied(Reason.SECRET_GONE)));
  }

  private Agent agent(AgentId id) {
    return partners.agent(id).orElseThrow(ExchangeRoutes::unknown);
  }

  private static ApiException unknown() {
    return ApiErrors.denied(Reason.UNKNOWN_CALLER);
  }
}
