package dev.vidame.server.dashboard;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.operators.AgentFactors;
import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.GranularRoleTable.OnCustomer;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.MassCaps;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The page of one of a partner's own people, and what is done to them. Thread-safe. */
final class AgentPages {
  private static final String AGENT = AgentListPages.AGENTS + "/{agent}";
  private static final String BEHIND = "behind";
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Desk desk;
  private final NewPasswords passwords;
  private final AgentRolePages roles;

  AgentPages(Desk desk, NewPasswords passwords) {
    this.desk = desk;
    this.passwords = passwords;
    this.roles = new AgentRolePages(desk, this);
  }

  /**
   * What an agent has on customers.
   *
   * @param held each customer with the roles
   * @param names what the customers are called, as far as the reader may know
   * @param next where there are more; null for none
   */
  record OnCustomers(List<OnCustomer> held, Map<CustomerId, String> names, @Nullable String next) {
    String name(CustomerId customer) {
      String name = names.get(customer);
      return name == null ? customer.toString() : name;
    }
  }

  /**
   * An agent.
   *
   * @param frame what every page has
   * @param agent the agent
   * @param form the form
   * @param faults what is wrong with a form of the page
   * @param password the one that was just made; null for none
   * @param factor what it shows beside the password
   * @param onCustomers its roles on customers
   * @param isReader whether it is the reader
   */
  @SuppressWarnings("TooManyParameters") // all that the page shows
  record Shown(
      Frame frame,
      Agent agent,
      AgentForm form,
      Faults faults,
      @Nullable String password,
      AgentFactors.State factor,
      OnCustomers onCustomers,
      boolean isReader) {
    String path() {
      return AgentListPages.path(agent.id());
    }

    /** Never shows the password. */
    @Override
    public String toString() {
      return "Shown[" + agent.id() + "]";
    }
  }

  List<Route> routes() {
    return List.of(
        Route.pageOnPartner("GET", AGENT, Operation.GET_AGENT, this::show),
        Route.pageOnPartner("POST", AGENT, Operation.UPDATE_AGENT, this::save),
        Route.pageOnPartner("POST", AGENT + "/state", Operation.UPDATE_AGENT, this::setState),
        Route.pageOnPartner(
            "POST", AGENT + "/password", Operation.RESET_AGENT_PASSWORD, this::reset),
        Route.pageOnPartner(
            "POST",
            AGENT + "/second-factor/remove",
            Operation.REMOVE_AGENT_FACTOR,
            this::removeFactor),
        Route.pageOnPartner("POST", AGENT + "/roles/give", Operation.GIVE_AGENT_ROLE, roles::give),
        Route.pageOnPartner("POST", AGENT + "/roles/take", Operation.TAKE_AGENT_ROLE, roles::take));
  }

  private Agents agents() {
    return desk.directory().agents();
  }

  /** The agent that the path names; one of another partner is not there. */
  Agent agent(Call call) {
    return Guid.parse(call.parameter(0))
        .flatMap(id -> agents().get(call.caller().partner(), new AgentId(id)))
        .orElseThrow(ApiErrors::notFound);
  }

  private Answer show(Call call) {
    Agent agent = agent(call);
    return page(call, 200, agent, AgentForm.of(agent), Faults.none());
  }

  /** The page with what is wrong with one of its forms. */
  Answer faulty(Call call, Agent agent, Faults faults) {
    return page(call, 400, agent, AgentForm.of(agent), faults);
  }

  @SuppressWarnings("TooManyParameters") // all that the page is made of
  private Answer page(Call call, int status, Agent agent, AgentForm form, Faults faults) {
    PartnerId partner = agent.partner();
    return desk.templates()
        .page(
            status,
            "agent",
            new Shown(
                desk.frame(call, Text.of("Agent"), faults.isEmpty() ? null : faults.notice()),
                agent,
                form,
                faults,
                desk.session(call).onceOf(agent.id().value()).orElse(null),
                desk.directory()
                    .agentFactors()
                    .get(partner, agent.id())
                    .orElseThrow(ApiErrors::notFound),
                onCustomers(call, agent),
                agent.id().equals(call.caller().agent())));
  }

  private OnCustomers onCustomers(Call call, Agent agent) {
    UUID behind = call.query().first(BEHIND).flatMap(Guid::parse).orElse(BEFORE_ALL);
    List<OnCustomer> found = desk.directory().customerRoles().page(agent, behind, Lists.SIZE + 1);
    boolean hasMore = found.size() > Lists.SIZE;
    List<OnCustomer> held = hasMore ? found.subList(0, Lists.SIZE) : found;
    Map<CustomerId, String> names = new HashMap<>();
    for (OnCustomer each : held) {
      if (desk.rights().may(call, each.customer(), Operation.GET_CUSTOMER)) {
        desk.directory()
            .customers()
            .get(each.customer())
            .ifPresent(customer -> names.put(customer.id(), customer.companyName()));
      }
    }
    return new OnCustomers(
        held,
        names,
        hasMore
            ? AgentListPages.path(agent.id())
                + "?"
                + BEHIND
                + "="
                + held.getLast().customer()
                + "#on-customers"
            : null);
  }

  private Answer save(Call call) {
    Agent agent = agent(call);
    Form sent = Form.of(call);
    AgentForm form = AgentForm.of(sent);
    if (form.isUnchanged()) {
      return told(call, agent, Text.of("Nothing was changed."));
    }
    Faults faults = form.faultsOfChange();
    if (!faults.isEmpty()) {
      return page(call, 400, agent, form, faults);
    }
    try {
      Agent saved = update(agent, form.toUpdate(agent), sent.changeRequest());
      return told(call, saved, Text.of("%s was saved.", saved.displayName()));
    } catch (DirectoryException e) {
      return page(call, 400, agent, form, Faults.of(e));
    }
  }

  private Agent update(Agent agent, Agents.Update update, ChangeRequest request) {
    return agents()
        .update(agent.partner(), agent.id(), update, request)
        .map(Done::value)
        .orElseThrow(ApiErrors::notFound);
  }

  private Answer setState(Call call) {
    Agent agent = agent(call);
    Form sent = Form.of(call);
    boolean isDisabled = sent.field("disabled").equals("true");
    if (isDisabled == agent.isDisabled()) {
      return told(call, agent, Text.of("Nothing was changed."));
    }
    try {
      Agents.Update update = new Agents.Update(null, null, isDisabled);
      Agent now = update(agent, update, sent.changeRequest());
      return told(
          call,
          now,
          now.isDisabled()
              ? Text.of("%s may not sign in any more.", now.displayName())
              : Text.of("%s may sign in again.", now.displayName()));
    } catch (DirectoryException e) {
      return faulty(call, agent, Faults.of(e));
    }
  }

  private Answer reset(Call call) {
    Agent agent = agent(call);
    String password = passwords.next();
    ChangeRequest request =
        desk.caps().count(MassCaps.Kind.RESET, call, Form.of(call).changeRequest());
    try {
      boolean isReplay =
          agents()
              .resetPassword(agent.partner(), agent.id(), password, request)
              .orElseThrow(ApiErrors::notFound)
              .isReplay();
      if (isReplay) {
        desk.session(call).tell(NewPasswords.sentBefore());
      } else {
        desk.session(call).keepOnce(agent.id().value(), password);
      }
      return Desk.to(AgentListPages.path(agent.id()));
    } catch (DirectoryException e) {
      return faulty(call, agent, Faults.of(e));
    }
  }

  private Answer removeFactor(Call call) {
    Agent agent = agent(call);
    try {
      Optional<Done<AgentFactors.State>> outcome =
          desk.directory()
              .agentFactors()
              .remove(agent.partner(), agent.id(), Form.of(call).changeRequest());
      return told(
          call,
          agent,
          outcome.isEmpty()
              ? Text.of("Nothing was changed.")
              : Text.of("The second factor was removed."));
    } catch (DirectoryException e) {
      return faulty(call, agent, Faults.of(e));
    }
  }

  /** Leads back to the agent, where something is said. */
  Answer told(Call call, Agent agent, Text text) {
    desk.session(call).tell(Notice.done(text));
    return Desk.to(AgentListPages.path(agent.id()));
  }
}
