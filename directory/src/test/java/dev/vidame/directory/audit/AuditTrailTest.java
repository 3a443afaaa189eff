package dev.vidame.directory.audit;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Fixture;
import dev.vidame.directory.audit.AuditTrail.Listed;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Fingerprint;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.paging.PageQuery.Seek;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.VerifiedDomain;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {
  private static final CustomerId SECOND = new CustomerId(new UUID(2, 2));
  private static final PartnerId OTHER = new PartnerId(new UUID(3, 3));
  private static final Instant EVER = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant NEVER = Instant.parse("2100-01-01T00:00:00Z");
  private static final AuditQuery ALL = new AuditQuery(PARTNER, null, EVER, NEVER);

  @TempDir private Path folder;
  private Fixture fixture;
  private final Map<Long, Long> ordinals = new HashMap<>();

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

  private AuditTrail trail() {
    return fixture.directory().audit();
  }

  private static RefusedRequest refused(long id, @Nullable CustomerId customer) {
    return new RefusedRequest(
        Fixture.request(id, 0), customer, "any", null, new RefusedRequest.Reason(3000, "Text"));
  }

  /** Each entry as two records, so that pages can end within one. */
  private List<String> two(AuditEntry entry) {
    String name =
        switch (entry.event()) {
          case AuditEntry.Change change -> entry.customer() + "/" + change.seq();
          case AuditEntry.Refusal refusal -> "refused " + ordinal(refusal.number());
        };
    return List.of(name + " a", name + " b");
  }

  /**
   * How many refusals there are up to one; their numbers grow, and not always by one. Nothing goes
   * that was before one that is listed, so each is counted once.
   */
  private long ordinal(long number) {
    return ordinals.computeIfAbsent(number, this::counted);
  }

  private long counted(long number) {
    try {
      return fixture.count("select count(*) from refused_requests where number <= " + number);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long lastRefusal() throws SQLException {
    return fixture.count("select max(number) from refused_requests");
  }

  private Page<Listed<String>> page(AuditQuery query, PageQuery page) {
    return trail().page(query, page, this::two, record -> true);
  }

  private List<String> everything(AuditQuery query) {
    return records(page(query, PageQuery.first(100_000)));
  }

  private static List<String> records(Page<Listed<String>> page) {
    return page.items().stream().map(Listed::record).toList();
  }

  /** More rows than the index takes at a time, of two customers, with refusals between them. */
  private List<String> fill(long seed) {
    Random random = new Random(seed);
    List<String> expected = new ArrayList<>(everything(ALL));
    Collections.reverse(expected);
    long second = 2;
    long first = fixture.directory().journal(CUSTOMER, 0, 100).size() + 1L;
    long number = 0;
    for (int i = 0; i < 1_300; i++) {
      String name;
      switch (random.nextInt(4)) {
        case 0 -> {
          number++;
          trail().remember(refused(1_000_000 + i, random.nextBoolean() ? CUSTOMER : null));
          name = "refused " + number;
        }
        case 1 -> {
          fixture
              .directory()
              .customers()
              .addDomain(
                  SECOND,
                  new VerifiedDomain("d" + i + ".example", false, "email"),
                  Fixture.request());
          name = SECOND + "/" + second++;
        }
        default -> {
          fixture.update(Fixture.named("n" + i));
          name = CUSTOMER + "/" + first++;
        }
      }
      expected.add(name + " a");
      expected.add(name + " b");
    }
    Collections.reverse(expected);
    return expected;
  }

  @Test
  void changesAndRefusalsAreInTheOrderInWhichTheyHappened() throws SQLException {
    long seed = new Random().nextLong();
    List<String> expected = fill(seed);

    assertThat(everything(ALL)).as("seed %s", seed).isEqualTo(expected);
    assertThat(everything(new AuditQuery(PARTNER, SECOND, EVER, NEVER)))
        .isEqualTo(expected.stream().filter(name -> name.startsWith(SECOND + "/")).toList());

    fixture.reopen();
    assertThat(everything(ALL)).as("seed %s", seed).isEqualTo(expected);
  }

  @Test
  void pagesOfAnySizeAreTheListInBothDirections() {
    long seed = new Random().nextLong();
    fill(seed);
    for (AuditQuery query : List.of(ALL, new AuditQuery(PARTNER, CUSTOMER, EVER, NEVER))) {
      List<String> all = everything(query);
      for (int size : new int[] {1, 7, 100, 499}) {
        int pages = size == 1 ? 50 : Integer.MAX_VALUE;
        assertForwardAndBack(query, size, pages, all, seed);
      }
    }
  }

  private void assertForwardAndBack(
      AuditQuery query, int size, int pages, List<String> all, long seed) {
    List<String> forward = new ArrayList<>();
    Page<Listed<String>> page = page(query, PageQuery.first(size));
    forward.addAll(records(page));
    for (int i = 1; i < pages && page.hasNext(); i++) {
      List<String> last = page.items().getLast().key();
      page = page(query, new PageQuery(size, Seek.AFTER, last));
      forward.addAll(records(page));
    }
    assertThat(forward).as("seed %s", seed).isEqualTo(all.subList(0, forward.size()));
    assertThat(forward).hasSize(pages == Integer.MAX_VALUE ? all.size() : size * pages);

    List<String> back = new ArrayList<>(records(page));
    while (page.hasPrevious()) {
      List<String> first = page.items().getFirst().key();
      page = page(query, new PageQuery(size, Seek.BEFORE, first));
      back.addAll(0, records(page));
    }
    assertThat(back).as("seed %s", seed).isEqualTo(forward);
  }

  @Test
  void newRecordsDoNotShiftAPageBehindThem() {
    fill(1);
    Page<Listed<String>> first = page(ALL, PageQuery.first(5));
    List<String> key = first.items().getLast().key();
    List<String> next = records(page(ALL, new PageQuery(5, Seek.AFTER, key)));

    fixture.update(Fixture.named("later"));
    trail().remember(refused(5_000_000, CUSTOMER));

    assertThat(records(page(ALL, new PageQuery(5, Seek.AFTER, key)))).isEqualTo(next);
  }

  @Test
  void periodCutsChangesAndRefusalsExactly() {
    fixture.clock().advance(Duration.ofDays(2));
    Instant then = fixture.clock().instant();
    fixture.update(Fixture.named("then"));
    trail().remember(refused(1_000, CUSTOMER));
    fixture.clock().advance(Duration.ofDays(2));
    fixture.update(Fixture.named("later"));
    trail().remember(refused(2_000, CUSTOMER));

    assertThat(everything(new AuditQuery(PARTNER, null, then, then))).hasSize(4);
    assertThat(everything(new AuditQuery(PARTNER, null, then.plusNanos(1_000), NEVER))).hasSize(4);
    assertThat(everything(new AuditQuery(PARTNER, null, then, NEVER))).hasSize(8);
    assertThat(everything(new AuditQuery(PARTNER, null, then.plusNanos(1_000), then))).isEmpty();
  }

  /** The clock of a machine may be set back a little. */
  @Test
  void rowsWrittenBeforeTheClockWasSetBackAreFound() {
    fixture.clock().advance(Duration.ofMinutes(30));
    fixture.update(Fixture.named("ahead"));
    Instant ahead = fixture.clock().instant();
    fixture.clock().advance(Duration.ofMinutes(-30));
    for (int i = 0; i < 20; i++) {
      fixture.update(Fixture.named("n" + i));
    }

    assertThat(everything(new AuditQuery(PARTNER, null, ahead, NEVER))).hasSize(2);
  }

  @Test
  void partnersSeeTheirOwnOnly() throws SQLException {
    fixture.directory().partners().create(new Partner(OTHER, "Other"));
    ChangeRequest theirs = requestOf(OTHER, 1);
    CustomerId customer = new CustomerId(new UUID(4, 4));
    fixture
        .directory()
        .customers()
        .create(new NewCustomer(customer, "Theirs", "theirs.example"), theirs);
    trail()
        .remember(
            new RefusedRequest(
                requestOf(OTHER, 2), CUSTOMER, "any", null, new RefusedRequest.Reason(1, "x")));

    assertThat(everything(new AuditQuery(OTHER, null, EVER, NEVER)))
        .containsExactly("refused 1 b", "refused 1 a", customer + "/1 b", customer + "/1 a");
    assertThat(everything(ALL)).noneMatch(name -> name.contains(customer.toString()));
    assertThat(trail().change(PARTNER, customer, 1)).isEmpty();
    assertThat(trail().change(OTHER, customer, 1)).isPresent();
    assertThat(trail().refusal(PARTNER, lastRefusal())).isEmpty();
    assertThat(trail().refusal(OTHER, lastRefusal()))
        .hasValueSatisfying(entry -> assertThat(entry.customerName()).isNull());
  }

  private static ChangeRequest requestOf(PartnerId partner, long id) {
    UUID uuid = new UUID(9, id);
    return new ChangeRequest(
        Actor.operator(partner), uuid, uuid, new Fingerprint(9, id), new Fingerprint(0, 0));
  }

  /** The partner goes on knowing the name that it knew last, and no later one. */
  @Test
  void nameStaysAsItWasWhenTheRelationshipEnded() throws SQLException {
    fixture.directory().customers().removeRelationship(SECOND, Fixture.request());
    fixture.sql("update customers set company_name = 'Renamed'");

    assertThat(trail().change(PARTNER, SECOND, 1))
        .hasValueSatisfying(entry -> assertThat(entry.customerName()).isEqualTo("Second"));
  }

  @Test
  void whoIsNotKnownIsNamedByTheirId() {
    assertThat(trail().change(PARTNER, SECOND, 1))
        .hasValueSatisfying(entry ->
            assertThat(entry.who())
                .isEqualTo(
                    new AuditEntry.Who(
                        PARTNER,
                        Fixture.request().actor().agent().orElseThrow().toString(),
                        Fixture.request().actor().application().toString())));
  }

  @Test
  void noMoreThanSoManyRefusalsOfAPartnerAreKept() throws SQLException {
    String id = fixture.store().literal(PARTNER.value());
    long now = fixture.clock().instant().toEpochMilli() * 1_000;
    for (int number = 1; number <= 12_000; number += 1_000) {
      fixture.sql(
          IntStream.range(number, number + 1_000)
              .mapToObj(i ->
                  "(%d, %s, 1, 1, %d, %s, %s, %s, 'any', 1, 'x')"
                      .formatted(i, id, now, id, id, fixture.store().bytes("" + i)))
              .collect(
                  Collectors.joining(
                      ",",
                      "insert into refused_requests (number, partner_id, after_position, after_seq,"
                          + " at, application_id, correlation_id, request_key, operation, code,"
                          + " description) values ",
                      "")));
    }

    trail().remember(refused(1_000_000, null));

    assertThat(fixture.count("select count(*) from refused_requests"))
        .isEqualTo(RefusedRequests.KEPT);
    assertThat(fixture.count("select count(*) from refused_requests where number > 12000"))
        .isEqualTo(1);
  }

  @Test
  void oldRefusalsGo() throws SQLException {
    trail().remember(refused(1_000, CUSTOMER));
    fixture.clock().advance(AuditTrail.RETENTION.plusSeconds(1));
    fixture.reopen();
    trail().remember(refused(2_000, CUSTOMER));

    assertThat(fixture.count("select count(*) from refused_requests")).isEqualTo(1);
    assertThat(trail().refusal(PARTNER, lastRefusal())).isPresent();
  }

  /** A store of the version before has rows on both sides of what its index had reached. */
  @Test
  @Tag("sqlite") // PostgreSQL came later
  void storeOfTheVersionBeforeIsTakenOver() throws SQLException {
    List<String> expected = fill(2).stream().filter(name -> !name.startsWith("refused")).toList();
    fixture.directory().close();
    fixture.sql("drop table journal_of_partners");
    fixture.sql("drop table refused_requests");
    fixture.sql("drop table former_company_names");
    fixture.sql("drop table former_actors");
    dropGrants();
    dropOperators();
    fixture.sql("drop table granular_roles");
    fixture.sql("drop table external_issuers");
    fixture.sql("drop table application_keys");
    fixture.sql("drop table used_assertions");
    fixture.sql("drop table second_factors");
    fixture.sql("drop table recovery_codes");
    fixture.sql("drop table leases");
    fixture.sql("drop table dashboard_sessions");
    fixture.sql("drop table issuer_sign_ins");
    fixture.sql("drop index licenses_sku");
    fixture.sql("drop view journal_waiting");
    fixture.sql("drop table journal_runs");
    fixture.sql("drop table journal_slices");
    fixture.sql("alter table refresh_tokens drop column is_multi_factor");
    fixture.sql("delete from schema_history where cast(version as integer) >= 5");

    fixture.reopen();

    assertThat(everything(ALL)).isEqualTo(expected);
  }

  /** What the version after that of operators brought. */
  private void dropGrants() throws SQLException {
    for (String statement :
        List.of(
            "drop table authorization_codes",
            "drop table device_codes",
            "alter table signing_keys drop column token_seconds",
            "alter table signing_keys drop column verifies_until",
            "alter table applications drop column redirect_uris")) {
      fixture.sql(statement);
    }
  }

  /** What the versions after brought. */
  private void dropOperators() throws SQLException {
    for (String statement :
        List.of(
            "drop table operators",
            "drop table application_secrets",
            "drop index agents_partner",
            "drop index applications_partner",
            "drop index refresh_tokens_agent",
            "drop index refresh_tokens_application",
            "alter table partners drop column allows_app_only_users",
            "alter table partners drop column password_profile",
            "alter table partners drop column is_disabled",
            "alter table agents drop column is_disabled",
            "alter table applications drop column is_disabled",
            "alter table applications drop column is_confidential",
            "alter table applications add column secret_hash blob")) {
      fixture.sql(statement);
    }
  }

  @Test
  void whatIsOlderThanTheRetentionIsNotTold() throws SQLException {
    trail().remember(refused(1_000, CUSTOMER));
    long number = lastRefusal();

    fixture.clock().advance(AuditTrail.RETENTION);
    assertThat(trail().change(PARTNER, SECOND, 1)).isPresent();
    assertThat(trail().refusal(PARTNER, number)).isPresent();
    assertThat(trail().change(PARTNER, SECOND, 2)).isEmpty();

    fixture.clock().advance(Duration.ofNanos(1_000));
    assertThat(trail().change(PARTNER, SECOND, 1)).isEmpty();
    assertThat(trail().refusal(PARTNER, number)).isEmpty();
  }

  @Test
  void refusalIsToldAsItWasRemembered() throws SQLException {
    fixture.application();
    ChangeRequest request = Fixture.request();
    Actor onItsOwn = new Actor(PARTNER, null, request.actor().application());
    RefusedRequest.Reason reason = new RefusedRequest.Reason(2_000, "Why");
    ChangeRequest alone =
        new ChangeRequest(
            onItsOwn,
            request.requestId(),
            request.correlationId(),
            request.key(),
            request.bodyHash());
    trail().remember(new RefusedRequest(alone, SECOND, "users.get", "someone", reason));
    trail().remember(new RefusedRequest(alone, null, "again", null, reason));

    assertThat(fixture.count("select count(*) from refused_requests")).isEqualTo(1);
    assertThat(trail().refusal(PARTNER, lastRefusal()))
        .contains(
            new AuditEntry(
                fixture.clock().instant(),
                new AuditEntry.Who(PARTNER, null, "App"),
                SECOND,
                "Second",
                request.correlationId(),
                new AuditEntry.Refusal(lastRefusal(), "users.get", "someone", reason)));
  }

  @Test
  void whoRunsTheServerHasNoNameAndWhoIsGoneHasTheLastOne() throws SQLException {
    ChangeRequest byOperator =
        ChangeRequest.once(Actor.operator(PARTNER, new UUID(6, 6)), new UUID(77, 1));
    fixture.update(Fixture.named("By an operator"), new EntityTag.Any(), byOperator);
    fixture.sql(
        "insert into former_actors (partner_id, actor_id, name) values (%s, %s, 'gone@example')"
            .formatted(
                fixture.store().literal(PARTNER.value()),
                fixture.store().literal(Fixture.request().actor().agent().orElseThrow().value())));

    assertThat(trail().change(PARTNER, CUSTOMER, 3))
        .hasValueSatisfying(
            entry -> assertThat(entry.who()).isEqualTo(new AuditEntry.Who(PARTNER, null, null)));
    assertThat(trail().change(PARTNER, SECOND, 1))
        .hasValueSatisfying(entry -> assertThat(entry.who().agent()).isEqualTo("gone@example"));
  }

  @Test
  @Tag("sqlite") // each is a transaction, which takes longer on a server
  void oldRefusalsGoWithEach256th() throws SQLException {
    trail().remember(refused(1_000, CUSTOMER));
    fixture.clock().advance(AuditTrail.RETENTION.plusNanos(1_000));

    rememberAll(1_001, 1_256);
    assertThat(fixture.count("select count(*) from refused_requests")).isEqualTo(256);

    rememberAll(1_256, 1_257);
    assertThat(fixture.count("select count(*) from refused_requests")).isEqualTo(256);
  }

  private void rememberAll(long from, long to) {
    for (long id = from; id < to; id++) {
      trail().remember(refused(id, null));
    }
  }

  @Test
  void onlyRecordsThatAreWantedFillAPage() {
    trail().remember(refused(1_000, CUSTOMER));

    Page<Listed<String>> page =
        trail().page(ALL, PageQuery.first(1), this::two, record -> record.endsWith(" a"));
    Page<Listed<String>> next =
        trail()
            .page(
                ALL,
                new PageQuery(2, Seek.AFTER, page.items().getLast().key()),
                this::two,
                record -> record.endsWith(" a"));

    assertThat(records(page)).containsExactly("refused 1 a");
    assertThat(records(next)).containsExactly(SECOND + "/1 a", CUSTOMER + "/2 a");
    assertThat(next.hasNext()).isTrue();
  }
}
