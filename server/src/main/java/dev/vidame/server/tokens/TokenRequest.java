package dev.vidame.server.tokens;

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
 */
public record TokenRequest(
    String tenant,
    TokenVersion version,
    Map<String, String> form,
    @Nullable String authorization,
    UUID correlationId) {

  /** Copies the form. */
  public TokenRequest {
    form = Map.copyOf(form);
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
