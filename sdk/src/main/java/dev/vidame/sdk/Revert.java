package dev.vidame.sdk;

import dev.vidame.wire.JsonBody;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * To which of its earlier states an account is to be brought back. Immutable: each {@code with}
 * method answers a changed copy.
 *
 * {@snippet :
 * RevertedUser shown = user.previewRevert(Revert.toTime(beforeTheMistake));
 * RevertedUser done = user.revert(Revert.toSeq(shown.toSeq()));
 * }
 */
public final class Revert {
  private final @Nullable Long seq;
  private final @Nullable Instant time;
  private final @Nullable String rename;

  private Revert(@Nullable Long seq, @Nullable Instant time, @Nullable String rename) {
    this.seq = seq;
    this.time = time;
    this.rename = rename;
  }

  /** As it was right after this change of its customer; see {@link dev.vidame.wire.Change#seq}. */
  public static Revert toSeq(long seq) {
    return new Revert(seq, null, null);
  }

  /** As it was at this moment. */
  public static Revert toTime(Instant time) {
    return new Revert(null, time, null);
  }

  /** With this sign-in name in place of the one that it had then. */
  public Revert withRename(String userPrincipalName) {
    return new Revert(seq, time, userPrincipalName);
  }

  byte[] toJson() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("toSeq", seq);
    members.put("toTime", time);
    members.put("rename", rename);
    return JsonBody.write(members);
  }

  /** Where to. */
  @Override
  public String toString() {
    return "Revert[" + (seq == null ? time : seq) + (rename == null ? "" : ", " + rename) + "]";
  }
}
