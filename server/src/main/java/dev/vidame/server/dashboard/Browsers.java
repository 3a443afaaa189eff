package dev.vidame.server.dashboard;

import dev.vidame.server.http.Request;
import java.util.Optional;

/**
 * Who is signed in in which browser. Thread-safe. The store is asked once for each request.
 *
 * @param sessions those that there are
 * @param cookies what browsers keep
 */
record Browsers(Sessions sessions, Cookies cookies) {
  /** The session of a browser, while its agent may go on with it. */
  Optional<Session> find(Request request) {
    Optional<Session> found = cookies.secret(request, Cookies.SESSION).flatMap(sessions::find);
    found.ifPresent(request::remember);
    return found;
  }

  /** The same, which is not asked again where it was found for this request before. */
  Optional<Session> known(Request request) {
    return found(request).or(() -> find(request));
  }

  /** What was found for this request before. */
  Optional<Session> found(Request request) {
    return request.remembered(Session.class);
  }
}
