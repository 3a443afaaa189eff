package dev.vidame.server.health;

import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Route;
import dev.vidame.wire.JsonBody;
import java.util.List;
import java.util.Map;

/**
 * Answers whoever decides where requests go, and whether the process is to be started anew. Nobody
 * need say who they are, and nobody is told more than a word. Immutable.
 */
public final class HealthRoutes {
  private static final int UNAVAILABLE = 503;
  private static final String RETRY_AFTER_SECONDS = "1";

  private final Readiness readiness;

  /** Routes that know how the store is. */
  public HealthRoutes(Readiness readiness) {
    this.readiness = readiness;
  }

  /** The routes. */
  public List<Route> routes() {
    return List.of(
        Route.open("GET", "/livez", "livez", call -> Answer.json(200, body("live"))),
        Route.open("GET", "/readyz", "readyz", call -> ready()));
  }

  private Answer ready() {
    Readiness.State state = readiness.state();
    return state == Readiness.State.READY
        ? Answer.json(200, body(state.word()))
        : Answer.json(
            UNAVAILABLE, body(state.word()), new Answer.Header("Retry-After", RETRY_AFTER_SECONDS));
  }

  private static byte[] body(String word) {
    return JsonBody.write(Map.of("status", word));
  }
}
