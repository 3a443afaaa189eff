package dev.vidame.server.dashboard;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.DashboardSessions;
import dev.vidame.directory.partners.DashboardSessions.Kept;
import dev.vidame.wire.Guid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An agent who is signed in in a browser, as one request sees it. Used by one thread. What a later
 * page is to tell goes into the store, encrypted for that browser, since the next request may reach
 * another server.
 */
final class Session {
  private static final int GUID_CHARS = 36;
  private static final String SELECTION = "SELECTION";

  private final DashboardSessions store;
  private final BrowserKey key;
  private final DashboardSessions.Found found;
  private byte @Nullable [] notice;
  private byte @Nullable [] secret;

  /**
   * A password or a secret that was just made, to be shown once.
   *
   * @param of whose: an account's, an agent's, an application's
   * @param text what it is
   */
  private record NewSecret(UUID of, String text) {
    /** Never shows the secret. */
    @Override
    public String toString() {
      return "NewSecret[" + of + "]";
    }

    private byte[] bytes() {
      return (of + text).getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<NewSecret> of(byte[] bytes) {
      String all = new String(bytes, StandardCharsets.UTF_8);
      return Guid.parse(all.substring(0, GUID_CHARS))
          .map(id -> new NewSecret(id, all.substring(GUID_CHARS)));
    }
  }

  Session(DashboardSessions store, BrowserKey key, DashboardSessions.Found found) {
    this.store = store;
    this.key = key;
    this.found = found;
    this.notice = found.notice();
    this.secret = found.newSecret();
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

  /** Keeps a password or a secret that was just made for an account, an agent or an application. */
  void keepOnce(UUID of, String text) {
    secret = keep(Kept.NEW_SECRET, new NewSecret(of, text).bytes());
  }

  /** What was made for this account, agent or application, once. */
  Optional<String> onceOf(UUID of) {
    byte[] sealed = secret;
    secret = null;
    return taken(Kept.NEW_SECRET, sealed)
        .flatMap(NewSecret::of)
        .filter(made -> made.of().equals(of))
        .map(NewSecret::text);
  }

  /** Keeps what became of the accounts that were selected in a form, in the place of the last. */
  void keep(SelectionResult result) {
    store.keepSelection(key.hash(), key.seal(SELECTION, SelectionBytes.of(result)));
  }

  /** What became of the accounts that were selected in a form, if it was the last one. */
  Optional<SelectionResult> selection(@Nullable UUID form) {
    return store
        .selection(key.hash())
        .flatMap(sealed -> key.open(SELECTION, sealed))
        .flatMap(SelectionBytes::read)
        .filter(result -> result.form().equals(form));
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
