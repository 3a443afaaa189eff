package dev.vidame.server.users;

import dev.vidame.directory.users.EntityTag;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.VersionTag;
import java.util.Optional;

/** Reads the {@code If-Match} header: quoted or bare, weak or not, as clients send it. */
public final class IfMatch {
  private static final long NEVER = -1;

  private IfMatch() {}

  /** The version that the caller saw; any where it does not say. */
  public static EntityTag of(Call call) {
    return of(call.request().header("If-Match"));
  }

  static EntityTag of(Optional<String> header) {
    return header
        .map(String::strip)
        .filter(tag -> !tag.equals("*"))
        .<EntityTag>map(tag -> new EntityTag.Exactly(version(tag)))
        .orElseGet(EntityTag.Any::new);
  }

  /** A tag that this server never made names a version that never existed. */
  private static long version(String tag) {
    String text = VersionTag.bare(tag);
    if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return NEVER;
    }
    return Long.parseLong(text);
  }
}
