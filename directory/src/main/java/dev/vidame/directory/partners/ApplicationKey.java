package dev.vidame.directory.partners;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A public key with which an application proves who it is.
 *
 * @param id tells it from the application's others
 * @param publicKey the RSA key as Base64 of its SubjectPublicKeyInfo
 * @param names how assertions call it
 * @param validity when its certificate is good; null for a key without one, which is until it is
 *     taken away
 * @param createdAt since when the application has it
 */
@SuppressWarnings("TooManyParameters") // a row
public record ApplicationKey(
    UUID id, String publicKey, Names names, @Nullable Validity validity, Instant createdAt) {

  /**
   * How assertions call a key: a bare one by its name, a certificate by a thumbprint.
   *
   * @param name the {@code kid} of a bare key
   * @param sha1 of the certificate, in capital hex digits
   * @param sha256 of the certificate, in capital hex digits
   */
  public record Names(@Nullable String name, @Nullable String sha1, @Nullable String sha256) {}

  /**
   * When a certificate is good.
   *
   * @param from the first moment
   * @param until the first moment when it is good no more
   */
  public record Validity(Instant from, Instant until) {
    /** Whether it is good now. */
    public boolean holdsAt(Instant now) {
      return !now.isBefore(from) && now.isBefore(until);
    }
  }

  /** Whether it is good now. */
  public boolean isGoodAt(Instant now) {
    return validity == null || validity.holdsAt(now);
  }
}
