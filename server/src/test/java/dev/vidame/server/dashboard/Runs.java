package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserQuery;
import dev.vidame.directory.users.UserRef;
import dev.vidame.harness.Until;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.Together;
import dev.vidame.server.users.UserView;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tests of bulk changes do again and again. */
public final class Runs {
  static final String LIST = "/dashboard/customers/" + Tenancy.CUSTOMER + "/bulk";

  private static final Pattern STATE = Pattern.compile("data-state=\"([A-Z_]+)\"");
  private static final Set<String> UNDER_WAY = Set.of("PLANNING", "APPLYING", "UNDOING");
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private Runs() {}

  /** Uploads a file by the form of the page, and waits until it is compared. */
  static String planned(Visitor visitor, String csv) {
    return planned(visitor, csv, Map.of());
  }

  public static String planned(Visitor visitor, String csv, Map<String, String> more) {
    RawAnswer answer = uploaded(visitor, csv.getBytes(StandardCharsets.UTF_8), more);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
    String run = visitor.local(answer.header("Location"));
    var _ = ended(visitor, run);
    return run;
  }

  static RawAnswer uploaded(Visitor visitor, byte[] file, Map<String, String> more) {
    Map<String, String> fields = Visitor.fieldsOf(visitor.get(LIST), LIST);
    Map<String, String> all = new HashMap<>(fields);
    all.putAll(more);
    return visitor.upload(LIST, all, "people.csv", file);
  }

  /** Presses a button of a run's page and waits until nothing is under way. */
  public static RawAnswer pressed(Visitor visitor, String run, String button) {
    RawAnswer answer = begun(visitor, run, button);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
    return ended(visitor, run);
  }

  static RawAnswer begun(Visitor visitor, String run, String button) {
    return visitor.submit(run, run + "/" + button, Map.of());
  }

  /** The page of a run once nothing is under way with it. */
  static RawAnswer ended(Visitor visitor, String run) {
    return await(visitor, run, page -> !UNDER_WAY.contains(state(page)));
  }

  static RawAnswer await(Visitor visitor, String run, Predicate<RawAnswer> isWanted) {
    return Until.answered(LONGEST, () -> visitor.get(run), isWanted);
  }

  static String state(RawAnswer page) {
    Matcher state = STATE.matcher(page.text());
    assertThat(state.find()).as(page.toString()).isTrue();
    return state.group(1);
  }

  /** New accounts; several are made at once. */
  static List<UserId> users(TestServer server, int count)
      throws InterruptedException, ExecutionException {
    List<UserId> users = Collections.synchronizedList(new ArrayList<>());
    int each = 20;
    List<Integer> parts =
        Together.run(
            Math.ceilDiv(count, each),
            part ->
                () -> {
                  int mine = Math.min(each, count - part * each);
                  for (int i = 0; i < mine; i++) {
                    users.add(server.tenancy().newUser());
                  }
                  return mine;
                });
    assertThat(parts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(count);
    return List.copyOf(users);
  }

  static User user(TestServer server, UserId id) {
    return server.server().directory().users().get(Tenancy.CUSTOMER, new UserRef.ById(id));
  }

  /** All accounts that are in use, as the wire shows them, by id. */
  static Map<UserId, String> inUse(TestServer server) {
    Map<UserId, String> all = new HashMap<>();
    UserQuery query = UserQuery.active();
    PageQuery wanted = PageQuery.first(500);
    boolean hasNext = true;
    while (hasNext) {
      var page = server.server().directory().users().page(Tenancy.CUSTOMER, query, wanted);
      page.items()
          .forEach(user ->
              all.put(
                  user.id(), new String(UserView.of(user, null).toJson(), StandardCharsets.UTF_8)));
      hasNext = page.hasNext();
      if (hasNext) {
        wanted = new PageQuery(500, PageQuery.Seek.AFTER, query.key(page.items().getLast()));
      }
    }
    return all;
  }

  /** What the journal says of an account. */
  static List<Entry> journal(TestServer server, CustomerId customer) {
    List<Entry> all = new ArrayList<>();
    List<Entry> part = server.server().directory().journal(customer, 0, 500);
    while (!part.isEmpty()) {
      all.addAll(part);
      part = server.server().directory().journal(customer, all.getLast().seq(), 500);
    }
    return all;
  }

  static List<Entry> journal(TestServer server, UserId user) {
    return journal(server, Tenancy.CUSTOMER).stream()
        .filter(entry -> entry.subject().equals(user.value()))
        .toList();
  }

  /** The name of the run's folder. */
  static String id(String run) {
    return run.substring(run.lastIndexOf('/') + 1);
  }
}
