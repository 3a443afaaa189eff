package dev.vidame.directory.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.customers.CustomerQuery.Sort;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.paging.PageQuery.Seek;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
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
  void domainOfAnotherCustomerIsAConflictAndNothingIsStored() throws SQLException {
    Failure failure =
        catchThrowableOfType(
                DirectoryException.class, () -> create(1, Fixture.DOMAIN.toUpperCase(Locale.ROOT)))
            .failure();

    assertThat(failure).isEqualTo(new Failure.DomainTaken(Fixture.DOMAIN));
    assertThat(fixture.tablesWith(new CustomerId(new UUID(1, 1)))).isEmpty();
  }

  @Test
  void pagesHoldEachCustomerOfThePartnerOnceAndNobodyElses() {
    for (int i = 1; i <= 5; i++) {
      create(i, "c" + i + ".example");
    }

    for (Sort sort : Sort.values()) {
      for (boolean isDescending : List.of(false, true)) {
        CustomerQuery query = new CustomerQuery(null, sort, isDescending);
        assertIsWalkedInBothDirections(query);
      }
    }
    PartnerId stranger = new PartnerId(new UUID(9, 9));
    assertThat(customers().page(stranger, CustomerQuery.all(), PageQuery.first(4)).items())
        .isEmpty();
  }

  private void assertIsWalkedInBothDirections(CustomerQuery query) {
    Page<Customer> first = customers().page(Fixture.PARTNER, query, PageQuery.first(4));
    List<String> end = query.key(first.items().getLast());
    Page<Customer> second =
        customers().page(Fixture.PARTNER, query, new PageQuery(4, Seek.AFTER, end));
    List<String> start = query.key(second.items().getFirst());
    Page<Customer> back =
        customers().page(Fixture.PARTNER, query, new PageQuery(4, Seek.BEFORE, start));

    List<Customer> all = new ArrayList<>(first.items());
    all.addAll(second.items());
    Comparator<Customer> order =
        Comparator.<Customer, String>comparing(customer -> query.key(customer).getFirst())
            .thenComparing(customer -> customer.id().toString());
    assertThat(all)
        .hasSize(6)
        .isSortedAccordingTo(query.isDescending() ? order.reversed() : order)
        .doesNotHaveDuplicates();
    assertThat(first.hasPrevious()).isFalse();
    assertThat(second.hasNext()).isFalse();
    assertThat(back.items()).isEqualTo(first.items());
    assertThat(back.hasPrevious()).isFalse();
  }

  @Test
  void conditionLeavesOthersOut() {
    create(1, "c1.example");
    Customer wanted = create(2, "c2.example");

    Page<Customer> page =
        customers()
            .page(
                Fixture.PARTNER,
                new CustomerQuery(wanted::equals, Sort.DOMAIN, false),
                PageQuery.first(4));

    assertThat(page.items()).containsExactly(wanted);
    assertThat(page.hasNext()).isFalse();
  }
}
