package dev.vidame.server.tokens;

import dev.vidame.directory.operators.Operators;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.AuthorizationCodes;
import dev.vidame.directory.partners.Partners;
import dev.vidame.directory.partners.RefreshTokens;
import dev.vidame.server.tokens.SignIns.SignedIn;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Signs agents in to this server's own pages, by the flow that is offered to every application: so
 * one form asks for passwords, and second factors and locks hold. Thread-safe. The pages are an
 * application of no partner, which nobody can have tokens for.
 */
public final class OwnSignIns {
  /** Where browsers come back to. */
  public static final String BACK = "/dashboard/signed-in";

  static final ApplicationId ID =
      new ApplicationId(UUID.fromString("6b5fc1d2-8a0e-4f57-9d55-0d1f6a3c7e41"));

  private final ServiceNames names;
  private final AuthorizationCodes codes;
  private final RefreshTokens refreshTokens;
  private final Partners partners;

  @SuppressWarnings("TooManyParameters") // all that a sign-in touches
  OwnSignIns(
      ServiceNames names,
      AuthorizationCodes codes,
      RefreshTokens refreshTokens,
      Partners partners) {
    this.names = names;
    this.codes = codes;
    this.refreshTokens = refreshTokens;
    this.partners = partners;
  }

  static Application application(ServiceNames names) {
    return new Application(
        ID, Operators.NO_PARTNER, "Vidame", false, false, List.of(names.of(BACK)));
  }

  /**
   * Where a browser is to go.
   *
   * @param verifier from 43 characters of Base64url, which only whoever finishes knows
   * @param state comes back as it is
   */
  public String address(String verifier, String state) {
    Map<String, String> wish = new LinkedHashMap<>();
    wish.put("client_id", ID.toString());
    wish.put("response_type", "code");
    wish.put("redirect_uri", names.of(BACK));
    wish.put("code_challenge", hash(verifier));
    wish.put("code_challenge_method", "S256");
    wish.put("state", state);
    return names.of("/common/oauth2/v2.0/authorize?")
        + wish.entrySet().stream()
            .map(entry ->
                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
  }

  /**
   * Who signed in.
   *
   * @return empty where the code is not good, or was not asked for with this verifier, or the agent
   *     may no longer sign in
   */
  public Optional<SignedIn> finish(String code, String verifier) {
    Optional<AuthorizationCodes.Exchange> exchange =
        codes.exchange(code, new AuthorizationCodes.Proof(ID, names.of(BACK), hash(verifier)));
    if (exchange.isEmpty()) {
      return Optional.empty();
    }
    // A session takes its place.
    var _ = refreshTokens.revoke(exchange.get().refreshToken(), ID);
    RefreshTokens.Subject subject = exchange.get().grant().subject();
    Optional<Agent> agent = partners.agent(subject.agent()).filter(it -> !it.isDisabled());
    return agent.map(it -> new SignedIn(it, subject.isMultiFactor()));
  }

  private static String hash(String verifier) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII)));
  }
}
