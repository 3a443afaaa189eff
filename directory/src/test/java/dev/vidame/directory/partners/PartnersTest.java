package dev.vidame.directory.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.PasswordHashing;
import dev.vidame.directory.Together;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.partners.SigningKeys.StoredKey;
import dev.vidame.directory.partners.Standings.Bearer;
import dev.vidame.directory.partners.Standings.Standing;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartnersTest {
  private static final AgentId AGENT = new AgentId(new UUID(1, 1));
  private static final ApplicationId APPLICATION = new ApplicationId(new UUID(1, 2));
  private static final Bearer BEARER = new Bearer(Fixture.PARTNER, APPLICATION, null, AGENT);

  @TempDir private Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void createApplication() {
    fixture
        .directory()
        .partners()
        .createApplication(new Application(APPLICATION, Fixture.PARTNER, "App", true), "secret");
  }

  private Agent create(AgentId id, String name) {
    Agent agent =
        new Agent(id, Fixture.PARTNER, name, "Agent", Set.of(Role.ADMIN_AGENT, Role.SALES_AGENT));
    return fixture.directory().partners().createAgent(agent, "Correct-Horse-7");
  }

  @Test
  void agentSignsInWithItsPasswordAndItsNameInAnyCase() {
    Agent agent = create(AGENT, "Admin@Partner.Example");
    Partners partners = fixture.directory().partners();

    assertThat(partners.signIn("admin@partner.example", "Correct-Horse-7")).contains(agent);
    assertThat(partners.signIn("admin@partner.example", "correct-horse-7")).isEmpty();
    assertThat(partners.signIn("nobody@partner.example", "Correct-Horse-7")).isEmpty();
  }

  @Test
  void weakerHashIsReplacedWhenItsPasswordIsThereAndNobodyIsSignedOut() throws SQLException {
    Agent agent = create(AGENT, "admin@partner.example");
    String weak = mark();
    byte[] key = SecretHash.of("a browser's");
    DashboardSessions.Limits limits =
        new DashboardSessions.Limits(Duration.ofHours(1), Duration.ofHours(2), 5, 5);
    fixture
        .directory()
        .dashboardSessions()
        .start(key, new DashboardSessions.Who(agent, weak, false, null), limits);
    PasswordHashing doubled = new PasswordHashing(1, 2 * PasswordHashing.LEAST_MEMORY_KIB);
    fixture.reopen(Fixture.OPTIONS.withHashing(doubled));

    assertThat(prove("Wrong-Horse-7")).isEmpty();
    assertThat(mark()).as("a wrong password changes nothing").isEqualTo(weak);
    String strong = prove("Correct-Horse-7").orElseThrow().mark();

    assertThat(strong).isNotEqualTo(weak).isEqualTo(mark());
    assertThat(prove("Correct-Horse-7").orElseThrow().mark())
        .as("it is replaced once")
        .isEqualTo(strong);
    assertThat(fixture.directory().dashboardSessions().find(key, limits)).isPresent();
    fixture.reopen();
    assertThat(prove("Correct-Horse-7").orElseThrow().mark())
        .as("a stronger one stays")
        .isEqualTo(strong);
  }

  /** As if another sign-in, or another password, came between the check and the new hash. */
  @Test
  void hashThatIsAnotherByNowIsNotReplaced() throws SQLException {
    Agent agent = create(AGENT, "admin@partner.example");
    String before = mark();

    AgentTable.Stored stale = new AgentTable.Stored(agent, "the hash of a password before");

    try (Transactions transactions = fixture.store().transactions()) {
      assertThat(
              transactions.<Boolean>writeShared(
                  session -> AgentTable.replaceHash(session, stale, "its hash anew")))
          .isFalse();
    }

    assertThat(mark()).isEqualTo(before);
  }

  private Optional<Partners.Proved> prove(String password) {
    return fixture.directory().partners().prove("admin@partner.example", password);
  }

  private String mark() {
    return fixture.directory().partners().proved(AGENT).orElseThrow().mark();
  }

  @Test
  void nameWithLettersOutsideAsciiSignsInAsItIsWritten() {
    Agent agent = create(AGENT, "ÄB@partner.example");

    assertThat(fixture.directory().partners().signIn("ÄB@PARTNER.example", "Correct-Horse-7"))
        .contains(agent);
  }

  @Test
  void nameOfAnotherAgentIsAConflict() {
    create(AGENT, "admin@partner.example");

    Failure failure =
        catchThrowableOfType(
                DirectoryException.class,
                () -> create(new AgentId(new UUID(1, 9)), "ADMIN@partner.example"))
            .failure();

    assertThat(failure).isEqualTo(new Failure.Conflict("userPrincipalName"));
  }

  @Test
  void idOfAnotherIsAConflictAndTheOtherStays() {
    Partners partners = fixture.directory().partners();
    Agent agent = create(AGENT, "admin@partner.example");
    createApplication();

    assertIdIsTaken(() -> partners.create(new Partner(Fixture.PARTNER, "Other")));
    assertIdIsTaken(() -> create(AGENT, "other@partner.example"));
    assertIdIsTaken(() ->
        partners.createApplication(
            new Application(APPLICATION, Fixture.PARTNER, "Other", true), "other"));

    assertThat(partners.get(Fixture.PARTNER)).map(Partner::name).contains("Partner");
    assertThat(partners.signIn("admin@partner.example", "Correct-Horse-7")).contains(agent);
    assertThat(partners.signIn("other@partner.example", "Correct-Horse-7")).isEmpty();
    assertThat(partners.application(APPLICATION)).map(Application::name).contains("App");
  }

  private static void assertIdIsTaken(ThrowingCallable creation) {
    assertThat(catchThrowableOfType(DirectoryException.class, creation).failure())
        .isEqualTo(new Failure.Conflict("id"));
  }

  @Test
  void standingTellsRolesAndRelationship() {
    create(AGENT, "admin@partner.example");
    createApplication();
    Standings standings = fixture.directory().standings();
    CustomerId unknown = new CustomerId(new UUID(9, 9));

    assertThat(standings.of(BEARER, Fixture.CUSTOMER))
        .contains(new Standing(Set.of(Role.ADMIN_AGENT, Role.SALES_AGENT), true));
    assertThat(standings.of(BEARER, unknown))
        .contains(new Standing(Set.of(Role.ADMIN_AGENT, Role.SALES_AGENT), false));
    assertThat(
            standings.of(
                new Bearer(new PartnerId(new UUID(8, 8)), APPLICATION, null, AGENT),
                Fixture.CUSTOMER))
        .isEmpty();
  }

  @Test
  void standingIsNewRightAfterARelationshipBegins() {
    create(AGENT, "admin@partner.example");
    createApplication();
    Standings standings = fixture.directory().standings();
    for (int i = 0; i < 100; i++) {
      CustomerId customer = new CustomerId(new UUID(7, i));
      assertThat(standings.of(BEARER, customer).orElseThrow().hasRelationship()).isFalse();

      fixture
          .directory()
          .customers()
          .create(new NewCustomer(customer, "Customer", "c" + i + ".example"), Fixture.request());

      assertThat(standings.of(BEARER, customer).orElseThrow().hasRelationship()).isTrue();
    }
  }

  /** A reader that is slower than a change must not leave behind what it read before. */
  @Test
  void whatWasReadBeforeAChangeIsNotBelievedAfterIt() throws Exception {
    create(AGENT, "admin@partner.example");
    createApplication();
    Standings standings = fixture.directory().standings();
    AtomicInteger wrong = new AtomicInteger();

    Together.run(
        8,
        worker ->
            () -> {
              for (int i = 0; i < 50; i++) {
                CustomerId customer = new CustomerId(new UUID(8, i));
                if (worker == 0) {
                  fixture
                      .directory()
                      .customers()
                      .create(
                          new NewCustomer(customer, "Customer", "d" + i + ".example"),
                          Fixture.request());
                  boolean isSeen = standings.of(BEARER, customer).orElseThrow().hasRelationship();
                  wrong.addAndGet(isSeen ? 0 : 1);
                } else {
                  standings.of(BEARER, customer);
                }
              }
              return worker;
            });

    assertThat(wrong).hasValue(0);
  }

  @Test
  void applicationAuthenticatesWithItsSecretOnly() {
    Partners partners = fixture.directory().partners();
    Application confidential = new Application(APPLICATION, Fixture.PARTNER, "App", true);
    partners.createApplication(confidential, "a-long-random-secret");
    Application open =
        new Application(new ApplicationId(new UUID(1, 3)), Fixture.PARTNER, "Native", false);
    partners.createApplication(open, null);

    assertThat(partners.authenticate(APPLICATION, "a-long-random-secret")).contains(confidential);
    assertThat(partners.authenticate(APPLICATION, "another")).isEmpty();
    assertThat(partners.authenticate(open.id(), "")).isEmpty();
    assertThat(partners.application(open.id())).contains(open);
  }

  @Test
  void firstSigningKeyIsTheOneForEverybody() throws SQLException {
    SigningKeys keys = fixture.directory().signingKeys();
    StoredKey first = new StoredKey("a", "{}");

    assertThat(keys.loadOrCreate(() -> first)).containsExactly(first);
    fixture.reopen();
    assertThat(fixture.directory().signingKeys().loadOrCreate(() -> new StoredKey("b", "{}")))
        .containsExactly(first);
  }

  /**
   * A second process that finds no key yet, but is slower to make one, must take the first one's.
   */
  @Test
  void slowerProcessTakesTheFasterOnesKey() {
    SigningKeys keys = fixture.directory().signingKeys();
    StoredKey faster = new StoredKey("faster", "{}");

    List<StoredKey> slower =
        keys.loadOrCreate(() -> {
          keys.loadOrCreate(() -> faster);
          return new StoredKey("slower", "{}");
        });

    assertThat(slower).containsExactly(faster);
  }

  @Test
  void expiredRefreshTokensAreDeleted() throws SQLException {
    RefreshTokens tokens = fixture.directory().refreshTokens();
    RefreshTokens.Subject subject =
        new RefreshTokens.Subject(Fixture.PARTNER, AGENT, APPLICATION, "https://api.example");
    for (int i = 0; i < 10; i++) {
      tokens.issue(subject);
    }
    fixture.clock().advance(Duration.ofDays(91));

    String token = tokens.issue(subject);
    tokens.issue(subject);
    tokens.issue(subject);

    assertThat(fixture.count("select count(*) from refresh_tokens")).isEqualTo(3);
    assertThat(tokens.exchange(token, APPLICATION).map(RefreshTokens.Exchange::subject))
        .isEqualTo(Optional.of(subject));
  }
}
