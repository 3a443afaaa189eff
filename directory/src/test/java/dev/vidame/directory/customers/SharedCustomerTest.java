package dev.vidame.directory.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.OnBehalf;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A customer of two partners: what one of them may do depends on what the other has, although a
 * store may keep each from seeing what is the other's.
 */
class SharedCustomerTest {
  private static final PartnerId OTHER = new PartnerId(new UUID(2, 2));

  @TempDir private Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(TestStore.keepingApart(folder));
    fixture.directory().partners().create(new Partner(OTHER, "Other"));
    fixture.sql(
        "insert into relationships (customer_id, partner_id, since) values (%s, %s, 0)"
            .formatted(
                fixture.store().literal(Fixture.CUSTOMER.value()),
                fixture.store().literal(OTHER.value())));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void delete() {
    boolean isReplay =
        OnBehalf.of(
            Fixture.PARTNER,
            () -> fixture.directory().customers().delete(Fixture.CUSTOMER, Fixture.request()));
    assertThat(isReplay).isFalse();
  }

  private long rows(String table) throws SQLException {
    return fixture.count(
        "select count(*) from %s where customer_id = %s"
            .formatted(table, fixture.store().literal(Fixture.CUSTOMER.value())));
  }

  @Test
  void stricterPasswordProfileOfTheOtherHolds() throws SQLException {
    CustomerUserUpdate shortPassword =
        CustomerUserUpdate.builder()
            .passwordProfile(PasswordProfile.temporary("Eight-Odd-8"))
            .build();
    update(shortPassword);
    fixture.sql(
        "update partners set password_profile = 'nist' where partner_id = "
            + fixture.store().literal(OTHER.value()));

    Failure failure =
        catchThrowableOfType(DirectoryException.class, () -> update(shortPassword)).failure();

    assertThat(failure)
        .isInstanceOfSatisfying(
            Failure.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .extracting(Problem::rule)
                    .containsOnly(Rule.PASSWORD_LENGTH));
  }

  private void update(CustomerUserUpdate update) {
    OnBehalf.of(
        Fixture.PARTNER, () -> fixture.update(update, new EntityTag.Any(), Fixture.request()));
  }

  @Test
  void customerOfAPartnerThatDoesBusinessIsNotDeletedByASandbox() throws SQLException {
    fixture.sql(
        "update partners set sandbox = 1 where partner_id = "
            + fixture.store().literal(Fixture.PARTNER.value()));

    assertThat(catchThrowableOfType(DirectoryException.class, this::delete).failure())
        .isEqualTo(new Failure.NotSandbox());
    assertThat(rows("customers")).isOne();
    assertThat(rows("relationships")).isEqualTo(2);
  }

  @Test
  void deletedCustomerIsGoneForBothAndBothAreTold() throws SQLException {
    fixture.sql("update partners set sandbox = 1");

    delete();

    for (String table : CustomerTable.TABLES_OF_A_CUSTOMER) {
      assertThat(rows(table)).as(table).isZero();
    }
    assertThat(rows("former_customers")).isEqualTo(2);
    assertThat(rows("former_company_names")).isEqualTo(2);
  }
}
