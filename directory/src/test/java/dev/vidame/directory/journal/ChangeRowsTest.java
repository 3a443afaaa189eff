package dev.vidame.directory.journal;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.PARTNER;
import static dev.vidame.directory.Fixture.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Fixture;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.feed.ChangeFeed;
import dev.vidame.directory.feed.Place;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.wire.Change;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeRowsTest {
  @TempDir private Path folder;
  private Fixture fixture;
  private final ChangeRequest byAgent = Fixture.request(1L << 40, 3);

  /** Rows 3, by an agent, and 4, by whoever runs the server, are followed by an erased one. */
  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
    EntityTag any = new EntityTag.Any();
    fixture.update(Fixture.named("By an \"agent\""), any, byAgent);
    fixture.update(
        Fixture.named("By nobody"),
        any,
        ChangeRequest.once(Actor.operator(PARTNER), new UUID(88, 8)));
    fixture.update(Fixture.named("Erased"));
    String none = TestStore.dialect() == Dialect.SQLITE ? "x''" : "''";
    fixture.sql("update journal set changes = '', salt = " + none + " where seq = 5");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<ChangeFeed.Row> rows() {
    return fixture.directory().changes().read(CUSTOMER, Place.START, 100).rows();
  }

  private static Change told(ChangeFeed.Row row) {
    return ChangeRows.told(row.previousHash(), row.row());
  }

  @Test
  void rowIsToldWithAllThatItsHashIsMadeOf() {
    List<ChangeFeed.Row> rows = rows();
    SealedEntry row = rows.get(2).row();
    Change told = told(rows.get(2));

    assertThat(told.customer()).isEqualTo(CUSTOMER);
    assertThat(told.seq()).isEqualTo(3);
    assertThat(told.at()).isEqualTo(fixture.clock().instant());
    assertThat(told.operation()).isEqualTo("user.update");
    assertThat(told.subject()).isEqualTo(USER.value());
    assertThat(told.actor())
        .isEqualTo(
            new Change.Actor(
                PARTNER.value(),
                byAgent.actor().agent().orElseThrow().value(),
                byAgent.actor().application().value()));
    assertThat(told.requestId()).isEqualTo(byAgent.requestId());
    assertThat(told.correlationId()).isEqualTo(byAgent.correlationId());
    assertThat(told.fields())
        .containsExactly(new Change.Field("displayName", "Display emailid", "By an \"agent\""));
    assertThat(told.isErased()).isFalse();
    Change.Integrity integrity = told.integrity();
    assertThat(integrity.previousHash())
        .isEqualTo(Change.Integrity.digits(rows.get(1).row().hash()));
    assertThat(integrity.key()).isEqualTo("0000010000000000".repeat(2));
    assertThat(integrity.salt()).isEqualTo(Change.Integrity.digits(row.salt())).hasSize(32);
    assertThat(integrity.hash()).isEqualTo(Change.Integrity.digits(row.hash())).hasSize(64);
    assertThat(told(rows.get(3)).actor().agent()).isNull();
    assertThat(told(rows.getFirst()).integrity().previousHash()).isEqualTo("0".repeat(64));
  }

  @Test
  void erasedRowIsToldAsSuch() {
    Change told = told(rows().getLast());

    assertThat(told.isErased()).isTrue();
    assertThat(told.fields()).isEmpty();
    assertThat(told.integrity().salt()).isEmpty();
  }

  @Test
  void whatIsToldIsTheRowAgain() {
    ChainCheck check = ChainCheck.fromStart();
    List<Boolean> erased = new ArrayList<>();
    for (ChangeFeed.Row row : rows()) {
      SealedEntry again = ChangeRows.sealed(told(row)).orElseThrow();

      assertThat(again.entry()).isEqualTo(row.row().entry());
      assertThat(again.changes()).isEqualTo(row.row().changes());
      assertThat(again.toString())
          .isEqualTo("SealedEntry[" + CUSTOMER + " " + (check.seq() + 1) + "]");
      assertThat(check.next(again)).isEmpty();
      assertThat(check.hash()).isEqualTo(row.row().hash());
      erased.add(again.isErased());
    }
    assertThat(erased).containsExactly(false, false, false, false, true);
    assertThat(check.seq()).isEqualTo(5);
  }

  @Test
  void rowOfALaterVersionIsNone() {
    Change known = told(rows().getFirst());
    Change later =
        new Change(
            known.customer(),
            known.seq(),
            known.at(),
            "user.clone",
            known.subject(),
            known.actor(),
            known.requestId(),
            known.correlationId(),
            known.fields(),
            known.isErased(),
            known.integrity());

    assertThat(ChangeRows.sealed(later)).isEmpty();
  }
}
