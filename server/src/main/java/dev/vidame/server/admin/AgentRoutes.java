package dev.vidame.server.admin;

import dev.vidame.directory.Directory;
import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.operators.PartnerRegistry;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The routes of a partner's agents. Thread-safe. */
final class AgentRoutes {
  private static final String AGENTS = AdminRoutes.PARTNER + "/agents";
  private static final String AGENT = AGENTS + "/{agent}";

  private final PartnerRegistry partners;
  private final Agents agents;
  private final Supplier<UUID> newIds;

  AgentRoutes(Directory directory, Supplier<UUID> newIds) {
    this.partners = directory.partnerRegistry();
    this.agents = directory.agents();
    this.newIds = newIds;
  }

  List<Route> routes() {
    return List.of(
        Route.forOperator("GET", AGENTS, "admin_list_agents", this::list),
        Route.forOperator("POST", AGENTS, "admin_create_agent", this::create),
        Route.forOperator("GET", AGENT, "admin_get_agent", this::get),
        Route.forOperator("PATCH", AGENT, "admin_update_agent", this::update),
        Route.forOperator("DELETE", AGENT, "admin_delete_agent", this::delete),
        Route.forOperator(
            "POST", AGENT + "/resetpassword", "admin_reset_agent_password", this::resetPassword));
  }

  private static AgentId agent(Call call) {
    return new AgentId(AdminAnswers.id(call, 1));
  }

  private Answer list(Call call) {
    PartnerId partner = AdminAnswers.partner(call);
    AdminPage page = AdminPage.of(call);
    return page.show(
        call,
        partners.get(partner).map(it -> agents.page(it.id(), page.after(), page.wanted())),
        agent -> agent.id().value(),
        AgentRoutes::view);
  }

  private Answer create(Call call) {
    PartnerId partner = AdminAnswers.partner(call);
    AdminBody body = AdminBody.of(call);
    Agent wanted =
        new Agent(
            new AgentId(body.idOr(newIds.get())),
            partner,
            body.principalName(),
            body.requiredText("displayName"),
            body.roles().orElse(Set.of()));
    return AdminAnswers.done(
        201,
        agents.create(wanted, body.password(), body.request(call, partner)),
        AgentRoutes::view);
  }

  private Answer get(Call call) {
    return AdminAnswers.shown(
        agents.get(AdminAnswers.partner(call), agent(call)), AgentRoutes::view);
  }

  private Answer update(Call call) {
    PartnerId partner = AdminAnswers.partner(call);
    AdminBody body = AdminBody.of(call);
    Agents.Update update =
        new Agents.Update(
            body.text("displayName").orElse(null),
            body.roles().orElse(null),
            body.bool("disabled").orElse(null));
    return AdminAnswers.done(
        200,
        agents.update(partner, agent(call), update, body.request(call, partner)),
        AgentRoutes::view);
  }

  private Answer delete(Call call) {
    return AdminAnswers.gone(
        agents.delete(AdminAnswers.partner(call), agent(call), AdminAnswers.request(call)));
  }

  private Answer resetPassword(Call call) {
    PartnerId partner = AdminAnswers.partner(call);
    AdminBody body = AdminBody.of(call);
    return AdminAnswers.gone(
        agents.resetPassword(partner, agent(call), body.password(), body.request(call, partner)));
  }

  private static Map<String, Object> view(Agent agent) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", agent.id());
    members.put("userPrincipalName", agent.userPrincipalName());
    members.put("displayName", agent.displayName());
    members.put("roles", AdminBody.codes(agent.roles()));
    members.put("disabled", agent.isDisabled());
    return members;
  }
}
