package dev.vidame.server.dashboard;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.GranularRoleTable.Place;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Lets agents do something to one customer until it ends, and ends it. Thread-safe. */
final class AgentRolePages {
  private final Desk desk;
  private final AgentPages agents;
  private final NamedCustomers customers;

  AgentRolePages(Desk desk, AgentPages agents) {
    this.desk = desk;
    this.agents = agents;
    this.customers = new NamedCustomers(desk);
  }

  Answer give(Call call) {
    Agent agent = agents.agent(call);
    Form form = Form.of(call);
    GranularRole role = role(form);
    Optional<CustomerId> customer = customers.find(call, form.field("customer"));
    Optional<Instant> end = end(call, form.field("endsAt"));
    Faults faults = Faults.none();
    if (customer.isEmpty()) {
      faults.add("customer", Text.of("No customer matches."));
    }
    if (end.isEmpty()) {
      faults.add("endsAt", Text.of("The value is required and must not be empty."));
    }
    if (!faults.isEmpty()) {
      return agents.faulty(call, agent, faults);
    }
    Place place = new Place(customer.orElseThrow(), agent.partner(), agent.id());
    try {
      boolean isGiven =
          desk.directory()
              .customerRoles()
              .give(place, role, end.orElseThrow(), form.changeRequest())
              .isPresent();
      return isGiven
          ? agents.told(call, agent, Text.of("The role %s was given.", role.code()))
          : agents.faulty(call, agent, faults.add("customer", Text.of("No customer matches.")));
    } catch (DirectoryException e) {
      return agents.faulty(call, agent, Faults.of(e));
    }
  }

  Answer take(Call call) {
    Agent agent = agents.agent(call);
    Form form = Form.of(call);
    GranularRole role = role(form);
    CustomerId customer =
        Guid.parse(form.field("customer")).map(CustomerId::new).orElseThrow(ApiErrors::notFound);
    Place place = new Place(customer, agent.partner(), agent.id());
    boolean isTaken =
        desk.directory().customerRoles().take(place, role, form.changeRequest()).isPresent();
    return agents.told(
        call,
        agent,
        isTaken
            ? Text.of("The role %s was taken away.", role.code())
            : Text.of("Nothing was changed."));
  }

  private static GranularRole role(Form form) {
    return GranularRole.of(form.field("role")).orElseThrow(ApiErrors::notFound);
  }

  /** When a day is over at the reader's clock; browsers send a day or nothing. */
  private static Optional<Instant> end(Call call, String day) {
    try {
      return Optional.of(
          LocalDate.parse(day)
              .plusDays(1)
              .atStartOfDay(Templates.zone(call.request()))
              .toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
