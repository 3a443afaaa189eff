package dev.vidame.directory.users;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.named;
import static dev.vidame.directory.Fixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.Together;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.users.Users.Outcome;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
  private static final int WRITERS = 16;

  @TempDir private Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
  }

  @AfterEach
  void close() {
    assertThat(fixture.directory().verifyJournal(CUSTOMER).isIntact()).isTrue();
    fixture.close();
  }

  @Test
  void successesWithIfMatchAreAsManyAsVersions() throws Exception {
    int attempts = 200;
    long start = fixture.user().version();

    List<Integer> successes =
        Together.run(
            WRITERS,
            writer ->
                () -> {
                  int won = 0;
                  for (int i = 0; i < attempts; i++) {
                    long seen = fixture.user().version();
                    won += tryUpdate(writer + "-" + i, seen) ? 1 : 0;
                  }
                  return won;
                });

    int total = successes.stream().mapToInt(Integer::intValue).sum();
    assertThat(fixture.user().version()).isEqualTo(start + total);
    assertThat(fixture.directory().journal(CUSTOMER, start, 10_000)).hasSize(total);
    assertThat(total).isPositive().isLessThan(WRITERS * attempts);
  }

  private boolean tryUpdate(String name, long seen) {
    try {
      fixture.update(named(name), new EntityTag.Exactly(seen), request());
      return true;
    } catch (DirectoryException e) {
      assertThat(e.failure()).isInstanceOf(Failure.VersionMismatch.class);
      return false;
    }
  }

  @Test
  void differentFieldsBothSurviveWithoutIfMatch() throws Exception {
    for (int round = 0; round < 200; round++) {
      String value = "v" + round;

      Together.run(
          WRITERS,
          writer ->
              () ->
                  fixture.update(
                      switch (writer % 4) {
                        case 0 -> CustomerUserUpdate.builder().firstName(value).build();
                        case 1 -> CustomerUserUpdate.builder().lastName(value).build();
                        case 2 -> CustomerUserUpdate.builder().displayName(value).build();
                        default -> CustomerUserUpdate.builder().phoneNumber(value).build();
                      }));

      User user = fixture.user();
      assertThat(List.of(user.displayName(), "" + user.firstName(), "" + user.lastName()))
          .containsOnly(value);
      assertThat(user.phoneNumber()).isEqualTo(value);
    }
  }

  @Test
  void sameRequestSixteenTimesAtOnceHasOneEffect() throws Exception {
    for (int round = 0; round < 100; round++) {
      ChangeRequest request = request();
      CustomerUserUpdate update = named("round " + round);
      long before = fixture.user().version();

      List<Outcome> outcomes =
          Together.run(
              WRITERS, writer -> () -> fixture.update(update, new EntityTag.Any(), request));

      assertThat(outcomes.stream().filter(outcome -> !outcome.isReplay())).hasSize(1);
      assertThat(outcomes.stream().map(Outcome::user).distinct()).hasSize(1);
      assertThat(fixture.user().version()).isEqualTo(before + 1);
    }
  }

  @Test
  void oneOfSixteenGetsAWantedName() throws Exception {
    List<UserId> ids = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      UserId id = new UserId(new UUID(9, i));
      fixture.create(id, "user" + i);
      ids.add(id);
    }
    CustomerUserUpdate wanted =
        CustomerUserUpdate.builder().userPrincipalName("wanted@" + Fixture.DOMAIN).build();

    List<Boolean> won =
        Together.run(
            WRITERS,
            writer ->
                () -> {
                  try {
                    fixture
                        .directory()
                        .users()
                        .update(
                            CUSTOMER,
                            new UserRef.ById(ids.get(writer)),
                            wanted,
                            new EntityTag.Any(),
                            request());
                    return true;
                  } catch (DirectoryException e) {
                    assertThat(e.failure()).isEqualTo(new Failure.Conflict("userPrincipalName"));
                    return false;
                  }
                });

    assertThat(won.stream().filter(winner -> winner)).hasSize(1);
  }

  @Test
  void readRightAfterAWriteSeesIt() throws Exception {
    Together.run(
        WRITERS,
        writer ->
            () -> {
              UserId id = new UserId(new UUID(10, writer));
              fixture.create(id, "reader" + writer);
              UserRef ref = new UserRef.ById(id);
              for (int i = 0; i < 300; i++) {
                User written =
                    fixture
                        .directory()
                        .users()
                        .update(CUSTOMER, ref, named("n" + i), new EntityTag.Any(), request())
                        .user();
                assertThat(fixture.directory().users().get(CUSTOMER, ref)).isEqualTo(written);
              }
              return true;
            });
  }
}
