package dev.vidame.server.dashboard;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.OnBehalf;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pages of a partner's own people: who they are, and one more of them. Thread-safe. */
final class AgentListPages {
  static final String AGENTS = "/dashboard/agents";
  private static final String NEW = AGENTS + "/new";
  private static final String SEARCH = "q";
  private static final String STATE = "state";
  private static final String DISABLED = "disabled";
  private static final String ACTIVE = "active";

  private final Desk desk;
  private final NewPasswords passwords;
  private final Supplier<UUID> newIds;

  AgentListPages(Desk desk, NewPasswords passwords, Supplier<UUID> newIds) {
    this.desk = desk;
    this.passwords = passwords;
    this.newIds = newIds;
  }

  /**
   * A list of agents.
   *
   * @param frame what every page has
   * @param search what was searched for
   * @param state which are wanted: {@code active}, {@code disabled}; empty for all
   * @param agents those on the page
   * @param neighbours the pages before and behind
   */
  @SuppressWarnings("TooManyParameters") // all that the page shows
  record Listed(
      Frame frame, String search, String state, List<Agent> agents, Lists.Neighbours neighbours) {}

  /**
   * The form for a new agent.
   *
   * @param frame what every page has
   * @param form as it was filled in
   * @param faults what is wrong with it
   */
  record New(Frame frame, AgentForm form, Faults faults) {}

  List<Route> routes() {
    return List.of(
        Route.pageOnPartner("GET", AGENTS, Operation.LIST_AGENTS, this::list),
        Route.pageOnPartner("GET", NEW, Operation.CREATE_AGENT, this::ask),
        Route.pageOnPartner("POST", NEW, Operation.CREATE_AGENT, this::create));
  }

  private Answer list(Call call) {
    String search = call.query().first(SEARCH).orElse("").strip();
    String state =
        call.query()
            .first(STATE)
            .filter(text -> text.equals(ACTIVE) || text.equals(DISABLED))
            .orElse("");
    Map<String, String> parameters = new LinkedHashMap<>();
    if (!search.isEmpty()) {
      parameters.put(SEARCH, search);
    }
    if (!state.isEmpty()) {
      parameters.put(STATE, state);
    }
    Page<Agent> page =
        InMemory.page(
            all(desk.directory().agents(), call.caller().partner()).stream()
                .filter(condition(search, state)),
            desk.lists().wanted(call, parameters),
            AgentListPages::key);
    return desk.templates()
        .page(
            200,
            "agents",
            new Listed(
                desk.frame(call, Text.of("Agents")),
                search,
                state,
                page.items(),
                desk.lists().neighbours(call, AGENTS, parameters, page, AgentListPages::key)));
  }

  /** All agents of a partner. */
  static List<Agent> all(Agents agents, PartnerId partner) {
    return InMemory.all(
        (after, size) -> agents.page(partner, after, size), agent -> agent.id().value());
  }

  private static List<String> key(Agent agent) {
    return List.of(Folded.of(agent.displayName()), agent.id().toString());
  }

  private static Predicate<Agent> condition(String search, String state) {
    String wanted = Folded.of(search);
    return agent ->
        (state.isEmpty() || state.equals(DISABLED) == agent.isDisabled())
            && (Folded.of(agent.displayName()).contains(wanted)
                || Folded.of(agent.userPrincipalName()).contains(wanted)
                || agent.id().toString().equals(wanted));
  }

  private Answer ask(Call call) {
    return form(call, 200, AgentForm.empty(), Faults.none());
  }

  private Answer form(Call call, int status, AgentForm form, Faults faults) {
    Notice notice = faults.isEmpty() ? null : faults.notice();
    return desk.templates()
        .page(
            status,
            "newagent",
            new New(desk.frame(call, Text.of("New agent"), notice), form, faults));
  }

  private Answer create(Call call) {
    Form sent = Form.of(call);
    AgentForm form = AgentForm.of(sent);
    Faults faults = form.faultsOfNew();
    if (!faults.isEmpty()) {
      return form(call, 400, form, faults);
    }
    String password = passwords.next();
    Agent wanted =
        new Agent(
            new AgentId(newIds.get()),
            call.caller().partner(),
            form.userPrincipalName(),
            form.displayName(),
            form.roles());
    try {
      // Whether the name is free must be asked of all partners' agents.
      Done<Agent> done =
          OnBehalf.ofNobody(
                  () -> desk.directory().agents().create(wanted, password, sent.changeRequest()))
              .orElseThrow(ApiErrors::notFound);
      Agent created = done.value();
      tell(call, created, done.isReplay() ? null : password);
      return Desk.to(path(created.id()));
    } catch (DirectoryException e) {
      int status = e.failure() instanceof Failure.Conflict ? 409 : 400;
      return form(call, status, form, Faults.of(e));
    }
  }

  private void tell(Call call, Agent created, @Nullable String password) {
    Session session = desk.session(call);
    if (password == null) {
      session.tell(NewPasswords.sentBefore());
    } else {
      session.keepOnce(created.id().value(), password);
      session.tell(Notice.done(Text.of("%s was created.", created.displayName())));
    }
  }

  static String path(AgentId agent) {
    return AGENTS + "/" + agent;
  }
}
