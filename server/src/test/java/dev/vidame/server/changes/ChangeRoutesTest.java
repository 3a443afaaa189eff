package dev.vidame.server.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.feed.Place;
import dev.vidame.directory.journal.ChainCheck;
import dev.vidame.directory.journal.ChangeRows;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.Change;
import dev.vidame.wire.ChangePage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the change feed tells, to whom, and what it refuses. */
class ChangeRoutesTest {
  @RegisterExtension static final Served served = new Served();

  @TempDir private Path folder;

  private static TestServer server() {
    return served.server();
  }

  @Test
  void feedTellsEveryRowOnceAndInOrder() {
    Feed.change(server(), "One " + UUID.randomUUID());
    Feed.change(server(), "Two " + UUID.randomUUID());

    List<Long> seqs = Feed.all(server(), "").stream().map(item -> item.change().seq()).toList();

    assertThat(seqs).first().isEqualTo(1L);
    assertThat(seqs).hasSize((int) server().tenancy().changes());
    assertThat(seqs).isEqualTo(seqs.stream().sorted().distinct().toList());
  }

  @Test
  void rowHoldsWhatWasDoneAndByWhom() {
    String end = Feed.end(server());
    String name = "Name " + UUID.randomUUID();
    UUID id = UUID.randomUUID();
    server()
        .sendAsAdmin(
            RawRequest.patch(TestServer.foundingPath(), "{\"displayName\":\"" + name + "\"}")
                .id(id));

    Change change = Feed.page(server(), "?since=" + end).items().getFirst().change();

    assertThat(change.operation()).isEqualTo("user.update");
    assertThat(change.subject()).isEqualTo(Tenancy.USER.value());
    assertThat(change.requestId()).isEqualTo(id);
    assertThat(change.actor().partner()).isEqualTo(Tenancy.PARTNER.value());
    assertThat(change.actor().agent())
        .isEqualTo(server().tenancy().agent(Role.ADMIN_AGENT).id().value());
    assertThat(change.fields()).extracting(Change.Field::after).containsExactly(name);
  }

  @Test
  void rowsCanBeCheckedByWhatTheyTell() {
    ChainCheck check = ChainCheck.fromStart();
    for (ChangePage.Item item : Feed.all(server(), "")) {
      assertThat(Change.fromJson(item.change().toJson())).isEqualTo(item.change());
      assertThat(item.change().integrity().previousHash())
          .isEqualTo(Change.Integrity.digits(check.hash()));
      assertThat(check.next(ChangeRows.sealed(item.change()).orElseThrow())).isEmpty();
    }
    assertThat(check.seq()).isEqualTo(server().tenancy().changes());
  }

  @Test
  void eachCursorGoesOnBehindItsChange() {
    Feed.change(server(), "Further " + UUID.randomUUID());
    List<ChangePage.Item> all = Feed.all(server(), "");

    for (int i = 0; i < all.size(); i++) {
      assertThat(Feed.all(server(), all.get(i).cursor())).isEqualTo(all.subList(i + 1, all.size()));
    }
  }

  @Test
  void pageHasAsManyAsAskedForAndSaysWhetherThereAreMore() {
    for (int i = 0; i < 3; i++) {
      Feed.change(server(), i + " " + UUID.randomUUID());
    }
    long all = server().tenancy().changes();

    assertThat(Feed.page(server(), "?size=2").items()).hasSize(2);
    assertThat(Feed.page(server(), "?size=2").hasMore()).isTrue();
    assertThat(Feed.page(server(), "?size=" + all).items()).hasSize((int) all);
    assertThat(Feed.page(server(), "?size=" + all).hasMore()).isFalse();
    assertThat(Feed.page(server(), "?size=0").items()).hasSize((int) Math.min(all, 100));
    assertThat(Feed.page(server(), "?size=99999999999999999999").items()).hasSize((int) all);
  }

  @Test
  void nowIsTheEnd() {
    ChangePage page = Feed.page(server(), "?since=NOW");

    assertThat(page.items()).isEmpty();
    assertThat(page.hasMore()).isFalse();
    assertThat(Feed.page(server(), "?since=" + page.cursor()))
        .isEqualTo(new ChangePage(List.of(), page.cursor(), false));
  }

  @Test
  void passwordIsNamedAndNeverTold() {
    String end = Feed.end(server());
    String password = "Feed-Secret-" + UUID.randomUUID();
    server()
        .sendAsAdmin(
            RawRequest.patch(
                TestServer.foundingPath(),
                "{\"passwordProfile\":{\"password\":\"" + password + "\"}}"));

    RawAnswer answer = Feed.ask(server(), "?since=" + end);

    assertThat(answer.text()).contains("\"field\":\"password\"").doesNotContain(password);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?size=x | 400/800002",
        "?size=-1 | 400/800002",
        "?size=1.5 | 400/800002",
        "?wait=x | 400/800002",
        "?wait=-1 | 400/800002",
        "?since=x | 400/3000",
        "?since=%00 | 400/3000",
        "?since=AAAA | 400/3000",
        "?since=nowhere | 400/3000",
        "?since=1 | 400/3000"
      })
  void badParameterIsRefused(String query, String outcome) {
    assertThat(Feed.ask(server(), query).outcome()).isEqualTo(outcome);
  }

  @Test
  void everyBrokenCursorIsRefused() {
    String cursor = Feed.end(server());
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < cursor.length(); i++) {
      broken.add(
          cursor.substring(0, i) + (cursor.charAt(i) == 'A' ? 'B' : 'A') + cursor.substring(i + 1));
      if (i > 0) {
        broken.add(cursor.substring(0, i));
      }
    }
    broken.add(cursor + cursor);
    broken.add("A".repeat(300));

    for (String text : broken) {
      RawAnswer answer = Feed.ask(server(), "?since=" + text);

      boolean meansTheSame = answer.status() == 200 && text.length() == cursor.length();
      if (meansTheSame) {
        // The last character has bits that stand for nothing.
        assertThat(text.substring(0, text.length() - 1))
            .isEqualTo(cursor.substring(0, cursor.length() - 1));
      } else {
        assertThat(answer.outcome()).as(text).isEqualTo("400/3000");
        assertThat(answer.json().get("description").text()).contains("no cursor");
      }
    }
  }

  @Test
  void cursorOfAnotherCustomerIsRefused() {
    String theirs =
        ChangePage.fromJson(
                server()
                    .send(
                        RawRequest.get("/v1/customers/" + Tenancy.OTHER_CUSTOMER + "/changes")
                            .token(server().tokens().otherAdmin()))
                    .body())
            .cursor();

    RawAnswer answer = Feed.ask(server(), "?since=" + theirs);

    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.json().get("description").text()).contains("another customer");
  }

  /** As after a backup was restored, which lacks the last rows or got others since. */
  @Test
  void cursorThatTheJournalDoesNotHaveIsRefused() {
    long end = server().tenancy().changes();
    byte[] mark = new byte[Place.MARK_BYTES];

    RawAnswer ahead =
        Feed.ask(server(), "?since=" + Cursor.of(Tenancy.CUSTOMER, new Place(end + 1, mark)));
    RawAnswer farAhead =
        Feed.ask(
            server(), "?since=" + Cursor.of(Tenancy.CUSTOMER, new Place(Long.MAX_VALUE / 2, mark)));
    RawAnswer other =
        Feed.ask(server(), "?since=" + Cursor.of(Tenancy.CUSTOMER, new Place(end, mark)));

    assertThat(farAhead.json().get("description").text()).contains("behind the end");
    assertThat(other.json().get("description").text()).contains("another row");
    assertThat(List.of(ahead.outcome(), farAhead.outcome(), other.outcome()))
        .containsOnly("400/3000");
    assertThat(ahead.json().get("description").text()).contains("behind the end");
  }

  @Test
  void onlyAdminAgentsOfThePartnerRead() {
    TestServer server = server();
    RawRequest read = RawRequest.get(Feed.PATH);

    assertThat(server.send(read.token(server.tokens().of(Role.HELPDESK_AGENT))).outcome())
        .isEqualTo("403/900150");
    assertThat(server.send(read.token(server.tokens().appOnly())).outcome()).isEqualTo("403/2032");
    assertThat(server.send(read.token(server.tokens().otherAdmin())).outcome())
        .isEqualTo("403/20002");
    assertThat(server.send(read).outcome()).isEqualTo("401/800001");
  }

  @Test
  void cursorSurvivesRestarts() {
    TestServer first = TestServer.start(folder);
    String cursor = Feed.end(first);
    TestServer again = first.restart(folder);
    try {
      Feed.change(again, "After");

      assertThat(Feed.all(again, cursor))
          .singleElement()
          .satisfies(item ->
              assertThat(item.change().fields()).extracting(Change.Field::after).contains("After"));
    } finally {
      again.close();
    }
  }

  @Test
  void eventualReaderIsNotToldOfThePast() {
    RawAnswer answer =
        server()
            .sendAsAdmin(
                RawRequest.get(Feed.PATH + "?since=" + Feed.end(server()))
                    .header("ConsistencyLevel", "eventual"));

    assertThat(answer.status()).isEqualTo(200);
  }
}
