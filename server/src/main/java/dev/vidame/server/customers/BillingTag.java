package dev.vidame.server.customers;

import dev.vidame.server.http.Call;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds which version of a billing profile a caller is ready to replace (wire-spec §2.7): the
 * header's, or else the body's, or else any.
 */
final class BillingTag {
  private BillingTag() {}

  /** The tag without quotes, or null where any version may be replaced. */
  static @Nullable String expected(Call call, @Nullable String ofBody) {
    Optional<String> header = call.request().header("If-Match").map(String::strip);
    if (header.isPresent()) {
      return header.get().equals("*") ? null : unquoted(header.get());
    }
    return ofBody == null || ofBody.isBlank() ? null : unquoted(ofBody.strip());
  }

  private static String unquoted(String tag) {
    String text = tag.startsWith("W/") ? tag.substring(2) : tag;
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }
}
