package dev.vidame.server.tokens;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.AuthorizationCodes;
import dev.vidame.directory.partners.DeviceCodes;
import dev.vidame.directory.partners.Partners;
import dev.vidame.directory.partners.Partners.Client;
import dev.vidame.directory.partners.RefreshTokens;
import dev.vidame.server.limits.SignInBlocked;
import dev.vidame.server.limits.SignInGuard;
import dev.vidame.server.limits.SignInGuard.Kind;
import dev.vidame.server.limits.SignInGuard.Who;
import dev.vidame.server.limits.SignInThrottled;
import dev.vidame.server.tokens.SignIns.HalfWay;
import dev.vidame.server.tokens.SignIns.SignedIn;
import dev.vidame.server.tokens.TokenAnswers.UserTokens;
import dev.vidame.wire.Guid;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Exchanges credentials for tokens (OAuth 2.0, RFC 6749). Thread-safe. */
public final class TokenEndpoint {
  /*
   * The tenant in the path decides nothing: the partner is the application's, always. A GUID must be that partner's, so
   * that a mixed-up configuration is noticed. A domain cannot be compared, since partners have no domains here; clients
   * send any (their own, or "adfs" to keep their library from asking elsewhere). To take every host name grants nothing,
   * as the token would be the same without it, and tells nothing, as the answer is the same for all of them. The check
   * comes after the client's, so that ids cannot be paired with partners by trying.
   */

  private static final Set<String> ANY_TENANT = Set.of("common", "organizations");

  /** The grant of devices, by its full name. */
  static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

  private static final int LONGEST_HOST_NAME = 253;

  private static final Pattern HOST_NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  private final Store store;
  private final TokenIssuer issuer;
  private final Rules rules;
  private final Clients clients;
  private final TokenAnswers answers;

  /** Where clients, agents and their sessions are, and where they prove who they are. */
  @SuppressWarnings("TooManyParameters") // one of each
  record Store(
      Partners partners,
      RefreshTokens refreshTokens,
      AuthorizationCodes codes,
      DeviceCodes devices,
      ClientAssertions assertions,
      SignIns signIns) {}

  /** What is taken. */
  record Rules(ServiceNames names, TokenSettings settings, SignInGuard guard, IssueLimit limit) {
    /** With everybody let to try, and to have any number of tokens. */
    Rules(ServiceNames names, TokenSettings settings) {
      this(names, settings, SignInGuard.open(), IssueLimit.NONE);
    }
  }

  TokenEndpoint(Store store, TokenIssuer issuer, Rules rules, TokenAnswers answers) {
    this.store = store;
    this.issuer = issuer;
    this.rules = rules;
    this.clients = new Clients(store.partners(), store.assertions(), rules.guard());
    this.answers = answers;
  }

  /**
   * Answers a token request. A wrong user name and a wrong password give the same answer after the
   * same work.
   *
   * @throws DirectoryException when the store failed, which is not the client's concern
   */
  public TokenAnswer answer(TokenRequest request) {
    return answer(request, this::exchange);
  }

  /**
   * Answers a wish to end a refresh token with all that came of the same sign-in (RFC 7009).
   *
   * @param isAccessToken whether a text is a good access token, which cannot be revoked
   * @throws DirectoryException when the store failed, which is not the client's concern
   */
  public TokenAnswer revoke(TokenRequest request, Predicate<String> isAccessToken) {
    return answer(request, it -> revoked(it, isAccessToken));
  }

  /** Something that a client asks for. */
  @FunctionalInterface
  private interface Work {
    TokenAnswer answer(TokenRequest request) throws TokenRequestRefused;
  }

  private TokenAnswer exchange(TokenRequest request) throws TokenRequestRefused {
    String grant = required(request, "grant_type");
    return switch (grant) {
      case "client_credentials" -> clientCredentials(request);
      case "password" -> password(request);
      case "refresh_token" -> refreshToken(request);
      case "authorization_code" -> authorizationCode(request);
      case DEVICE_GRANT, "device_code" -> deviceCode(request);
      default -> throw new TokenRequestRefused(TokenError.GRANT_UNKNOWN);
    };
  }

  private TokenAnswer revoked(TokenRequest request, Predicate<String> isAccessToken)
      throws TokenRequestRefused {
    Application application = client(request).application();
    checkTenant(request, application);
    String token = required(request, "token");
    return switch (store.refreshTokens().revoke(token, application.id())) {
      case DONE -> TokenAnswers.empty();
      case OF_ANOTHER -> throw new TokenRequestRefused(TokenError.REFRESH_REFUSED);
      case UNKNOWN -> {
        if (isAccessToken.test(token)) {
          throw new TokenRequestRefused(TokenError.ACCESS_TOKEN_STAYS);
        }
        yield TokenAnswers.empty();
      }
    };
  }

  private TokenAnswer answer(TokenRequest request, Work work) {
    try {
      return work.answer(request);
    } catch (TokenRequestRefused refused) {
      return answers.refused(
          refused.error(),
          refused.text(),
          request,
          refused.error() == TokenError.OVERLOADED ? DeviceCodes.INTERVAL : null);
    } catch (SignInThrottled tooSoon) {
      TokenError error = TokenError.TOO_MANY_FAILURES;
      return answers.refused(error, error.text(), request, tooSoon.retryAfter());
    } catch (IssueLimit.Reached reached) {
      TokenError error = TokenError.TOO_MANY_TOKENS;
      return answers.refused(error, error.text(), request, reached.retryAfter());
    } catch (SignInBlocked blocked) {
      TokenError error = TokenError.SECOND_FACTOR_BLOCKED;
      return answers.refused(error, error.text(), request, null);
    } catch (DirectoryException e) {
      if (e.failure() instanceof Failure.Overloaded overloaded) {
        return answers.refused(
            TokenError.OVERLOADED, TokenError.OVERLOADED.text(), request, overloaded.retryAfter());
      }
      throw e;
    }
  }

  private TokenAnswer clientCredentials(TokenRequest request) throws TokenRequestRefused {
    Client client = client(request);
    Application application = client.application();
    if (!application.isConfidential()) {
      throw new TokenRequestRefused(TokenError.GRANT_NOT_FOR_CLIENT);
    }
    if (namesNoTenant(request)) {
      throw new TokenRequestRefused(TokenError.TENANT_NEEDED);
    }
    checkTenant(request, application);
    String audience = audience(request);
    rules.limit().requireRoom(application.partner());
    TokenSubject subject = TokenSubject.of(application).provedWith(client.proof());
    AccessToken token = issuer.accessToken(subject, request.version(), audience);
    return answers.granted(request.version(), token, audience, null);
  }

  private TokenAnswer password(TokenRequest request) throws TokenRequestRefused {
    if (!rules.settings().isPasswordGrantEnabled()) {
      throw new TokenRequestRefused(TokenError.GRANT_UNKNOWN);
    }
    Client client = client(request);
    Application application = client.application();
    checkTenant(request, application);
    String audience = audience(request);
    SignedIn signedIn = signedIn(request, application);
    rules.limit().requireRoom(application.partner());
    Agent agent = signedIn.agent();
    RefreshTokens.Subject session =
        new RefreshTokens.Subject(
            agent.partner(), agent.id(), application.id(), audience, signedIn.isMultiFactor());
    String refreshToken = store.refreshTokens().issue(session);
    return grantedToAgent(
        request.version(), new SignIn(client, agent, session, audience), refreshToken);
  }

  private SignedIn signedIn(TokenRequest request, Application application)
      throws TokenRequestRefused {
    NameAndPassword credentials =
        new NameAndPassword(
            required(request, "username"), required(request, "password"), request.address());
    return switch (store
        .signIns()
        .signIn(credentials, application.partner())
        .orElseThrow(() -> new TokenRequestRefused(TokenError.SIGN_IN_REFUSED))) {
      case SignedIn done -> done;
      case HalfWay halfWay -> {
        String code = request.field("otp");
        if (code == null) {
          throw new TokenRequestRefused(TokenError.SECOND_FACTOR_NEEDED);
        }
        yield store
            .signIns()
            .complete(halfWay, code, request.address())
            .orElseThrow(() -> new TokenRequestRefused(TokenError.SECOND_FACTOR_REFUSED));
      }
    };
  }

  /** Everything that can be checked is, before the token is used up. */
  private TokenAnswer refreshToken(TokenRequest request) throws TokenRequestRefused {
    Client client = client(request);
    Application application = client.application();
    checkTenant(request, application);
    Optional<String> asked = RequestedAudience.of(request, rules.names());
    String token = required(request, "refresh_token");
    if (!store.refreshTokens().wasGiven(token, application.id())) {
      throw madeUp(Kind.REFRESH_TOKEN, token, request, TokenError.REFRESH_REFUSED);
    }
    rules.limit().requireRoom(application.partner());
    RefreshTokens.Exchange exchange =
        store
            .refreshTokens()
            .exchange(token, application.id())
            .orElseThrow(() -> new TokenRequestRefused(TokenError.REFRESH_REFUSED));
    Agent agent = stillThere(exchange.subject(), TokenError.REFRESH_REFUSED);
    String audience = asked.orElseGet(() -> stillOurs(exchange.subject().resource()));
    SignIn signIn = new SignIn(client, agent, exchange.subject(), audience);
    return grantedToAgent(request.version(), signIn, exchange.token());
  }

  private TokenAnswer authorizationCode(TokenRequest request) throws TokenRequestRefused {
    Client client = client(request);
    Application application = client.application();
    checkTenant(request, application);
    Optional<String> asked = RequestedAudience.of(request, rules.names());
    AuthorizationCodes.Proof proof =
        new AuthorizationCodes.Proof(
            application.id(),
            required(request, "redirect_uri"),
            Challenge.shown(request, !rules.settings().mayLeaveOutPkce(application)));
    String code = required(request, "code");
    if (!store.codes().wasGiven(code, application.id())) {
      throw madeUp(Kind.AUTHORIZATION_CODE, code, request, TokenError.CODE_REFUSED);
    }
    rules.limit().requireRoom(application.partner());
    AuthorizationCodes.Exchange exchange =
        store
            .codes()
            .exchange(code, proof)
            .orElseThrow(() -> new TokenRequestRefused(TokenError.CODE_REFUSED));
    RefreshTokens.Subject subject = exchange.grant().subject();
    SignIn signIn =
        new SignIn(
            client,
            stillThere(subject, TokenError.CODE_REFUSED),
            subject,
            asked.orElseGet(() -> stillOurs(subject.resource())),
            exchange.grant().nonce());
    return grantedToAgent(request.version(), signIn, exchange.refreshToken());
  }

  private TokenAnswer deviceCode(TokenRequest request) throws TokenRequestRefused {
    Client client = client(request);
    Application application = client.application();
    checkTenant(request, application);
    String code = required(request, "device_code");
    switch (store.devices().glance(code, application.id())) {
      case UNKNOWN -> throw madeUp(Kind.DEVICE_CODE, code, request, TokenError.DEVICE_UNKNOWN);
      case WITH_TOKENS -> rules.limit().requireRoom(application.partner());
      case WITHOUT_TOKENS -> {
        // It hears what it waits for, which costs no signature.
      }
    }
    return switch (store.devices().ask(code, application.id())) {
      case DeviceCodes.Granted(RefreshTokens.Subject subject, String refreshToken) -> {
        Agent agent = stillThere(subject, TokenError.DEVICE_UNKNOWN);
        SignIn signIn = new SignIn(client, agent, subject, stillOurs(subject.resource()));
        yield grantedToAgent(request.version(), signIn, refreshToken);
      }
      case DeviceCodes.Waits waits ->
          throw new TokenRequestRefused(
              switch (waits) {
                case PENDING -> TokenError.DEVICE_WAITS;
                case TOO_OFTEN -> TokenError.DEVICE_IS_HASTY;
                case DECLINED -> TokenError.DEVICE_DECLINED;
                case OVER -> TokenError.DEVICE_OVER;
                case UNKNOWN -> TokenError.DEVICE_UNKNOWN;
              });
    };
  }

  /** Answers a device that asks for a pair of codes (RFC 8628, wire-spec §1.4). */
  public TokenAnswer deviceCodes(TokenRequest request) {
    return answer(request, this::newDeviceCodes);
  }

  private TokenAnswer newDeviceCodes(TokenRequest request) throws TokenRequestRefused {
    Application application = client(request).application();
    checkTenant(request, application);
    DeviceCodes.Wish wish =
        new DeviceCodes.Wish(application.partner(), application.id(), audience(request));
    DeviceCodes.Pair pair =
        store
            .devices()
            .issue(wish)
            .orElseThrow(() -> new TokenRequestRefused(TokenError.OVERLOADED));
    return answers.device(pair, rules.names().of("/device"), request.language());
  }

  /**
   * Refuses what nobody was given. What somebody was, and is over, is no guess: it is told from
   * these by a look that writes nothing, and goes on whatever others at its address do.
   *
   * @throws SignInThrottled when it comes too soon after others
   */
  @SuppressWarnings("TooManyParameters") // what it is, who shows it, and what they hear
  private TokenRequestRefused madeUp(
      Kind kind, String secret, TokenRequest request, TokenError error) {
    rules.guard().refuse(new Who(kind, secret, request.address()));
    return new TokenRequestRefused(error);
  }

  private Agent stillThere(RefreshTokens.Subject subject, TokenError otherwise)
      throws TokenRequestRefused {
    return store
        .partners()
        .agent(subject.agent())
        .filter(found -> found.partner().equals(subject.partner()) && !found.isDisabled())
        .orElseThrow(() -> new TokenRequestRefused(otherwise));
  }

  private record SignIn(
      Client client,
      Agent agent,
      RefreshTokens.Subject session,
      String audience,
      @Nullable String nonce) {
    SignIn(Client client, Agent agent, RefreshTokens.Subject session, String audience) {
      this(client, agent, session, audience, null);
    }

    TokenSubject subject() {
      return TokenSubject.of(client.application(), agent)
          .provedWith(client.proof())
          .withSecondFactor(session.isMultiFactor());
    }
  }

  private TokenAnswer grantedToAgent(TokenVersion version, SignIn signIn, String refreshToken) {
    AccessToken token = issuer.accessToken(signIn.subject(), version, signIn.audience());
    String idToken = issuer.idToken(signIn.subject(), version, signIn.nonce(), null);
    return answers.granted(
        version, token, signIn.audience(), new UserTokens(refreshToken, idToken));
  }

  /** The client, which has proved itself if it can. */
  private Client client(TokenRequest request) throws TokenRequestRefused {
    return clients.of(request);
  }

  private String audience(TokenRequest request) throws TokenRequestRefused {
    return RequestedAudience.of(request, rules.names()).orElseGet(rules.names()::usualAudience);
  }

  /** A server that has moved keeps the sessions that were begun under its old address. */
  private String stillOurs(String audience) {
    return rules.names().isOurs(audience) ? audience : rules.names().usualAudience();
  }

  private static boolean namesNoTenant(TokenRequest request) {
    return ANY_TENANT.contains(request.tenant().toLowerCase(Locale.ROOT));
  }

  static void checkTenant(TokenRequest request, Application application)
      throws TokenRequestRefused {
    String tenant = request.tenant().toLowerCase(Locale.ROOT);
    boolean isRight =
        Guid.parse(tenant)
            .map(id -> id.equals(application.partner().value()))
            .orElseGet(() -> isHostName(tenant));
    if (!isRight) {
      throw new TokenRequestRefused(TokenError.TENANT_UNKNOWN);
    }
  }

  static boolean isHostName(String tenant) {
    return tenant.length() <= LONGEST_HOST_NAME && HOST_NAME.matcher(tenant).matches();
  }

  private static String required(TokenRequest request, String name) throws TokenRequestRefused {
    String value = request.field(name);
    if (value == null) {
      throw new TokenRequestRefused(TokenError.FIELD_MISSING, name);
    }
    return value;
  }
}
