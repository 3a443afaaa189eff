package dev.vidame.server.customers;

import dev.vidame.server.http.Call;
import dev.vidame.server.http.VersionTag;
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
      return header.get().equals("*") ? null : VersionTag.bare(header.get());
    }
    return ofBody == null || ofBody.isBlank() ? null : VersionTag.bare(ofBody);
  }
}
