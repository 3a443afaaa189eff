package dev.vidame.server.tokens;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.observation.PoolLoad;
import dev.vidame.directory.operators.KeyRotation;
import dev.vidame.directory.partners.SigningKeys.KeptKey;
import dev.vidame.server.factors.OneTimeCodes;
import dev.vidame.server.limits.SignInGuard;
import dev.vidame.server.secrets.KeySeal;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
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
  private final Clock clock;
  private final KeyRotation rotation;
  private final OneTimeCodes secondFactors;
  private final SignIns signIns;
  private final Discovery discovery;
  private final TokenIssuer issuer;
  private final TokenVerifier verifier;
  private final TokenEndpoint endpoint;
  private final AuthorizationEndpoint authorization;
  private final DevicePage devicePage;
  private final OwnSignIns ownSignIns;
  private final ProviderSecrets providerSecrets;
  private final IssueLimit limit;

  private Tokens(
      Directory directory, TokenEndpoint.Rules rules, Defences defences, TokenIssuer.Times times) {
    ServiceNames names = rules.names();
    clock = times.clock();
    TokenSettings settings = rules.settings();
    limit = rules.limit();
    keys =
        SigningKeyRing.open(
            directory.signingKeys(), settings.accessTokenLifetime(), clock, defences.seal());
    rotation = directory.keyRotation();
    secondFactors =
        OneTimeCodes.open(
            directory, defences.seal(), new OneTimeCodes.Chance(new SecureRandom(), clock));
    providerSecrets = ProviderSecrets.open(directory.issuerSignIns(), defences.seal());
    signIns = new SignIns(directory.partners(), rules.guard(), secondFactors, clock);
    discovery = new Discovery(names, settings.isPasswordGrantEnabled());
    issuer = new TokenIssuer(keys, names, settings, times);
    verifier = new TokenVerifier(keys::verifier, names, settings, clock);
    endpoint =
        new TokenEndpoint(
            new TokenEndpoint.Store(
                directory.partners(),
                directory.refreshTokens(),
                directory.authorizationCodes(),
                directory.deviceCodes(),
                new ClientAssertions(
                    directory.assertions(),
                    names,
                    new ClientAssertions.Rules(
                        settings.clockSkew(), defences.isAssertionGoodOnce()),
                    clock),
                signIns),
            issuer,
            rules,
            new TokenAnswers(clock, times.ids()));
    devicePage = new DevicePage(directory.partners(), directory.deviceCodes(), rules.guard());
    ownSignIns =
        new OwnSignIns(
            names, directory.authorizationCodes(), directory.refreshTokens(), directory.partners());
    authorization =
        new AuthorizationEndpoint(
            directory.partners(), directory.authorizationCodes(), issuer, rules);
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
   * @param isAssertionGoodOnce whether what an application signs is taken once, against those who
   *     get hold of it on its way
   * @param limit against those who want more than their share
   */
  public record Defences(
      SignInGuard guard, KeySeal seal, boolean isAssertionGoodOnce, IssueLimit limit) {
    static Defences none() {
      return new Defences(SignInGuard.open(), KeySeal.none(), true, IssueLimit.NONE);
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
        new TokenEndpoint.Rules(names, settings, defences.guard(), defences.limit()),
        defences,
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

  /** How many tokens a partner may have. */
  public IssueLimit limit() {
    return limit;
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

  /** Where agents sign in to this server's own pages. */
  public OwnSignIns ownSignIns() {
    return ownSignIns;
  }

  /** What this service shows to the providers of partners. */
  public ProviderSecrets providerSecrets() {
    return providerSecrets;
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

  /**
   * As {@link #rotateKeys}, where the key that signs is as old as this. The keys of other processes
   * over the same store are known afterwards.
   */
  KeyRotation.Renewal renewKey(Duration age, ChangeRequest request) {
    return keys.renew(rotation, age, request);
  }

  /** Takes over the keys that other servers have made. */
  void reloadKeys() {
    keys.reload();
  }

  /** The keys whose tokens can be good, newest first; the first one signs. */
  public List<KeptKey> keys() {
    return keys.needed();
  }

  /** How long the key that signs has been there. */
  public Duration signingKeyAge() {
    return Duration.between(keys().getFirst().createdAt(), clock.instant());
  }

  /** How many tokens there are to sign, for all servers of this process together. */
  public static PoolLoad signing() {
    return SigningKeyRing.load();
  }

  /** The public keys that check this server's tokens, as a JSON Web Key Set. */
  public String jwksJson() {
    return keys.jwksJson();
  }
}
