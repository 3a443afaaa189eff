package dev.vidame.directory.operators;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.journal.FieldChanges;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentTable;
import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.GranularRoleTable;
import dev.vidame.directory.partners.GranularRoleTable.OnCustomer;
import dev.vidame.directory.partners.GranularRoleTable.Place;
import dev.vidame.directory.partners.GranularRoles;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What operators let an agent do to one customer until it ends. Thread-safe. Each change is a row
 * of the customer's journal about the agent and holds from the next request on; an end that comes
 * with time leaves no row, because the row that gave the role names it.
 */
public final class CustomerRoles {
  /** How far ahead an end may lie. */
  private static final Duration LONGEST = Duration.ofDays(730);

  private static final String FIELD = "granularRole:";

  private final Transactions transactions;
  private final Ledger ledger;
  private final Standings standings;
  private final Clock clock;

  /** Operations over a store. */
  public CustomerRoles(Transactions transactions, Ledger ledger, Standings standings, Clock clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.standings = standings;
    this.clock = clock;
  }

  /** What an agent has on the customers behind an id, by that id. */
  public List<OnCustomer> page(Agent agent, UUID after, int size) {
    Instant now = clock.instant();
    return transactions.query(session -> GranularRoleTable.page(session, agent, after, size, now));
  }

  /** What an agent has on a customer, or empty where that is nothing. */
  public Optional<OnCustomer> get(Place place) {
    Instant now = clock.instant();
    return transactions.query(session -> GranularRoleTable.find(session, place, now));
  }

  /**
   * Gives an agent a role on a customer, or another end to one that it has.
   *
   * @return what the agent has there now; empty where the partner has no such agent or may not act
   *     on the customer
   * @throws dev.vidame.directory.DirectoryException when the end is not in the future, or more than
   *     730 days ahead
   */
  public Optional<Done<OnCustomer>> give(
      Place place, GranularRole role, Instant endsAt, ChangeRequest request) {
    Instant end = endsAt.truncatedTo(ChronoUnit.MICROS);
    return transactions.write(
        place.customer(),
        session -> {
          boolean isReplay = ledger.isReplay(session, request);
          Instant now = clock.instant();
          Optional<OnCustomer> before = GranularRoleTable.find(session, place, now);
          if (isReplay) {
            return before.map(held -> new Done<>(held, true));
          }
          if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST))) {
            throw new Failure.Invalid(
                    List.of(Problem.of("endsAt", Rule.END_OUT_OF_RANGE, LONGEST.toDays())))
                .asException();
          }
          if (!isAgentOfRelationship(session, place)) {
            return Optional.<Done<OnCustomer>>empty();
          }
          standings.change(session);
          GranularRoleTable.put(session, place, new GranularRoles.Held(role, end), now);
          row(session, Operation.GIVE_ROLE, place, field(role, before, end), request);
          return GranularRoleTable.find(session, place, now).map(held -> new Done<>(held, false));
        });
  }

  private static boolean isAgentOfRelationship(Session session, Place place) throws SQLException {
    return AgentTable.hold(session, place.partner(), place.agent()).isPresent()
        && GranularRoleTable.hasRelationship(session, place);
  }

  /**
   * Takes a role from an agent.
   *
   * @return the role; empty where the agent does not have it
   */
  public Optional<Done<GranularRole>> take(Place place, GranularRole role, ChangeRequest request) {
    return transactions.write(
        place.customer(),
        session -> {
          if (ledger.isReplay(session, request)) {
            return Optional.of(new Done<>(role, true));
          }
          Optional<OnCustomer> before = GranularRoleTable.find(session, place, clock.instant());
          if (endOf(role, before) == null) {
            return Optional.<Done<GranularRole>>empty();
          }
          standings.change(session);
          GranularRoleTable.delete(session, place, role);
          row(session, Operation.TAKE_ROLE, place, field(role, before, null), request);
          return Optional.of(new Done<>(role, false));
        });
  }

  private static FieldChanges field(
      GranularRole role, Optional<OnCustomer> before, @Nullable Instant end) {
    return new FieldChanges().add(FIELD + role.code(), endOf(role, before), end);
  }

  private static @Nullable Instant endOf(GranularRole role, Optional<OnCustomer> roles) {
    return roles.stream()
        .flatMap(held -> held.roles().held().stream())
        .filter(held -> held.role() == role)
        .map(GranularRoles.Held::endsAt)
        .findFirst()
        .orElse(null);
  }

  @SuppressWarnings("TooManyParameters") // all that a row holds
  private void row(
      Session session, Operation operation, Place place, FieldChanges fields, ChangeRequest request)
      throws SQLException {
    ledger.update(
        session,
        place.customer(),
        new Journal.Change(operation, place.agent().value(), fields.list()),
        request);
  }
}
