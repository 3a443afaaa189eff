package dev.vidame.directory.customers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Fixture;
import dev.vidame.directory.Together;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request that creates a customer and comes again brings another id for it. */
class CreationReplayTest {
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

  private CustomerId create(long number, ChangeRequest request) {
    return fixture
        .directory()
        .customers()
        .create(new CustomerId(new UUID(3, number)), Fixture.creation("again.example"), request)
        .details()
        .customer()
        .id();
  }

  @Test
  void sameRequestMakesOneCustomer() {
    ChangeRequest request = Fixture.request();

    CustomerId first = create(1, request);

    assertThat(create(2, request)).isEqualTo(first);
  }

  @Test
  void sameRequestAtOnceMakesOneCustomer() throws Exception {
    ChangeRequest request = Fixture.request();

    List<CustomerId> made = Together.run(8, id -> () -> create(id, request));

    assertThat(made).containsOnly(made.getFirst());
    assertThat(fixture.count("select count(*) from domains where domain = 'again.example'"))
        .isEqualTo(1);
  }
}
