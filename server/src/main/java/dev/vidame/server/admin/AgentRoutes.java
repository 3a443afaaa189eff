package dev.vidame.server.admin;

import dev.vidame.directory.Directory;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Agents;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The routes of a partner's agents. Thread-safe. */
final class AgentRoutes {
  private static final String AGENTS = AdminRoutes.PARTNER + "/agents";
  private static final String AGENT = AGENTS + "/{agent}";

  private final Directory directory;
  private final Supplier<UUID> newIds;

  AgentRoutes(Directory directory, Supplier<UUID> newIds) {
    this.directory = directory;
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

  private static PartnerId partner(Call call) {
    return new PartnerId(AdminRoutes.id(call, 0));
  }

  private static AgentId agent(Call call) {
    return new AgentId(AdminRoutes.id(call, 1));
  }

  private Answer list(Call call) {
    PartnerId partner = AdminRoutes.existingPartner(directory, call);
    AdminPage page = AdminPage.of(call);
    return page.show(
        call,
        directory.agents().page(partner, page.after(), page.wanted()),
        agent -> agent.id().value(),
        AgentRoutes::view);
  }

  /** Who asks again for the same agent, password included, is told of the one that there is. */
  private Answer create(Call call) {
    PartnerId partner = AdminRoutes.existingPartner(directory, call);
    AdminBody body = AdminBody.of(call);
    Agent wanted =
        new Agent(
            new AgentId(body.idOr(newIds.get())),
            partner,
            body.principalName(),
            body.requiredText("displayName"),
            body.roles().orElse(Set.of()));
    String password = body.password();
    Optional<Agent> known = directory.partners().signIn(wanted.userPrincipalName(), password);
    if (known.filter(agent -> isSame(agent, wanted, body.hasId())).isPresent()) {
      return AdminRoutes.json(200, view(known.get()));
    }
    return AdminRoutes.json(201, view(directory.partners().createAgent(wanted, password)));
  }

  private static boolean isSame(Agent known, Agent wanted, boolean namesId) {
    return known.partner().equals(wanted.partner())
        && known.displayName().equals(wanted.displayName())
        && known.roles().equals(wanted.roles())
        && (!namesId || known.id().equals(wanted.id()));
  }

  private Answer get(Call call) {
    return shown(directory.agents().get(partner(call), agent(call)));
  }

  private Answer update(Call call) {
    AdminBody body = AdminBody.of(call);
    Agents.Update update =
        new Agents.Update(
            body.text("displayName").orElse(null),
            body.roles().orElse(null),
            body.bool("disabled").orElse(null));
    return shown(directory.agents().update(partner(call), agent(call), update));
  }

  private Answer delete(Call call) {
    return AdminRoutes.gone(directory.agents().delete(partner(call), agent(call)));
  }

  private Answer resetPassword(Call call) {
    String password = AdminBody.of(call).password();
    return AdminRoutes.gone(
        directory.agents().resetPassword(partner(call), agent(call), password));
  }

  private static Answer shown(Optional<Agent> agent) {
    return AdminRoutes.json(200, view(agent.orElseThrow(ApiErrors::notFound)));
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
