package dev.vidame.directory.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomersTest {
  private static final CustomerId NOBODY = new CustomerId(new UUID(0, 0));

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

  private Customers customers() {
    return fixture.directory().customers();
  }

  private Customer create(long id, String domain) {
    return customers()
        .create(
            new NewCustomer(new CustomerId(new UUID(1, id)), "Customer " + id, domain),
            Fixture.request());
  }

  @Test
  void createdCustomerIsFoundWithItsDomainInLowerCase() {
    Customer created = create(1, "Contoso.Example");

    assertThat(created.defaultDomain()).isEqualTo("contoso.example");
    assertThat(customers().get(created.id())).contains(created);
    assertThat(customers().get(NOBODY)).isEmpty();
    assertThat(fixture.directory().verifyJournal(created.id()).verifiedUpTo()).isEqualTo(1);
  }

  @Test
  void domainOfAnotherCustomerIsAConflictAndNothingIsStored() {
    Failure failure =
        catchThrowableOfType(
                DirectoryException.class, () -> create(1, Fixture.DOMAIN.toUpperCase(Locale.ROOT)))
            .failure();

    assertThat(failure).isEqualTo(new Failure.Conflict("companyProfile.domain"));
    assertThat(customers().get(new CustomerId(new UUID(1, 1)))).isEmpty();
  }

  @Test
  void pagesHoldEachCustomerOfThePartnerOnceAndNobodyElses() {
    for (int i = 1; i <= 5; i++) {
      create(i, "c" + i + ".example");
    }

    List<Customer> first = customers().page(Fixture.PARTNER, NOBODY, 4);
    List<Customer> second = customers().page(Fixture.PARTNER, first.getLast().id(), 4);

    assertThat(first).hasSize(4);
    assertThat(second).hasSize(2).doesNotContainAnyElementsOf(first);
    assertThat(customers().page(new PartnerId(new UUID(9, 9)), NOBODY, 4)).isEmpty();
  }
}
