package dev.vidame.directory.customers;

import static dev.vidame.directory.Fixture.creation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.Together;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Standings.Standing;
import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import dev.vidame.wire.VerifiedDomain;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of customers that end. */
class CustomerEndTest {
  /** Tables with a customer's id that outlive the customer: what happened, and whose it was. */
  private static final Set<String> OUTLIVING =
      Set.of(
          "journal",
          "journal_heads",
          "unchanged_requests",
          "former_customers",
          "former_company_names",
          "refused_requests");

  private static final int WRITERS = 16;

  private static final CustomerId CUSTOMER = new CustomerId(new UUID(1, 1));

  @TempDir private Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
    fixture.sql("update partners set sandbox = 1");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Customers customers() {
    return fixture.directory().customers();
  }

  private Set<String> tablesOfCustomers() throws SQLException {
    return fixture.store().tables().entrySet().stream()
        .filter(table -> table.getValue().contains("customer_id"))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void nothingOfADeletedCustomerIsLeftInAnyTable() throws SQLException {
    customers().create(CUSTOMER, creation("a.example"), Fixture.request());
    Set<String> tables = tablesOfCustomers();
    tables.removeAll(OUTLIVING);
    assertThat(tables).contains("users", "passwords", "role_members", "customer_profiles");

    customers().delete(CUSTOMER, Fixture.request());

    for (String table : tables) {
      assertThat(
              fixture.count(
                  "select count(*) from "
                      + table
                      + " where customer_id = "
                      + fixture.store().literal(CUSTOMER.value())))
          .as(table)
          .isZero();
    }
    assertThat(tables).containsExactlyInAnyOrderElementsOf(CustomerTable.TABLES_OF_A_CUSTOMER);
    assertThat(fixture.count("select count(*) from users")).isEqualTo(1);
  }

  @Test
  void customerThatCameBackUnderItsIdIsDeletedAgain() {
    customers().create(CUSTOMER, creation("a.example"), Fixture.request());
    customers().delete(CUSTOMER, Fixture.request());
    assertThat(standing(CUSTOMER).isFormer()).isTrue();
    BillingProfile before =
        customers().create(CUSTOMER, creation("b.example"), Fixture.request()).details().billing();

    assertThat(standing(CUSTOMER).hasRelationship()).isTrue();
    assertThat(customers().details(CUSTOMER).billing()).isEqualTo(before);
    customers().delete(CUSTOMER, Fixture.request());

    assertThat(standing(CUSTOMER).isFormer()).isTrue();
    assertThat(fixture.directory().verifyJournal(CUSTOMER).isIntact()).isTrue();
  }

  /** Whoever was let in before the deletion and comes to the store after it. */
  @Test
  void writersBesideADeletionLeaveNothingBehind()
      throws SQLException, InterruptedException, ExecutionException {
    customers().create(CUSTOMER, creation("a.example"), Fixture.request());

    Together.run(
        WRITERS,
        i ->
            () -> {
              try {
                write(i);
              } catch (DirectoryException e) {
                assertThat(e.failure())
                    .isInstanceOfAny(Failure.TenantGone.class, Failure.Invalid.class);
              }
              return i;
            });

    assertThat(standing(CUSTOMER).isFormer()).isTrue();
    for (String table : CustomerTable.TABLES_OF_A_CUSTOMER) {
      assertThat(
              fixture.count(
                  "select count(*) from "
                      + table
                      + " where customer_id = "
                      + fixture.store().literal(CUSTOMER.value())))
          .as(table)
          .isZero();
    }
    assertThat(fixture.directory().verifyJournal(CUSTOMER).isIntact()).isTrue();
  }

  private void write(int i) {
    switch (i % 4) {
      case 0 ->
          fixture
              .directory()
              .users()
              .create(
                  CUSTOMER,
                  new UserId(new UUID(4, i)),
                  CustomerUserUpdate.builder()
                      .userPrincipalName("u" + i + "@a.example")
                      .displayName("x")
                      .passwordProfile(PasswordProfile.temporary("abCD123*"))
                      .build(),
                  Fixture.request());
      case 1 ->
          customers()
              .addDomain(
                  CUSTOMER,
                  new VerifiedDomain("d" + i + ".example", false, "none"),
                  Fixture.request());
      case 2 ->
          customers()
              .replaceBilling(
                  CUSTOMER,
                  Objects.requireNonNull(creation("a.example").billingProfile()),
                  null,
                  Fixture.request());
      default -> customers().delete(CUSTOMER, Fixture.request());
    }
  }

  @Test
  void standingTellsADeletedCustomerFromOneThatNeverWas() {
    customers().create(CUSTOMER, creation("a.example"), Fixture.request());
    assertThat(standing(CUSTOMER)).isEqualTo(new Standing(Set.of(), true, false));

    customers().delete(CUSTOMER, Fixture.request());

    assertThat(standing(CUSTOMER)).isEqualTo(new Standing(Set.of(), false, true));
    assertThat(standing(CUSTOMER)).isEqualTo(new Standing(Set.of(), false, true));
    assertThat(standing(new CustomerId(new UUID(9, 9))))
        .isEqualTo(new Standing(Set.of(), false, false));
  }

  private Standing standing(CustomerId customer) {
    return fixture.directory().standings().of(fixture.application(), customer).orElseThrow();
  }

  @Test
  void customerThatABusinessPartnerSharesIsNotDeleted() throws SQLException {
    customers().create(CUSTOMER, creation("a.example"), Fixture.request());
    PartnerId other = new PartnerId(new UUID(3, 3));
    fixture.directory().partners().create(new Partner(other, "Business"));
    assertThat(fixture.directory().partners().get(Fixture.PARTNER).orElseThrow().isSandbox())
        .isTrue();
    fixture.sql(
        "insert into relationships (customer_id, partner_id, since) values (%s, %s, 0)"
            .formatted(
                fixture.store().literal(CUSTOMER.value()), fixture.store().literal(other.value())));

    assertThatThrownBy(() -> customers().delete(CUSTOMER, Fixture.request()))
        .isInstanceOf(DirectoryException.class)
        .extracting(thrown -> ((DirectoryException) thrown).failure())
        .isEqualTo(new Failure.NotSandbox());
  }

  /** The limit holds for whoever creates, the operator too. */
  @Test
  void sandboxIsFullWithItsLastPlace() {
    for (int i = 1; i < 75; i++) {
      customers()
          .create(
              new NewCustomer(new CustomerId(new UUID(2, i)), "C", "c" + i + ".example"),
              Fixture.request());
    }

    assertThatThrownBy(() -> customers().create(CUSTOMER, creation("a.example"), Fixture.request()))
        .isInstanceOf(DirectoryException.class)
        .extracting(thrown -> ((DirectoryException) thrown).failure())
        .isEqualTo(new Failure.SandboxLimit());
  }

  /** Both have looked, or wait for their turn, before either can go on. */
  @Test
  @Tag("postgresql")
  @Timeout(60)
  void lastPlaceOfASandboxGoesToOneOfTwo() throws Exception {
    for (int i = 2; i < 75; i++) {
      customers()
          .create(
              new NewCustomer(new CustomerId(new UUID(2, i)), "C", "c" + i + ".example"),
              Fixture.request());
    }

    List<Boolean> made =
        Together.runIntoLock(
            fixture.store(),
            "lock table domains in share mode",
            List.of(() -> isCreated("one"), () -> isCreated("two")));

    assertThat(made).containsExactlyInAnyOrder(true, false);
  }

  private boolean isCreated(String name) {
    try {
      customers()
          .create(
              new NewCustomer(new CustomerId(UUID.randomUUID()), name, name + ".example"),
              Fixture.request());
      return true;
    } catch (DirectoryException e) {
      assertThat(e.failure()).isEqualTo(new Failure.SandboxLimit());
      return false;
    }
  }

  @Test
  void tagsOfACustomerAreAllDifferent() {
    Set<String> tags = new HashSet<>();
    for (long version = 1; version <= 100_000; version++) {
      tags.add(DerivedIds.tag(CUSTOMER, version));
    }

    assertThat(tags).hasSize(100_000);
    assertThat(DerivedIds.tag(Fixture.CUSTOMER, 1)).isNotIn(tags);
  }
}
