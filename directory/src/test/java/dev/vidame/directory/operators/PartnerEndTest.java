package dev.vidame.directory.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.Together;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A partner that is deleted, and customers that are about to become its own at the same time. */
class PartnerEndTest {
  @TempDir private static Path folder;
  private static Fixture fixture;

  private final PartnerId partner = new PartnerId(UUID.randomUUID());
  private final CustomerId customer = new CustomerId(UUID.randomUUID());
  private final String domain = customer + ".example";
  private int rows;

  @BeforeAll
  static void open() throws SQLException {
    fixture = new Fixture(folder);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void create() {
    fixture.directory().partners().create(new Partner(partner, "Going"));
    rows = fixture.directory().journal(Fixture.CUSTOMER, 0, 100).size();
  }

  /** How a partner comes by a customer. */
  enum Way {
    CREATION,
    CREATION_BY_A_SANDBOX,
    CREATION_WITH_AN_ADMINISTRATOR,
    RELATIONSHIP
  }

  private ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(partner), UUID.randomUUID());
  }

  /** Whether the partner has another customer. */
  private boolean comesBy(Way way) {
    try {
      switch (way) {
        case CREATION, CREATION_BY_A_SANDBOX -> createBare();
        case CREATION_WITH_AN_ADMINISTRATOR -> {
          var _ =
              fixture.directory().customers().create(customer, Fixture.creation(domain), request());
        }
        case RELATIONSHIP -> {
          return fixture
              .directory()
              .relationships()
              .add(partner, Fixture.CUSTOMER, request())
              .isPresent();
        }
      }
      return true;
    } catch (DirectoryException e) {
      assertThat(e.failure()).isEqualTo(new Failure.NoRelationship());
      return false;
    }
  }

  private void createBare() {
    fixture.directory().customers().create(new NewCustomer(customer, "New", domain), request());
  }

  private boolean isDeleted() {
    try {
      return fixture.directory().partnerRegistry().delete(partner, request()).isPresent();
    } catch (DirectoryException e) {
      assertThat(e.failure())
          .isEqualTo(
              new Failure.Invalid(List.of(Problem.of("customers", Rule.PARTNER_HAS_CUSTOMERS))));
      return false;
    }
  }

  private void beASandboxFor(Way way) throws SQLException {
    if (way == Way.CREATION_BY_A_SANDBOX) {
      fixture.sql(
          "update partners set sandbox = 1 where partner_id = "
              + fixture.store().literal(partner.value()));
    }
  }

  private long relationships() throws SQLException {
    return fixture.count(
        "select count(*) from relationships where partner_id = "
            + fixture.store().literal(partner.value()));
  }

  private void assertNothingBegan() throws SQLException {
    assertThat(fixture.directory().partnerRegistry().get(partner)).isEmpty();
    assertThat(relationships()).isZero();
    assertThat(fixture.directory().journal(Fixture.CUSTOMER, 0, 100)).hasSize(rows);
    assertThat(fixture.tablesWith(customer)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void partnerThatIsGoneComesByNoCustomer(Way way) throws SQLException {
    beASandboxFor(way);
    assertThat(isDeleted()).isTrue();

    assertThat(comesBy(way)).isFalse();

    assertNothingBegan();
  }

  /** The relationship is about to be stored when the partner's deletion looks for one. */
  @ParameterizedTest
  @EnumSource
  @Tag("postgresql")
  @Timeout(60)
  void partnerThatIsComingByACustomerStays(Way way) throws Exception {
    beASandboxFor(way);

    List<Boolean> done =
        Together.runIntoLock(
            fixture.store(),
            "lock table relationships in share mode",
            List.of(() -> comesBy(way), this::isDeleted));

    assertThat(done).containsExactly(true, false);
    assertThat(fixture.directory().partnerRegistry().get(partner)).isPresent();
    assertThat(relationships()).isEqualTo(1);
  }

  /** The deletion has found no relationship and is about to take the partner's tokens. */
  @ParameterizedTest
  @EnumSource
  @Tag("postgresql")
  @Timeout(60)
  void partnerThatIsBeingDeletedComesByNoCustomer(Way way) throws Exception {
    beASandboxFor(way);

    List<Boolean> done =
        Together.runIntoLock(
            fixture.store(),
            "lock table refresh_tokens in share mode",
            List.of(this::isDeleted, () -> comesBy(way)));

    assertThat(done).containsExactly(true, false);
    assertNothingBegan();
  }

  /** Another server that creates a customer holds the partner as here. */
  @Test
  @Tag("postgresql")
  @Timeout(60)
  void customersOfOnePartnerAreCreatedSideBySide() throws SQLException {
    try (Connection other = fixture.store().connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select 1 from partners for key share");

      createBare();
    }

    assertThat(relationships()).isEqualTo(1);
  }
}
