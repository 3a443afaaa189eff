package dev.vidame.server.admin;

import dev.vidame.directory.operators.Operators;
import dev.vidame.directory.partners.SigningKeys.KeptKey;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.tokens.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The routes of the keys that sign tokens. Thread-safe. */
public final class SigningKeyRoutes {
  private static final String KEYS = "/admin/v1/signingkeys";

  private final Tokens tokens;

  /** Routes over the built-in issuer. */
  public SigningKeyRoutes(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The lines of the route table. */
  public List<Route> routes() {
    return List.of(
        Route.forOperator("GET", KEYS, "admin_list_signing_keys", this::list),
        Route.forOperator("POST", KEYS, "admin_rotate_signing_key", this::rotate));
  }

  private Answer list(Call call) {
    return AdminAnswers.json(200, AdminAnswers.list(tokens.keys(), SigningKeyRoutes::view));
  }

  private Answer rotate(Call call) {
    return AdminAnswers.done(
        201,
        tokens.rotateKeys(call.operatorRequest(Operators.NO_PARTNER, call.request().body())),
        SigningKeyRoutes::view);
  }

  private static Map<String, Object> view(KeptKey kept) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", kept.key().id());
    members.put("createdAt", kept.createdAt());
    if (kept.verifiesUntil() != null) {
      members.put("verifiesUntil", kept.verifiesUntil());
    }
    return members;
  }
}
