package dev.vidame.server.dashboard;

import dev.vidame.server.http.Request;
import java.util.Optional;

/**
 * Who is signed in in which browser. Thread-safe.
 *
 * @param sessions those that there are
 * @param cookies what browsers keep
 */
record Browsers(Sessions sessions, Cookies cookies) {
  /** The session of a browser, while its agent may go on with it. */
  Optional<Session> find(Request request) {
    return cookies.secret(request, Cookies.SESSION).flatMap(sessions::find);
  }

  /** The same, where that has been asked for this request before. */
  Optional<Session> known(Request request) {
    return cookies.secret(request, Cookies.SESSION).flatMap(sessions::known);
  }
}
