package dev.vidame.server.tokens;

import dev.vidame.server.texts.Language;
import java.net.InetAddress;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to the token endpoint.
 *
 * @param tenant the path segment, decoded
 * @param version which of the two endpoints
 * @param form the first value of each field; names are case-sensitive
 * @param authorization the {@code Authorization} header as it came, or null; anything but Basic is
 *     ignored
 * @param correlationId goes back in errors
 * @param language of errors
 * @param address from where it comes
 */
@SuppressWarnings("TooManyParameters") // all that the endpoint looks at
public record TokenRequest(
    String tenant,
    TokenVersion version,
    Map<String, String> form,
    @Nullable String authorization,
    UUID correlationId,
    Language language,
    InetAddress address) {

  /** Copies the form. */
  public TokenRequest {
    form = Map.copyOf(form);
  }

  /** A request from this machine whose errors are in English. */
  @SuppressWarnings("TooManyParameters") // all that the endpoint looks at
  TokenRequest(
      String tenant,
      TokenVersion version,
      Map<String, String> form,
      @Nullable String authorization,
      UUID correlationId) {
    this(
        tenant,
        version,
        form,
        authorization,
        correlationId,
        Language.ENGLISH,
        InetAddress.getLoopbackAddress());
  }

  /** The field's value, or null when it is absent or empty, which OAuth takes for the same. */
  @Nullable String field(String name) {
    String value = form.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Never shows the form or the header: both hold secrets. */
  @Override
  public String toString() {
    return "TokenRequest[tenant=%s, version=%s, correlationId=%s]"
        .formatted(tenant, version, correlationId);
  }
}
