package dev.vidame.server.tokens;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.operators.KeyRotation;
import dev.vidame.directory.partners.SigningKeys.KeptKey;
import dev.vidame.server.factors.OneTimeCodes;
import dev.vidame.server.limits.SignInGuard;
import dev.vidame.server.secrets.KeySeal;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Everything about this server's own tokens: issues, answers for, and verifies them. Thread-safe.
 *
 * {@snippet :
 * Tokens tokens = Tokens.open(directory, server::address, TokenSettings.standard(), clock);
 * switch (tokens.verifier().verify(bearer)) {
 *   case Verification.Verified(Caller caller) -> serve(caller);
 *   case Verification.Rejected(var reason, var audience) -> refuse(reason, audience);
 * }
 * }
 */
public final class Tokens {
  private final SigningKeyRing keys;
  private final KeyRotation rotation;
  private final OneTimeCodes secondFactors;
  private final SignIns signIns;
  private final Discovery discovery;
  private final TokenIssuer issuer;
  private final TokenVerifier verifier;
  private final TokenEndpoint endpoint;
  private final AuthorizationEndpoint authorization;
  private final DevicePage devicePage;

  private Tokens(
      Directory directory, TokenEndpoint.Rules rules, KeySeal seal, TokenIssuer.Times times) {
    ServiceNames names = rules.names();
    TokenSettings settings = rules.settings();
    keys =
        SigningKeyRing.open(
            directory.signingKeys(), settings.accessTokenLifetime(), times.clock(), seal);
    rotation = directory.keyRotation();
    secondFactors =
        OneTimeCodes.open(
            directory, seal, new OneTimeCodes.Chance(new SecureRandom(), times.clock()));
    signIns = new SignIns(directory.partners(), rules.guard(), secondFactors, times.clock());
    discovery = new Discovery(names, settings.isPasswordGrantEnabled());
    issuer = new TokenIssuer(keys, names, settings, times);
    verifier = new TokenVerifier(keys::verifier, names, settings, times.clock());
    endpoint =
        new TokenEndpoint(
            new TokenEndpoint.Store(
                directory.partners(),
                directory.refreshTokens(),
                directory.authorizationCodes(),
                directory.deviceCodes(),
                signIns),
            issuer,
            rules,
            new TokenAnswers(times.clock(), times.ids()));
    devicePage = new DevicePage(directory.partners(), directory.deviceCodes());
    authorization =
        new AuthorizationEndpoint(directory.partners(), directory.authorizationCodes(), names);
  }

  /**
   * Loads the signing keys of a directory, making the first one where there is none.
   *
   * @param address the server's own base URL, which names the issuer; asked at every use, and so
   *     not before the first token is
   * @throws IllegalStateException when a stored key is unusable
   */
  public static Tokens open(
      Directory directory, Supplier<URI> address, TokenSettings settings, Clock clock) {
    return open(directory, address, settings, Defences.none(), clock);
  }

  /**
   * What keeps others from tokens.
   *
   * @param guard against those who guess
   * @param seal against those who get the store
   */
  public record Defences(SignInGuard guard, KeySeal seal) {
    static Defences none() {
      return new Defences(SignInGuard.open(), KeySeal.none());
    }
  }

  /**
   * As above, with defences.
   *
   * @throws dev.vidame.server.secrets.KeySealException when the stored keys cannot be opened
   */
  @SuppressWarnings("TooManyParameters") // all that differs from server to server
  public static Tokens open(
      Directory directory,
      Supplier<URI> address,
      TokenSettings settings,
      Defences defences,
      Clock clock) {
    ServiceNames names = new ServiceNames(address, settings.audiences());
    return new Tokens(
        directory,
        new TokenEndpoint.Rules(names, settings, defences.guard()),
        defences.seal(),
        new TokenIssuer.Times(clock, UUID::randomUUID));
  }

  /** Issues tokens to whom the caller of this method vouches for. */
  public TokenIssuer issuer() {
    return issuer;
  }

  /** Says who a token speaks for. */
  public TokenVerifier verifier() {
    return verifier;
  }

  /** Exchanges credentials for tokens. */
  public TokenEndpoint endpoint() {
    return endpoint;
  }

  /** Where agents prove who they are. */
  public SignIns signIns() {
    return signIns;
  }

  /** What agents show beside their passwords. */
  public OneTimeCodes secondFactors() {
    return secondFactors;
  }

  /** Where agents sign in and allow applications to act. */
  public AuthorizationEndpoint authorization() {
    return authorization;
  }

  /** Where agents sign in for other devices. */
  public DevicePage devicePage() {
    return devicePage;
  }

  /** What a client finds out about this issuer by itself; empty for what cannot be a tenant. */
  public Optional<byte[]> discoveryJson(TokenVersion version, String tenant) {
    return discovery.json(version, tenant);
  }

  /**
   * Signs with a new key from now on. The one before verifies until the last token that it signed
   * is gone.
   *
   * @return empty where this repeats a request whose key is gone since
   * @throws dev.vidame.directory.DirectoryException when too many keys still verify
   */
  public Optional<Done<KeptKey>> rotateKeys(ChangeRequest request) {
    return keys.rotate(rotation, request);
  }

  /** The keys whose tokens can be good, newest first; the first one signs. */
  public List<KeptKey> keys() {
    return keys.needed();
  }

  /** The public keys that check this server's tokens, as a JSON Web Key Set. */
  public String jwksJson() {
    return keys.jwksJson();
  }
}
