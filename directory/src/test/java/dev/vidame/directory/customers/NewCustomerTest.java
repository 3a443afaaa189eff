package dev.vidame.directory.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Customers with an id of the creator's choice. */
class NewCustomerTest {
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

  private Failure refusal(CustomerId id, String domain) {
    return catchThrowableOfType(
            DirectoryException.class,
            () ->
                fixture
                    .directory()
                    .customers()
                    .create(new NewCustomer(id, "Another", domain), Fixture.request()))
        .failure();
  }

  @Test
  void takenIdIsAConflict() {
    assertThat(refusal(Fixture.CUSTOMER, "another.example")).isEqualTo(new Failure.Conflict("id"));
  }

  @Test
  void domainThatIsNoneIsNotTaken() {
    assertThat(refusal(new CustomerId(new UUID(4, 4)), "nodot"))
        .isEqualTo(new Failure.Invalid(List.of(Problem.of("domain", Rule.MALFORMED_DOMAIN))));
  }
}
