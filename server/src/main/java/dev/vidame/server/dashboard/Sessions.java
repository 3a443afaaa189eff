package dev.vidame.server.dashboard;

import dev.vidame.directory.partners.DashboardSessions;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Who is signed in. Thread-safe. Sessions are in the store, so every server over it knows them and
 * a restart ends none; only hashes of what browsers hold are there, so a copy of it opens none.
 */
final class Sessions {
  private final DashboardSessions store;
  private final DashboardSessions.Limits limits;
  private final SecureRandom random;

  Sessions(DashboardSessions store, DashboardSessions.Limits limits, SecureRandom random) {
    this.store = store;
    this.limits = limits;
    this.random = random;
  }

  /**
   * Begins a session.
   *
   * @return what the browser keeps; nobody else knows it
   */
  String start(DashboardSessions.Who who) {
    BrowserKey key = BrowserKey.fresh(random);
    store.start(key.hash(), who, limits);
    return key.text();
  }

  /** The session that a browser has the key of, while the agent may go on with it. */
  Optional<Session> find(String text) {
    BrowserKey key = new BrowserKey(text, random);
    return store.find(key.hash(), limits).map(found -> new Session(store, key, found));
  }

  void end(String text) {
    store.end(new BrowserKey(text, random).hash());
  }
}
