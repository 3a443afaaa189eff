package dev.vidame.directory.audit;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Fixture;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.journal.Tally;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyTest {
  private static final CustomerId SECOND = new CustomerId(new UUID(2, 2));
  private static final PartnerId OTHER = new PartnerId(new UUID(3, 3));
  private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
    fixture
        .directory()
        .customers()
        .create(new NewCustomer(SECOND, "Second", "second.example"), Fixture.request());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void rename(int times) {
    for (int i = 0; i < times; i++) {
      fixture.update(Fixture.named("Name " + UUID.randomUUID()));
    }
  }

  private Tally.Counted tally(@Nullable CustomerId customer, Instant from, int most) {
    return fixture.directory().audit().tally(new Tally.Wanted(PARTNER, customer, from, most));
  }

  private static Map<String, Long> counts(Tally.Counted counted) {
    Map<String, Long> counts = new TreeMap<>();
    for (Tally.Count count : counted.counts()) {
      counts.merge(count.slot() + " " + count.operation().code(), count.changes(), Long::sum);
    }
    return counts;
  }

  @Test
  void countsByKindAndQuarterOfAnHour() {
    fixture.clock().advance(Duration.ofMinutes(14));
    rename(2);
    fixture.clock().advance(Duration.ofMinutes(1));
    rename(3);
    fixture.clock().advance(Duration.ofDays(2));
    fixture.delete(Fixture.request());

    Tally.Counted counted = fixture.directory().audit().tally(PARTNER, null, LONG_AGO);

    assertThat(counts(counted))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "2026-06-01T12:00:00Z customer.create", 2L,
                "2026-06-01T12:00:00Z user.create", 1L,
                "2026-06-01T12:00:00Z user.update", 2L,
                "2026-06-01T12:15:00Z user.update", 3L,
                "2026-06-03T12:15:00Z user.delete", 1L));
    assertThat(counted.wholeSince()).isNull();
    assertThat(counts(fixture.directory().audit().tally(PARTNER, SECOND, LONG_AGO)))
        .containsOnlyKeys("2026-06-01T12:00:00Z customer.create");
    assertThat(counts(fixture.directory().audit().tally(PARTNER, CUSTOMER, LONG_AGO)))
        .containsEntry("2026-06-01T12:15:00Z user.update", 3L)
        .containsEntry("2026-06-01T12:00:00Z customer.create", 1L);
  }

  @Test
  void whatIsOlderIsNotCounted() {
    fixture.clock().advance(Duration.ofMinutes(30));
    rename(4);
    Instant from = START.plus(Duration.ofMinutes(15));

    for (@Nullable CustomerId customer : new @Nullable CustomerId[] {null, CUSTOMER}) {
      assertThat(counts(tally(customer, from, 1_000)))
          .containsExactly(Map.entry("2026-06-01T12:30:00Z user.update", 4L));
    }
    assertThat(tally(SECOND, from, 1_000).counts()).isEmpty();
    assertThat(tally(new CustomerId(UUID.randomUUID()), from, 1_000).counts()).isEmpty();
  }

  /** More rows than the index of the journal takes at a time. */
  @Test
  void ofVeryManyTheNewestAreCounted() {
    fixture.clock().advance(Duration.ofDays(1));
    rename(520);
    fixture.clock().advance(Duration.ofDays(1));
    rename(280);
    Instant second = START.plus(Duration.ofDays(1));

    for (@Nullable CustomerId customer : new @Nullable CustomerId[] {null, CUSTOMER}) {
      Tally.Counted cut = tally(customer, LONG_AGO, 700);
      assertThat(counts(cut))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "2026-06-02T12:00:00Z user.update", 420L,
                  "2026-06-03T12:00:00Z user.update", 280L));
      assertThat(cut.wholeSince()).isEqualTo(second);
      assertThat(tally(customer, LONG_AGO, 10_000).wholeSince()).isNull();
      assertThat(counts(tally(customer, LONG_AGO, 10_000)))
          .containsEntry("2026-06-02T12:00:00Z user.update", 520L);
      assertThat(tally(customer, second.plus(Duration.ofMinutes(15)), 700).wholeSince()).isNull();
    }
  }

  @Test
  void whatOtherPartnersDidIsNotCounted() {
    fixture
        .directory()
        .users()
        .update(
            CUSTOMER,
            Fixture.REF,
            Fixture.named("By the other"),
            new dev.vidame.directory.users.EntityTag.Any(),
            ChangeRequest.once(Actor.operator(OTHER), UUID.randomUUID()));

    for (@Nullable CustomerId customer : new @Nullable CustomerId[] {null, CUSTOMER}) {
      assertThat(tally(customer, LONG_AGO, 1_000).counts())
          .noneMatch(count -> count.operation() == Operation.UPDATE_USER);
    }
    assertThat(counts(fixture.directory().audit().tally(OTHER, CUSTOMER, LONG_AGO)))
        .containsOnlyKeys("2026-06-01T12:00:00Z user.update");
  }
}
