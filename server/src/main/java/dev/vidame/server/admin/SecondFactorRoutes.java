package dev.vidame.server.admin;

import dev.vidame.directory.operators.AgentFactors.State;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.factors.OneTimeCodes;
import dev.vidame.server.factors.OneTimeCodes.Shown;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The routes of agents' second factors. Thread-safe. */
public final class SecondFactorRoutes {
  private static final String FACTOR = AdminRoutes.PARTNER + "/agents/{agent}/second-factor";

  private final OneTimeCodes codes;

  /** Routes over the codes of agents. */
  public SecondFactorRoutes(OneTimeCodes codes) {
    this.codes = codes;
  }

  /** The lines of the route table. */
  public List<Route> routes() {
    return List.of(
        Route.forOperator("GET", FACTOR, "admin_get_second_factor", this::get),
        Route.forOperator("POST", FACTOR, "admin_enrol_second_factor", this::enrol),
        Route.forOperator("DELETE", FACTOR, "admin_remove_second_factor", this::remove),
        Route.forOperator(
            "POST", FACTOR + "/confirm", "admin_confirm_second_factor", this::confirm),
        Route.forOperator(
            "POST",
            FACTOR + "/recovery-codes",
            "admin_replace_recovery_codes",
            this::replaceRecoveryCodes));
  }

  private static AgentId agent(Call call) {
    return new AgentId(AdminAnswers.id(call, 1));
  }

  private Answer get(Call call) {
    return AdminAnswers.shown(
        codes.state(AdminAnswers.partner(call), agent(call)), SecondFactorRoutes::view);
  }

  /** The secret and the codes are in this answer and in no other. */
  private Answer enrol(Call call) {
    return AdminAnswers.done(
        201,
        codes.enrol(AdminAnswers.partner(call), agent(call), AdminAnswers.request(call)),
        SecondFactorRoutes::view);
  }

  private Answer confirm(Call call) {
    PartnerId partner = AdminAnswers.partner(call);
    AdminBody body = AdminBody.of(call);
    return AdminAnswers.done(
        200,
        codes.confirm(partner, agent(call), body.requiredText("code"), body.request(call, partner)),
        SecondFactorRoutes::view);
  }

  private Answer replaceRecoveryCodes(Call call) {
    return AdminAnswers.done(
        201,
        codes.replaceRecoveryCodes(
            AdminAnswers.partner(call), agent(call), AdminAnswers.request(call)),
        SecondFactorRoutes::view);
  }

  private Answer remove(Call call) {
    return AdminAnswers.gone(
        codes.remove(AdminAnswers.partner(call), agent(call), AdminAnswers.request(call)));
  }

  private static Map<String, Object> view(State state) {
    Map<String, Object> members = new LinkedHashMap<>();
    boolean isPending = state.pendingSince() != null;
    if (state.enrolledAt() == null) {
      members.put("state", isPending ? "pending" : "none");
    } else {
      members.put("state", state.isBlocked() ? "blocked" : "enrolled");
      members.put("enrolledAt", state.enrolledAt());
      members.put("recoveryCodesLeft", state.recoveryCodesLeft());
      if (state.wrongCodes() > 0) {
        members.put("wrongCodes", state.wrongCodes());
      }
    }
    if (state.pendingSince() != null) {
      members.put("pendingSince", state.pendingSince());
    }
    return members;
  }

  private static Map<String, Object> view(Shown shown) {
    Map<String, Object> members = view(shown.state());
    if (shown.secret() != null) {
      members.put("secret", shown.secret());
    }
    if (shown.uri() != null) {
      members.put("uri", shown.uri());
    }
    if (!shown.recoveryCodes().isEmpty()) {
      members.put("recoveryCodes", shown.recoveryCodes());
    }
    return members;
  }
}
