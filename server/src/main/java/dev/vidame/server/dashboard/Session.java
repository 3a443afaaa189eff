package dev.vidame.server.dashboard;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.DashboardSessions;
import dev.vidame.directory.partners.DashboardSessions.Kept;
import dev.vidame.wire.Guid;
import dev.vidame.wire.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An agent who is signed in in a browser, as one request sees it. Used by one thread. What a later
 * page is to tell goes into the store, encrypted for that browser, since the next request may reach
 * another server.
 */
final class Session {
  private static final int GUID_CHARS = 36;

  private final DashboardSessions store;
  private final BrowserKey key;
  private final DashboardSessions.Found found;
  private byte @Nullable [] notice;
  private byte @Nullable [] password;

  /**
   * A password that was just made, to be shown once.
   *
   * @param user whose
   * @param text the password
   */
  record NewPassword(UserId user, String text) {
    /** Never shows the password. */
    @Override
    public String toString() {
      return "NewPassword[" + user + "]";
    }

    private byte[] bytes() {
      return (user + text).getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<NewPassword> of(byte[] bytes) {
      String all = new String(bytes, StandardCharsets.UTF_8);
      return Guid.parse(all.substring(0, GUID_CHARS))
          .map(id -> new NewPassword(new UserId(id), all.substring(GUID_CHARS)));
    }
  }

  Session(DashboardSessions store, BrowserKey key, DashboardSessions.Found found) {
    this.store = store;
    this.key = key;
    this.found = found;
    this.notice = found.notice();
    this.password = found.newPassword();
  }

  DashboardSessions.Who who() {
    return found.who();
  }

  Agent agent() {
    return found.who().agent();
  }

  /** What this browser's forms bring back. */
  String formToken() {
    return key.formToken();
  }

  Instant startedAt() {
    return found.startedAt();
  }

  /** Is told on the next page. */
  void tell(Notice told) {
    notice = keep(Kept.NOTICE, NoticeBytes.of(told));
  }

  /** What is to be told on this page; the next one does not tell it again. */
  @Nullable Notice told() {
    byte[] sealed = notice;
    notice = null;
    return taken(Kept.NOTICE, sealed).flatMap(NoticeBytes::read).orElse(null);
  }

  void keep(NewPassword made) {
    password = keep(Kept.NEW_PASSWORD, made.bytes());
  }

  /** The password that was made for this account, once. */
  Optional<String> passwordOf(UserId user) {
    byte[] sealed = password;
    password = null;
    return taken(Kept.NEW_PASSWORD, sealed)
        .flatMap(NewPassword::of)
        .filter(made -> made.user().equals(user))
        .map(NewPassword::text);
  }

  private byte[] keep(Kept kind, byte[] open) {
    byte[] sealed = key.seal(kind.name(), open);
    store.keep(key.hash(), kind, sealed);
    return sealed;
  }

  /** Of all requests that ask at the same time, one gets it. */
  private Optional<byte[]> taken(Kept kind, byte @Nullable [] sealed) {
    return sealed != null && store.take(key.hash(), kind, sealed)
        ? key.open(kind.name(), sealed)
        : Optional.empty();
  }
}
