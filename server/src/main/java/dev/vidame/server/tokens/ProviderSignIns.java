package dev.vidame.server.tokens;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.IssuerSignInTable.Offered;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Signs agents in to this server's own pages with a provider that is trusted for their partner
 * (OpenID Connect, authorization code with PKCE). Thread-safe.
 *
 * <p>Each provider has an address of its own to which it sends people back, so that the code of one
 * can never be shown to another. A provider is asked by a few at a time, and given up after some
 * seconds.
 */
public final class ProviderSignIns implements AutoCloseable {
  /** Where browsers come back to, before the issuer's id. */
  public static final String BACK = OwnSignIns.BACK + "/";

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int AT_ONCE = 8;
  private static final int OK = 200;

  private final ExternalTokens tokens;
  private final ProviderSecrets secrets;
  private final Supplier<URI> address;
  private final BoundedRetriever http = new BoundedRetriever(PATIENCE);
  private final Map<UUID, Semaphore> asking = new ConcurrentHashMap<>();

  /**
   * What ties the end of a sign-in to its beginning, which the browser and nobody else knows.
   *
   * @param verifier from 43 characters of Base64url, of which the provider sees a hash first
   * @param nonce is in the ID token
   */
  public record Tie(String verifier, String nonce) {
    /** Never shows them. */
    @Override
    public String toString() {
      return "Tie";
    }
  }

  /** What came of a sign-in. */
  public sealed interface Outcome {}

  /**
   * Somebody whom the provider knows.
   *
   * @param agent the id that it calls the person by; whether there is such an agent is not known
   * @param isMultiFactor whether it says that a second factor was shown
   */
  public record SignedIn(AgentId agent, boolean isMultiFactor) implements Outcome {}

  /** Why nobody is signed in. */
  public enum Fault implements Outcome {
    /** Nothing came in time, or nothing that can be read. */
    NO_ANSWER,
    /** The provider does not take the code, or does not know this service. */
    REFUSED,
    /** What it says of the person cannot be believed. */
    NOT_PROVED,
    /** Too many wait for it already. */
    BUSY
  }

  /**
   * Sign-ins with providers.
   *
   * @param secrets what this service shows to them
   * @param address this server's own; not asked before it listens
   */
  public ProviderSignIns(ExternalTokens tokens, ProviderSecrets secrets, Supplier<URI> address) {
    this.tokens = tokens;
    this.secrets = secrets;
    this.address = address;
  }

  /** Where a provider sends browsers back to, which it has to be told beforehand. */
  public static String back(URI address, UUID issuer) {
    return address + BACK + issuer;
  }

  /**
   * Where a browser is to go.
   *
   * @param state comes back as it is
   */
  public String address(Offered with, Tie tie, String state) {
    Map<String, String> wish = new LinkedHashMap<>();
    wish.put("response_type", "code");
    wish.put("client_id", with.signIn().clientId());
    wish.put("redirect_uri", back(address.get(), with.issuer().id()));
    wish.put("scope", "openid");
    wish.put("state", state);
    wish.put("nonce", tie.nonce());
    wish.put("code_challenge", challenge(tie.verifier()));
    wish.put("code_challenge_method", "S256");
    String url = with.signIn().authorizationUrl();
    return url + (url.indexOf('?') < 0 ? '?' : '&') + form(wish);
  }

  private static String challenge(String verifier) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Exchanges what a browser brought back. */
  public Outcome finish(Offered with, String code, Tie tie) {
    Semaphore room =
        asking.computeIfAbsent(with.issuer().id(), any -> new Semaphore(AT_ONCE, false));
    if (!room.tryAcquire()) {
      return Fault.BUSY;
    }
    try {
      BoundedRetriever.Answered answered =
          http.post(URI.create(with.signIn().tokenUrl()), body(with, code, tie), known(with));
      return answered.status() == OK ? outcome(with, tie, answered.body()) : Fault.REFUSED;
    } catch (IOException e) {
      return Fault.NO_ANSWER;
    } finally {
      room.release();
    }
  }

  private String body(Offered with, String code, Tie tie) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "authorization_code");
    fields.put("code", code);
    fields.put("redirect_uri", back(address.get(), with.issuer().id()));
    fields.put("client_id", with.signIn().clientId());
    fields.put("code_verifier", tie.verifier());
    return form(fields);
  }

  /** The header by which the provider knows this service; none for a public client. */
  private Map<String, String> known(Offered with) {
    String stored = with.signIn().clientSecret();
    if (stored == null) {
      return Map.of();
    }
    String secret = secrets.open(with.issuer().id().toString(), stored);
    String pair = encoded(with.signIn().clientId()) + ":" + encoded(secret);
    return Map.of(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  private Outcome outcome(Offered with, Tie tie, String answer) {
    String idToken;
    try {
      idToken = JSONObjectUtils.getString(JSONObjectUtils.parse(answer), "id_token");
    } catch (ParseException e) {
      return Fault.NO_ANSWER;
    }
    if (idToken == null) {
      return Fault.NO_ANSWER;
    }
    try {
      ExternalTokens.Identity identity =
          tokens.identity(
              idToken,
              new ExternalTokens.Expected(with.issuer(), with.signIn().clientId(), tie.nonce()));
      return new SignedIn(identity.agent(), identity.isMultiFactor());
    } catch (TokenRefused refused) {
      return Fault.NOT_PROVED;
    }
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
