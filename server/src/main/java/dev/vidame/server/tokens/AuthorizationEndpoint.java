package dev.vidame.server.tokens;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.AuthorizationCodes;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.Partners;
import dev.vidame.directory.partners.RefreshTokens;
import dev.vidame.server.texts.Language;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.Guid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where applications send browsers so that an agent signs in and allows them to act (RFC 6749 §4.1,
 * with the rules of RFC 7636, RFC 9207 and RFC 9700; OpenID Connect Core 1.0 §3.3). Thread-safe.
 * Remembers nothing between two requests.
 */
public final class AuthorizationEndpoint {
  private static final String FORM_POST = "form_post";
  private static final Set<String> MODES = Set.of("query", FORM_POST);

  /** A code with an id token; the order says nothing. */
  private static final Set<String> HYBRID = Set.of("code id_token", "id_token code");

  private final Partners partners;
  private final AuthorizationCodes codes;
  private final TokenIssuer issuer;
  private final TokenEndpoint.Rules rules;
  private final ServiceNames names;

  AuthorizationEndpoint(
      Partners partners, AuthorizationCodes codes, TokenIssuer issuer, TokenEndpoint.Rules rules) {
    this.partners = partners;
    this.codes = codes;
    this.issuer = issuer;
    this.rules = rules;
    this.names = rules.names();
  }

  /** What a request comes to. */
  public sealed interface Outcome {}

  /**
   * The person must be asked.
   *
   * @param request what
   */
  public record Asks(AuthorizationRequest request) implements Outcome {}

  /**
   * The application hears what is wrong.
   *
   * @param back what it is told
   */
  public record TellsApplication(SentBack back) implements Outcome {}

  /**
   * Nobody can be told but the person: it is not sure whose the address is.
   *
   * @param text what is wrong
   */
  public record TellsPerson(Text text) implements Outcome {}

  /** Looks at a request, whose form is the query. */
  public Outcome check(TokenRequest request) {
    Optional<Application> known =
        Guid.parse(String.valueOf(request.field("client_id")))
            .map(ApplicationId::new)
            .flatMap(this::application);
    if (known.isEmpty()) {
      return new TellsPerson(
          Text.of("The address that brought you here names no application of this service."));
    }
    Application application = known.get();
    String redirectUri = request.field("redirect_uri");
    if (redirectUri == null || !application.redirectUris().contains(redirectUri)) {
      return new TellsPerson(
          Text.of(
              "The application wants to send you to an address that is not registered for it."));
    }
    SentBack back = back(request, application, redirectUri);
    try {
      return new Asks(checked(request, application, back));
    } catch (TokenRequestRefused refused) {
      String text = refused.text().in(request.language());
      return new TellsApplication(refusal(back, refused.error(), text));
    }
  }

  private Optional<Application> application(ApplicationId id) {
    return id.equals(OwnSignIns.ID)
        ? Optional.of(OwnSignIns.application(names))
        : partners.applicationInUse(id);
  }

  private SentBack back(TokenRequest request, Application application, String redirectUri) {
    Map<String, String> members = new LinkedHashMap<>();
    String state = request.field("state");
    if (state != null) {
      members.put("state", state);
    }
    members.put("iss", names.issuer(request.version(), application.partner().toString()));
    boolean isPosted = FORM_POST.equals(request.field("response_mode"));
    return new SentBack(redirectUri, isPosted, members);
  }

  private AuthorizationRequest checked(TokenRequest request, Application application, SentBack back)
      throws TokenRequestRefused {
    boolean isHybrid = HYBRID.contains(request.form().getOrDefault("response_type", ""));
    if (isHybrid) {
      checkHybrid(request, application);
    } else {
      checkPlain(request);
    }
    boolean isChallengeNeeded = !(isHybrid && rules.settings().mayLeaveOutPkce(application));
    String challenge = Challenge.asked(request, isChallengeNeeded);
    TokenEndpoint.checkTenant(request, application);
    String audience = RequestedAudience.of(request, names).orElseGet(names::usualAudience);
    if ("none".equals(request.field("prompt"))) {
      throw new TokenRequestRefused(TokenError.AGENT_MUST_BE_ASKED);
    }
    return new AuthorizationRequest(
        application,
        partners.get(application.partner()).map(Partner::name).orElse(""),
        back,
        challenge,
        request.field("nonce"),
        isHybrid ? request.version() : null,
        audience,
        request.field("login_hint"));
  }

  private static void checkPlain(TokenRequest request) throws TokenRequestRefused {
    if (!"code".equals(request.field("response_type"))) {
      throw new TokenRequestRefused(TokenError.RESPONSE_TYPE_UNKNOWN);
    }
    String mode = request.field("response_mode");
    if (mode != null && !MODES.contains(mode)) {
      throw new TokenRequestRefused(TokenError.RESPONSE_MODE_UNKNOWN);
    }
  }

  /**
   * Where no mode is named, a fragment is meant, and a query must not be (OAuth 2.0 Multiple
   * Response Type Encoding Practices §5): browsers keep both, and form_post has to be asked for.
   */
  private static void checkHybrid(TokenRequest request, Application application)
      throws TokenRequestRefused {
    if (!FORM_POST.equals(request.field("response_mode"))) {
      throw new TokenRequestRefused(TokenError.ID_TOKEN_IN_ADDRESS);
    }
    if (!application.isConfidential()) {
      throw new TokenRequestRefused(TokenError.ID_TOKEN_NOT_FOR_CLIENT);
    }
    if (!List.of(request.form().getOrDefault("scope", "").split(" ", -1)).contains("openid")) {
      throw new TokenRequestRefused(TokenError.ID_TOKEN_SCOPE);
    }
    if (request.field("nonce") == null) {
      throw new TokenRequestRefused(TokenError.FIELD_MISSING, "nonce");
    }
  }

  /** The agent, who is one of the application's partner, has signed in and allows it. */
  public SentBack allow(
      AuthorizationRequest request, SignIns.SignedIn signedIn, Language language) {
    if (request.idToken() != null) {
      try {
        rules.limit().requireRoom(request.application().partner());
      } catch (IssueLimit.Reached reached) {
        return refusal(request.back(), TokenError.TOO_MANY_TOKENS, language);
      }
    }
    return allowed(request, signedIn);
  }

  private SentBack allowed(AuthorizationRequest request, SignIns.SignedIn signedIn) {
    Agent agent = signedIn.agent();
    RefreshTokens.Subject subject =
        new RefreshTokens.Subject(
            agent.partner(),
            agent.id(),
            request.application().id(),
            request.audience(),
            signedIn.isMultiFactor());
    SentBack back = request.back();
    AuthorizationCodes.Grant grant =
        new AuthorizationCodes.Grant(
            subject, back.redirectUri(), request.challenge(), request.nonce());
    Map<String, String> members = new LinkedHashMap<>();
    String code = codes.issue(grant);
    members.put("code", code);
    TokenVersion idToken = request.idToken();
    if (idToken != null) {
      TokenSubject who =
          TokenSubject.of(request.application(), agent).withSecondFactor(signedIn.isMultiFactor());
      members.put("id_token", issuer.idToken(who, idToken, request.nonce(), code));
    }
    members.putAll(back.members());
    return new SentBack(back.redirectUri(), back.isPosted(), members);
  }

  /** The person does not allow it. */
  public SentBack deny(AuthorizationRequest request, Language language) {
    return refusal(request.back(), TokenError.AGENT_REFUSED, language);
  }

  private static SentBack refusal(SentBack back, TokenError error, Language language) {
    return refusal(back, error, error.text().in(language));
  }

  private static SentBack refusal(SentBack back, TokenError error, String text) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("error", error.code());
    members.put("error_description", text);
    members.putAll(back.members());
    return new SentBack(back.redirectUri(), back.isPosted(), members);
  }
}
