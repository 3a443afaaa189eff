package dev.vidame.server.dashboard;

import dev.vidame.directory.partners.Agent;
import dev.vidame.wire.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An agent who is signed in in a browser. Thread-safe. Lives in memory only. */
final class Session {
  private final Who who;
  private final String formToken;
  private final Instant startedAt;
  private final AtomicReference<@Nullable Notice> notice = new AtomicReference<>();
  private final AtomicReference<@Nullable NewPassword> password = new AtomicReference<>();
  private final AtomicReference<@Nullable Once> once = new AtomicReference<>();
  private final SelectionResults selections = new SelectionResults();
  private volatile Instant usedAt;

  /**
   * Who signed in.
   *
   * @param agent the agent, as it was then
   * @param mark of the password, which is another one for another password
   * @param isMultiFactor whether a second factor was shown
   */
  record Who(Agent agent, String mark, boolean isMultiFactor) {}

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
  }

  Session(Who who, String formToken, Instant startedAt) {
    this.who = who;
    this.formToken = formToken;
    this.startedAt = startedAt;
    this.usedAt = startedAt;
  }

  Who who() {
    return who;
  }

  Agent agent() {
    return who.agent();
  }

  /** What this browser's forms bring back. */
  String formToken() {
    return formToken;
  }

  Instant startedAt() {
    return startedAt;
  }

  Instant usedAt() {
    return usedAt;
  }

  void use(Instant now) {
    usedAt = now;
  }

  /** Is told on the next page. */
  void tell(Notice told) {
    notice.set(told);
  }

  /** What is to be told on this page; the next one does not tell it again. */
  @Nullable Notice told() {
    return notice.getAndSet(null);
  }

  void keep(NewPassword made) {
    password.set(made);
  }

  /** The password that was made for this account, once. */
  Optional<String> passwordOf(UserId user) {
    NewPassword made = password.getAndSet(null);
    return made != null && made.user().equals(user) ? Optional.of(made.text()) : Optional.empty();
  }

  /**
   * Something secret of an agent or an application that was just made, to be shown once.
   *
   * @param of whose
   * @param text the secret
   */
  private record Once(UUID of, String text) {
    /** Never shows the secret. */
    @Override
    public String toString() {
      return "Once[" + of + "]";
    }
  }

  void keepOnce(UUID of, String text) {
    once.set(new Once(of, text));
  }

  /** What was made for this agent or application, once. */
  Optional<String> onceOf(UUID of) {
    Once made = once.getAndSet(null);
    return made != null && made.of().equals(of) ? Optional.of(made.text()) : Optional.empty();
  }

  /** What became of those that were selected. */
  SelectionResults selections() {
    return selections;
  }
}
