package dev.vidame.server.paging;

import dev.vidame.directory.partners.PartnerId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issues and reads continuation tokens (wire-spec §7.5). Thread-safe.
 *
 * <p>A token is what it remembers and its end, behind an HMAC that also covers the partner and the
 * path; so a token of another partner or list is as good as none. It is Base64url without padding,
 * because clients put it into headers and queries.
 */
public final class ContinuationTokens {
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAC_BYTES = 16;
  private static final int MAX_CHARS = 16_384;

  private final SecretKeySpec key;
  private final Clock clock;

  /** Tokens under a secret key. */
  public ContinuationTokens(byte[] key, Clock clock) {
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.clock = clock;
  }

  /**
   * A token, valid for an hour.
   *
   * @param partner who may use it
   * @param path the list's path in its one spelling
   */
  public String issue(PartnerId partner, String path, Continuation continuation) {
    byte[] content = write(clock.instant().plus(LIFETIME), continuation);
    byte[] mac = mac(partner, path, content);
    byte[] token = Arrays.copyOf(mac, MAC_BYTES + content.length);
    System.arraycopy(content, 0, token, MAC_BYTES, content.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /**
   * What the token remembers, or empty where it is not one of ours for this, or its time is over.
   */
  public Optional<Continuation> open(PartnerId partner, String path, String token) {
    byte[] bytes = decode(token);
    if (bytes.length <= MAC_BYTES) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOfRange(bytes, MAC_BYTES, bytes.length);
    byte[] mac = Arrays.copyOf(bytes, MAC_BYTES);
    return MessageDigest.isEqual(mac, mac(partner, path, content))
        ? read(content)
        : Optional.empty();
  }

  private static byte[] decode(String token) {
    if (token.length() > MAX_CHARS) {
      return new byte[0];
    }
    try {
      return Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return new byte[0]; // not Base64, so not ours
    }
  }

  private byte[] mac(PartnerId partner, String path, byte[] content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((partner + "\n" + path + "\n").getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(mac.doFinal(content), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  private static byte[] write(Instant end, Continuation continuation) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(end.toEpochMilli());
      out.writeShort(continuation.parameters().size());
      for (Map.Entry<String, String> parameter : continuation.parameters().entrySet()) {
        writeText(out, parameter.getKey());
        writeText(out, parameter.getValue());
      }
      writeKey(out, continuation.first());
      writeKey(out, continuation.last());
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void writeKey(DataOutputStream out, List<String> key) throws IOException {
    out.writeShort(key.size());
    for (String part : key) {
      writeText(out, part);
    }
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** The content has been signed here, so it is read without doubt. */
  private Optional<Continuation> read(byte[] content) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      if (!clock.instant().isBefore(Instant.ofEpochMilli(in.readLong()))) {
        return Optional.empty();
      }
      Map<String, String> parameters = new HashMap<>();
      for (int left = in.readShort(); left > 0; left--) {
        parameters.put(readText(in), readText(in));
      }
      return Optional.of(new Continuation(parameters, readKey(in), readKey(in)));
    } catch (IOException e) {
      throw new UncheckedIOException("A token that was signed here cannot be read", e);
    }
  }

  private static List<String> readKey(DataInputStream in) throws IOException {
    List<String> key = new ArrayList<>();
    for (int left = in.readShort(); left > 0; left--) {
      key.add(readText(in));
    }
    return key;
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
