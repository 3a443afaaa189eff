package dev.vidame.directory.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.Together;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.GranularRoleTable.OnCustomer;
import dev.vidame.directory.partners.GranularRoleTable.Place;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CustomerRolesTest {
  private static final AgentId AGENT = new AgentId(new UUID(1, 1));
  private static final Place HERE = new Place(Fixture.CUSTOMER, Fixture.PARTNER, AGENT);
  private static final CustomerId SECOND = new CustomerId(new UUID(5, 5));

  @TempDir private Path folder;
  private Fixture fixture;
  private Agent agent;
  private Instant start;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
    agent = agent(AGENT, Fixture.PARTNER);
    start = fixture.clock().instant();
  }

  @AfterEach
  void close() {
    assertThat(fixture.directory().verifyJournal(Fixture.CUSTOMER).isIntact()).isTrue();
    fixture.close();
  }

  private Agent agent(AgentId id, PartnerId partner) {
    return fixture
        .directory()
        .partners()
        .createAgent(
            new Agent(id, partner, id + "@partner.example", "Agent", Set.of()), "Correct-Horse-7");
  }

  private CustomerRoles roles() {
    return fixture.directory().customerRoles();
  }

  private boolean give(Place place, GranularRole role, Duration time) {
    return roles().give(place, role, start.plus(time), Fixture.request()).isPresent();
  }

  private boolean take(Place place, GranularRole role) {
    return roles().take(place, role, Fixture.request()).isPresent();
  }

  private Set<GranularRole> heldNow() {
    Standings.Bearer bearer =
        new Standings.Bearer(Fixture.PARTNER, fixture.application().application(), null, AGENT);
    Set<GranularRole> cached =
        fixture
            .directory()
            .standings()
            .of(bearer, Fixture.CUSTOMER)
            .orElseThrow()
            .granularRoles()
            .at(fixture.clock().instant());
    Set<GranularRole> stored =
        fixture
            .directory()
            .standings()
            .of(agent, Fixture.CUSTOMER)
            .orElseThrow()
            .granularRoles()
            .at(fixture.clock().instant());
    assertThat(cached).isEqualTo(stored);
    return cached;
  }

  private List<Entry> rows() {
    return fixture.directory().journal(Fixture.CUSTOMER, 0, 100).stream()
        .filter(row -> row.subject().equals(AGENT.value()))
        .toList();
  }

  @Test
  void rolesHoldUntilTheyAreTaken() {
    assertThat(heldNow()).isEmpty();

    give(HERE, GranularRole.USER_ADMINISTRATOR, Duration.ofDays(1));
    give(HERE, GranularRole.GLOBAL_READER, Duration.ofDays(730));

    assertThat(heldNow())
        .containsExactlyInAnyOrder(GranularRole.USER_ADMINISTRATOR, GranularRole.GLOBAL_READER);

    assertThat(take(HERE, GranularRole.USER_ADMINISTRATOR)).isTrue();

    assertThat(heldNow()).containsExactly(GranularRole.GLOBAL_READER);
    assertThat(take(HERE, GranularRole.USER_ADMINISTRATOR)).isFalse();
  }

  /**
   * The standing was asked for and kept before the end, and nothing changes at the end but time.
   */
  @Test
  void keptStandingDoesNotOutliveTheEndOfARole() {
    give(HERE, GranularRole.USER_ADMINISTRATOR, Duration.ofHours(1));
    assertThat(heldNow()).isNotEmpty();

    fixture.clock().advance(Duration.ofHours(1).minusNanos(1000));
    assertThat(heldNow()).containsExactly(GranularRole.USER_ADMINISTRATOR);
    assertThat(roles().get(HERE)).isPresent();

    fixture.clock().advance(Duration.ofNanos(1000));

    assertThat(heldNow()).isEmpty();
    assertThat(roles().get(HERE)).isEmpty();
    assertThat(roles().page(agent, new UUID(0, 0), 10)).isEmpty();
    assertThat(take(HERE, GranularRole.USER_ADMINISTRATOR)).isFalse();
    assertThat(rows()).hasSize(1);
  }

  @Test
  void endedRolesAreForgottenWhenAnotherIsGiven() throws SQLException {
    give(HERE, GranularRole.USER_ADMINISTRATOR, Duration.ofHours(1));
    give(HERE, GranularRole.DIRECTORY_READERS, Duration.ofHours(9));
    fixture.clock().advance(Duration.ofHours(2));
    start = fixture.clock().instant();

    give(HERE, GranularRole.GLOBAL_READER, Duration.ofHours(1));

    assertThat(fixture.count("select count(*) from granular_roles")).isEqualTo(2);
    assertThat(heldNow())
        .containsExactlyInAnyOrder(GranularRole.GLOBAL_READER, GranularRole.DIRECTORY_READERS);
  }

  @Test
  void eachChangeIsOneRowOfTheCustomersJournal() {
    Instant first = start.plus(Duration.ofDays(1));
    Instant second = start.plus(Duration.ofDays(2));
    give(HERE, GranularRole.USER_ADMINISTRATOR, Duration.ofDays(1));
    give(HERE, GranularRole.USER_ADMINISTRATOR, Duration.ofDays(1));
    give(HERE, GranularRole.USER_ADMINISTRATOR, Duration.ofDays(2));
    take(HERE, GranularRole.USER_ADMINISTRATOR);

    assertThat(rows())
        .extracting(Entry::operation)
        .containsExactly(Operation.GIVE_ROLE, Operation.GIVE_ROLE, Operation.TAKE_ROLE);
    String field = "granularRole:user_administrator";
    assertThat(rows().stream().flatMap(row -> row.changes().stream()))
        .containsExactly(
            new FieldChange(field, null, first.toString()),
            new FieldChange(field, first.toString(), second.toString()),
            new FieldChange(field, second.toString(), null));
  }

  @Test
  void repeatedRequestHasOneEffect() {
    ChangeRequest giving = Fixture.request();
    ChangeRequest taking = Fixture.request();
    Instant end = start.plus(Duration.ofMinutes(5));
    roles().give(HERE, GranularRole.GLOBAL_READER, end, giving);

    assertThat(roles().give(HERE, GranularRole.GLOBAL_READER, end, giving).orElseThrow().isReplay())
        .isTrue();
    roles().take(HERE, GranularRole.GLOBAL_READER, taking);
    assertThat(roles().take(HERE, GranularRole.GLOBAL_READER, taking).orElseThrow().isReplay())
        .isTrue();
    assertThat(roles().give(HERE, GranularRole.GLOBAL_READER, end, giving)).isEmpty();
    assertThat(heldNow()).isEmpty();
    assertThat(rows()).hasSize(2);
  }

  @Test
  void endMustLieAheadButNotTooFar() {
    for (Duration time :
        List.of(Duration.ZERO, Duration.ofDays(-1), Duration.ofDays(730).plusSeconds(1))) {
      Failure failure =
          catchThrowableOfType(
                  DirectoryException.class, () -> give(HERE, GranularRole.GLOBAL_READER, time))
              .failure();

      assertThat(failure)
          .isEqualTo(
              new Failure.Invalid(List.of(Problem.of("endsAt", Rule.END_OUT_OF_RANGE, 730))));
    }
    assertThat(rows()).isEmpty();
  }

  @Test
  void nobodyIsGivenARoleWhereThePartnerMayDoNothing() {
    PartnerId other = new PartnerId(new UUID(3, 3));
    fixture.directory().partners().create(new Partner(other, "Other"));
    AgentId stranger = agent(new AgentId(new UUID(3, 1)), other).id();
    CustomerId unknown = new CustomerId(new UUID(9, 9));

    for (Place place :
        List.of(
            new Place(Fixture.CUSTOMER, other, stranger),
            new Place(Fixture.CUSTOMER, Fixture.PARTNER, stranger),
            new Place(Fixture.CUSTOMER, other, AGENT),
            new Place(unknown, Fixture.PARTNER, AGENT))) {
      assertThat(give(place, GranularRole.GLOBAL_READER, Duration.ofDays(1))).isFalse();
      assertThat(roles().get(place)).isEmpty();
    }
  }

  @Test
  void rolesGoWithTheRelationship() throws SQLException {
    give(HERE, GranularRole.GLOBAL_READER, Duration.ofDays(1));
    var relationships = fixture.directory().relationships();

    relationships.remove(Fixture.PARTNER, Fixture.CUSTOMER, Fixture.request());
    assertThat(heldNow()).isEmpty();
    relationships.add(Fixture.PARTNER, Fixture.CUSTOMER, Fixture.request());

    assertThat(heldNow()).isEmpty();
    assertThat(fixture.count("select count(*) from granular_roles")).isZero();
  }

  @Test
  void rolesGoWithTheAgent() throws SQLException {
    give(HERE, GranularRole.GLOBAL_READER, Duration.ofDays(1));

    fixture.directory().agents().delete(Fixture.PARTNER, AGENT, Fixture.request());

    assertThat(fixture.count("select count(*) from granular_roles")).isZero();
  }

  private boolean isAgentDeleted() {
    return fixture
        .directory()
        .agents()
        .delete(Fixture.PARTNER, AGENT, Fixture.request())
        .isPresent();
  }

  private boolean isGiven() {
    return give(HERE, GranularRole.LICENSE_ADMINISTRATOR, Duration.ofDays(1));
  }

  private void assertNoRoleIsLeft() throws SQLException {
    assertThat(fixture.directory().agents().get(Fixture.PARTNER, AGENT)).isEmpty();
    assertThat(fixture.count("select count(*) from granular_roles")).isZero();
  }

  /** The role is stored but not to be seen yet, and its row of the journal is on its way. */
  @Test
  @Tag("postgresql")
  @Timeout(60)
  void roleThatIsBeingGivenGoesWithTheAgent() throws Exception {
    List<Boolean> done =
        Together.runIntoLock(
            fixture.store(),
            "lock table journal in share mode",
            List.of(this::isGiven, this::isAgentDeleted));

    assertThat(done).containsExactly(true, true);
    assertNoRoleIsLeft();
  }

  /** The agent is deleted but still to be seen, and its tokens are on their way. */
  @Test
  @Tag("postgresql")
  @Timeout(60)
  void agentThatIsBeingDeletedIsGivenNoRole() throws Exception {
    List<Boolean> done =
        Together.runIntoLock(
            fixture.store(),
            "lock table refresh_tokens in share mode",
            List.of(this::isAgentDeleted, this::isGiven));

    assertThat(done).containsExactly(true, false);
    assertNoRoleIsLeft();
  }

  @Test
  void customersAreListedPageByPage() {
    fixture
        .directory()
        .customers()
        .create(new NewCustomer(SECOND, "Second", "second.example"), Fixture.request());
    Place there = new Place(SECOND, Fixture.PARTNER, AGENT);
    give(HERE, GranularRole.GLOBAL_READER, Duration.ofDays(1));
    give(HERE, GranularRole.USER_ADMINISTRATOR, Duration.ofDays(2));
    give(there, GranularRole.LICENSE_ADMINISTRATOR, Duration.ofDays(3));

    List<OnCustomer> all = roles().page(agent, new UUID(0, 0), 10);

    assertThat(all).containsExactlyInAnyOrder(found(HERE), found(there));
    assertThat(roles().page(agent, new UUID(0, 0), 1)).containsExactly(all.getFirst());
    assertThat(roles().page(agent, all.getFirst().customer().value(), 1))
        .containsExactly(all.getLast());
    assertThat(found(HERE).roles().held())
        .extracting(held -> held.role())
        .containsExactly(GranularRole.USER_ADMINISTRATOR, GranularRole.GLOBAL_READER);
  }

  private OnCustomer found(Place place) {
    return roles().get(place).orElseThrow();
  }
}
