package dev.vidame.server.dashboard;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.GranularRoles;
import dev.vidame.server.access.AccessDecision;
import dev.vidame.server.access.AccessExplanation;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.http.SufficientRoleTexts;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The page that says why somebody may do something, or not. Thread-safe. Everybody may ask about
 * themselves; who may manage agents may ask about each of them.
 */
final class WhyPages {
  static final String WHY = "/dashboard/why";
  private static final String OF_AGENT = WHY + "/agent";
  private static final String AGENT = "agent";
  private static final String OPERATION = "operation";
  private static final String CUSTOMER = "customer";
  private static final int MOST_OFFERED = 200;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Desk desk;
  private final NamedCustomers customers;

  WhyPages(Desk desk) {
    this.desk = desk;
    this.customers = new NamedCustomers(desk);
  }

  /**
   * Something that can be asked about.
   *
   * @param code its code
   * @param name what people call it
   */
  record Choice(String code, Text name) {}

  /**
   * An answer.
   *
   * @param isAllowed whether it may be done, at least in part
   * @param sentence why
   * @param agent who
   * @param onCustomer its roles on the customer, also those that have ended
   * @param sufficient which roles would do
   */
  @SuppressWarnings("TooManyParameters") // all that is said
  record Answered(
      boolean isAllowed,
      Text sentence,
      Agent agent,
      List<OnCustomer> onCustomer,
      List<Text> sufficient) {}

  /**
   * A role on the customer.
   *
   * @param held which, and until when
   * @param isOver whether it has ended
   */
  record OnCustomer(GranularRoles.Held held, boolean isOver) {}

  /**
   * The page.
   *
   * @param frame what every page has
   * @param mayAskAboutOthers whether the reader may
   * @param agent who is asked about, as it was typed
   * @param operation what is asked about, by its code; empty for nothing yet
   * @param customer to whom, as it was typed
   * @param agents who can be asked about; empty where the reader may not ask about others, or they
   *     are too many
   * @param operations what can be asked about
   * @param faults what is wrong with the question
   * @param answered the answer; null for none
   */
  @SuppressWarnings("TooManyParameters") // all that the page shows
  record Shown(
      Frame frame,
      boolean mayAskAboutOthers,
      String agent,
      String operation,
      String customer,
      List<Agent> agents,
      List<Choice> operations,
      Faults faults,
      @Nullable Answered answered) {
    String action() {
      return mayAskAboutOthers ? OF_AGENT : WHY;
    }
  }

  List<Route> routes() {
    return List.of(
        Route.pageOnPartner("GET", WHY, Operation.EXPLAIN_OWN_ACCESS, this::askForOneself),
        Route.pageOnPartner("GET", OF_AGENT, Operation.EXPLAIN_ACCESS, this::askForAnybody));
  }

  /** Where it is explained why a request was refused. */
  static String address(Asked asked) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put(OPERATION, code(asked.operation()));
    UUID customer = asked.customer();
    if (customer != null) {
      parameters.put(CUSTOMER, customer.toString());
    }
    return Lists.address(WHY, parameters);
  }

  private static String code(Operation operation) {
    return operation.name().toLowerCase(Locale.ROOT);
  }

  private Answer askForOneself(Call call) {
    return answer(call, "", Optional.of(reader(call)));
  }

  private Agent reader(Call call) {
    return desk.session(call).agent();
  }

  private Answer askForAnybody(Call call) {
    String named = parameter(call, AGENT);
    return answer(call, named, named.isEmpty() ? Optional.of(reader(call)) : find(call, named));
  }

  /** One of another partner is as none. */
  private Optional<Agent> find(Call call, String named) {
    return desk.directory()
        .agents()
        .find(named)
        .filter(agent -> agent.partner().equals(call.caller().partner()));
  }

  private static String parameter(Call call, String name) {
    return call.query().first(name).orElse("").strip();
  }

  private Answer answer(Call call, String named, Optional<Agent> agent) {
    Faults faults = Faults.none();
    Optional<Operation> operation = Operation.of(parameter(call, OPERATION));
    String typed = parameter(call, CUSTOMER);
    Optional<CustomerId> customer = customers.find(call, typed);
    if (agent.isEmpty()) {
      faults.add(AGENT, Text.of("No agent of your partner has this name."));
    }
    if (!typed.isEmpty() && customer.isEmpty()) {
      faults.add(CUSTOMER, Text.of("No customer matches."));
    } else if (operation.filter(Operation::needsCustomer).isPresent() && customer.isEmpty()) {
      faults.add(CUSTOMER, Text.of("The value is required and must not be empty."));
    }
    int status = agent.isEmpty() ? 404 : faults.isEmpty() ? 200 : 400;
    Answered answered =
        faults.isEmpty() && operation.isPresent()
            ? explained(
                agent.orElseThrow(ApiErrors::notFound), operation.get(), customer.orElse(null))
            : null;
    return page(call, status, named, faults, answered);
  }

  private Answered explained(Agent known, Operation operation, @Nullable CustomerId customer) {
    // As it is by now, and not as it was at the sign-in.
    Agent agent =
        desk.directory().agents().get(known.partner(), known.id()).orElseThrow(ApiErrors::notFound);
    CustomerId on = isOnCustomers(operation) ? customer : null;
    AccessExplanation explanation =
        AccessExplanation.of(
            new AccessExplanation.Question(agent, operation, on),
            desk.directory().standings().of(agent, on),
            desk.clock().instant());
    return new Answered(
        !(explanation.decision() instanceof AccessDecision.Deny),
        explanation.text(),
        agent,
        explanation.granular().held().stream()
            .map(held -> new OnCustomer(held, !held.isHeldAt(explanation.now())))
            .toList(),
        SufficientRoleTexts.of(explanation.sufficient()));
  }

  private static boolean isOnCustomers(Operation operation) {
    return operation.needsCustomer() || operation == Operation.ASK_FOR_OTHER_SERVICES;
  }

  @SuppressWarnings("TooManyParameters") // all that differs from page to page
  private Answer page(
      Call call, int status, String named, Faults faults, @Nullable Answered answered) {
    boolean mayAskAboutOthers =
        desk.rights().mayForPartner(call.caller(), Operation.EXPLAIN_ACCESS);
    List<Agent> agents =
        mayAskAboutOthers
            ? desk.directory().agents().page(call.caller().partner(), BEFORE_ALL, MOST_OFFERED + 1)
            : List.of();
    return desk.templates()
        .page(
            status,
            "why",
            new Shown(
                desk.frame(
                    call,
                    Text.of("Why is something not allowed?"),
                    faults.isEmpty() ? null : faults.notice()),
                mayAskAboutOthers,
                named.isEmpty() ? reader(call).userPrincipalName() : named,
                parameter(call, OPERATION),
                parameter(call, CUSTOMER),
                agents.size() > MOST_OFFERED ? List.of() : agents,
                choices(),
                faults,
                answered));
  }

  private static List<Choice> choices() {
    return Arrays.stream(Operation.values())
        .map(operation -> new Choice(code(operation), OperationTexts.of(operation)))
        .toList();
  }
}
