package dev.vidame.server.oauth;

import dev.vidame.server.http.Answer.Header;
import dev.vidame.server.http.Call;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether a form was filled in on a page of this server, in the browser that the page was
 * shown in, at the address that it was shown at. Thread-safe. The page's token is made of a cookie
 * and the address, so that nothing need be kept.
 */
final class FormGuard {
  /** The name of the field that holds a page's token. */
  static final String FIELD = "form_token";

  private static final String ALGORITHM = "HmacSHA256";
  private static final String COOKIE = "vidame-form";

  /** No cookie begins so, as none has a line's end. */
  private static final String STATEMENT = "statement\n";

  private static final int COOKIE_BYTES = 32;
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final SecretKeySpec key;
  private final SecureRandom random;
  private final Supplier<URI> address;

  /**
   * A guard.
   *
   * @param secret 32 bytes that nobody knows
   * @param address this server's own, which tells whether there is TLS
   */
  FormGuard(byte[] secret, SecureRandom random, Supplier<URI> address) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
    this.random = random;
    this.address = address;
  }

  /**
   * What a page needs.
   *
   * @param token for its forms
   * @param header which gives the browser its cookie
   */
  record Seal(String token, Header header) {
    /** Shows neither. */
    @Override
    public String toString() {
      return "Seal";
    }
  }

  /** For a page that is shown in answer to this call. */
  Seal seal(Call call) {
    String cookie = cookie(call).orElseGet(this::newCookie);
    boolean isSecure = isSecure();
    return new Seal(
        token(call, cookie),
        new Header(
            "Set-Cookie",
            name(isSecure)
                + "="
                + cookie
                + "; Path=/; HttpOnly; SameSite=Lax"
                + (isSecure ? "; Secure" : "")));
  }

  /** Whether the form came from a page that was shown at this address in this browser. */
  boolean isOurs(Call call, @Nullable String token) {
    Optional<String> cookie = cookie(call);
    return token != null
        && cookie.isPresent()
        && MessageDigest.isEqual(utf8(token(call, cookie.get())), utf8(token));
  }

  private boolean isSecure() {
    return "https".equals(address.get().getScheme());
  }

  /** Under this prefix browsers take a cookie only from the host itself and over TLS. */
  private static String name(boolean isSecure) {
    return isSecure ? "__Host-" + COOKIE : COOKIE;
  }

  private Optional<String> cookie(Call call) {
    String start = name(isSecure()) + "=";
    return call.request().headers("Cookie").stream()
        .flatMap(line -> Pattern.compile(";").splitAsStream(line))
        .map(String::strip)
        .filter(pair -> pair.startsWith(start))
        .map(pair -> pair.substring(start.length()))
        .filter(value -> VALUE.matcher(value).matches())
        .findFirst();
  }

  private String newCookie() {
    byte[] bytes = new byte[COOKIE_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Vouches for a statement to this browser at this address, where it comes back with the next
   * form.
   *
   * @param statement without a line's end
   * @throws IllegalStateException when the form did not come from a page of ours
   */
  String vouch(Call call, String statement) {
    String cookie = cookie(call).orElseThrow(() -> new IllegalStateException("Nobody to vouch to"));
    return mac(STATEMENT + statement + "\n" + bound(call, cookie));
  }

  /** Whether this was vouched for in this browser at this address. */
  boolean isVouchedFor(Call call, String statement, String vouched) {
    return cookie(call).isPresent()
        && MessageDigest.isEqual(utf8(vouch(call, statement)), utf8(vouched));
  }

  private String token(Call call, String cookie) {
    return mac(bound(call, cookie));
  }

  private static String bound(Call call, String cookie) {
    return cookie + "\n" + call.canonicalPath() + "\n" + call.request().rawQuery();
  }

  private String mac(String bound) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(utf8(bound)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
