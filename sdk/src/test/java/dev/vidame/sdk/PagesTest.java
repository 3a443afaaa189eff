package dev.vidame.sdk;

import static dev.vidame.sdk.Bench.CUSTOMER;
import static dev.vidame.sdk.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vidame.sdk.ScriptedServer.Received;
import dev.vidame.sdk.ScriptedServer.Script;
import dev.vidame.wire.CustomerUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PagesTest {
  private static final String USERS = "/v1/customers/" + CUSTOMER + "/users";

  private final TestTime time = new TestTime();

  private UsersClient users(ScriptedServer server) {
    return Bench.client(server, time).build().customers().byId(CUSTOMER).users();
  }

  private static String item(int number) {
    return "{\"id\":\"" + new UUID(0, number) + "\",\"displayName\":\"User " + number + "\"}";
  }

  private static String page(String rest, int... numbers) {
    String items = String.join(",", IntStream.of(numbers).mapToObj(PagesTest::item).toList());
    return "{\"totalCount\":" + numbers.length + ",\"items\":[" + items + "]" + rest + "}";
  }

  private static String next(String uri, String token) {
    return ",\"links\":{\"next\":{\"uri\":\""
        + uri
        + "\",\"method\":\"GET\",\"headers\":[{\"key\":\"MS-ContinuationToken\",\"value\":\""
        + token
        + "\"}]}}";
  }

  private static List<String> names(Stream<CustomerUser> users) {
    return users.map(user -> String.valueOf(user.displayName())).toList();
  }

  /** Three pages of two, the last with one, found by the token in the header. */
  private static Script threePages(Received request) {
    String token = request.headers().getOrDefault("MS-ContinuationToken", "");
    String uri = "/customers/" + CUSTOMER + "/users?size=2&seekOperation=Next";
    return switch (token) {
      case "" -> answer(200, page(next(uri, "t1"), 1, 2));
      case "t1" -> answer(200, page(next(uri, "t2"), 3, 4));
      case "t2" -> answer(200, page("", 5));
      default -> answer(400, "{\"code\":3000,\"description\":\"continuationToken\"}");
    };
  }

  @Test
  void allItemsComeInOrder() {
    try (ScriptedServer server = ScriptedServer.start(PagesTest::threePages)) {
      assertThat(names(users(server).list(UserQuery.all().withPageSize(2)).stream()))
          .containsExactly("User 1", "User 2", "User 3", "User 4", "User 5");
      assertThat(server.received())
          .extracting(Received::target)
          .containsExactly(
              USERS + "?size=2",
              USERS + "?size=2&seekOperation=Next",
              USERS + "?size=2&seekOperation=Next");
      assertThat(server.receivedHeaders("MS-RequestId")).doesNotHaveDuplicates();
    }
  }

  @Test
  void nothingIsFetchedBeforeItIsNeeded() {
    try (ScriptedServer server = ScriptedServer.start(PagesTest::threePages)) {
      Pages<CustomerUser> pages = users(server).list();
      Iterator<CustomerUser> items = pages.iterator();
      assertThat(server.received()).isEmpty();

      items.next();
      items.next();
      assertThat(server.received()).hasSize(1);

      items.next();
      assertThat(server.received()).hasSize(2);

      assertThat(names(pages.stream().limit(2))).hasSize(2);
      assertThat(server.received()).hasSize(3);
    }
  }

  @Test
  void pagesCanBeWalkedAndTakenUpElsewhere() {
    try (ScriptedServer server = ScriptedServer.start(PagesTest::threePages)) {
      Pages<CustomerUser> list = users(server).list();
      List<Page<CustomerUser>> pages = list.pages().toList();

      assertThat(pages).extracting(page -> page.items().size()).containsExactly(2, 2, 1);
      assertThat(pages).extracting(Page::isLast).containsExactly(false, false, true);
      assertThat(pages).extracting(Page::continuationToken).containsExactly("t1", "t2", null);
      assertThat(names(list.startingBehind("t1").stream()))
          .containsExactly("User 3", "User 4", "User 5");
      assertThatIllegalArgumentException().isThrownBy(() -> list.startingBehind("a\nb"));
    }
  }

  @Test
  void tokenWithoutALinkIsEnough() {
    Script first = answer(200, page(",\"continuationToken\":\"AQ==\",\"links\":null", 1));
    try (ScriptedServer server = ScriptedServer.playing(first, answer(200, page("", 2)))) {
      assertThat(names(users(server).list(UserQuery.all().withPageSize(1)).stream()))
          .containsExactly("User 1", "User 2");
      assertThat(server.received().get(1).target()).isEqualTo(USERS + "?seekOperation=Next");
      assertThat(server.received().get(1).header("MS-ContinuationToken")).isEqualTo("AQ==");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/customers/c/users?size=1&seekOperation=Next, /v1/customers/c/users?size=1&seekOperation=Next",
    "customers/c/users?size=1, /v1/customers/c/users?size=1",
    "/v1/customers/c/users?size=1, /v1/customers/c/users?size=1",
    "/V1/customers/c/users, /v1/customers/c/users",
    "BASE/v1/customers/c/users?a=b, /v1/customers/c/users?a=b",
    "/users?filter={'Field':'x y'}, /v1/users?filter=%7B'Field':'x%20y'%7D"
  })
  void linksAreFollowedHoweverTheyAreWritten(String uri, String target) {
    try (ScriptedServer server =
        ScriptedServer.start(request ->
            request.headers().containsKey("MS-ContinuationToken")
                ? answer(200, page("", 2))
                : answer(
                    200,
                    page(next(uri.replace("BASE", "http://" + request.header("Host")), "t"), 1)))) {
      assertThat(names(users(server).list().stream())).hasSize(2);
      assertThat(server.received().get(1).target()).isEqualTo(target);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example/v1/customers",
        "http://127.0.0.1:1/v1/customers",
        "//elsewhere.example/v1/customers",
        "/../admin/v1/partners",
        "/customers/%2e%2e/%2e%2e/admin",
        "javascript:alert(1)"
      })
  void linkThatLeadsAwayIsNotFollowed(String uri) {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, page(next(uri, "t"), 1)))) {
      assertThatExceptionOfType(PartnerException.class)
          .isThrownBy(() -> users(server).list().toList())
          .withMessageContaining("leads away");
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void linkCannotSetOtherHeadersThanTheApisOwn() {
    String link =
        ",\"links\":{\"next\":{\"uri\":\"/customers\",\"headers\":["
            + "{\"key\":\"Authorization\",\"value\":\"Bearer x\"},"
            + "{\"key\":\"MS-RequestId\",\"value\":\"x\"},{\"key\":\"MS-A b\",\"value\":\"x\"},"
            + "{\"key\":\"MS-ContinuationToken\",\"value\":\"t\"},{\"key\":null}]}}";
    try (ScriptedServer server =
        ScriptedServer.playing(answer(200, page(link, 1)), answer(200, page("", 2)))) {
      assertThat(users(server).list().toList()).hasSize(2);
      assertThat(server.received().get(1).header("Authorization")).isEqualTo("Bearer token-1");
      assertThat(server.received().get(1).header("MS-ContinuationToken")).isEqualTo("t");
      assertThat(server.received().get(1).header("MS-RequestId")).isNotEqualTo("x");
    }
  }

  @Test
  void sameLinkAgainAndAgainEndsInAFailure() {
    Script same = answer(200, page(next("/customers/c/users?seekOperation=Next", "t"), 1));
    try (ScriptedServer server = ScriptedServer.playing(same)) {
      List<CustomerUser> seen = new ArrayList<>();
      assertThatExceptionOfType(PartnerException.class)
          .isThrownBy(() -> users(server).list().stream().forEach(seen::add))
          .withMessageContaining("same page");
      assertThat(server.received()).hasSize(2);
      assertThat(seen).hasSize(1);
    }
  }

  @Test
  void tokenIsRenewedInTheMiddleOfAWalk() {
    AtomicInteger tokens = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.start(request -> {
          boolean isLate = request.headers().containsKey("MS-ContinuationToken");
          return isLate && request.header("Authorization").equals("Bearer token-1")
              ? answer(401, "{\"code\":400,\"description\":\"Access denied\"}")
              : threePages(request);
        })) {
      PartnerCredential credential =
          PartnerCredential.cached(
              () -> new AccessToken("token-" + tokens.incrementAndGet(), null));
      Pages<CustomerUser> pages =
          Bench.client(server, time)
              .credential(credential)
              .build()
              .customers()
              .byId(CUSTOMER)
              .users()
              .list();

      assertThat(names(pages.stream())).hasSize(5);
      assertThat(tokens).hasValue(2);
      assertThat(server.received()).hasSize(4);
    }
  }

  @Test
  void closedWalkIsNotTakenForAWholeList() {
    try (ScriptedServer server = ScriptedServer.start(PagesTest::threePages)) {
      Stream<CustomerUser> stream = users(server).list().stream();
      Iterator<CustomerUser> items = stream.iterator();
      items.next();
      items.next();
      stream.close();

      assertThatIllegalStateException().isThrownBy(items::hasNext);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void failureInTheMiddleLeavesWhatCameBefore() {
    try (ScriptedServer server =
        ScriptedServer.playing(
            answer(200, page(next("/customers/c/users", "t1"), 1, 2)),
            answer(403, "No relationship between caller and account."))) {
      List<String> seen = new ArrayList<>();
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(() ->
              users(server).list().stream()
                  .forEach(user -> seen.add(String.valueOf(user.displayName()))));
      assertThat(seen).containsExactly("User 1", "User 2");
    }
  }

  @Test
  void optionsHoldForEachPage() {
    UUID correlation = new UUID(7, 7);
    try (ScriptedServer server = ScriptedServer.start(PagesTest::threePages)) {
      RequestOptions options =
          RequestOptions.none().withCorrelationId(correlation).withTimeout(Duration.ofMinutes(1));

      assertThat(users(server).list().withOptions(options).toList()).hasSize(5);
      assertThat(server.receivedHeaders("MS-CorrelationId")).containsOnly(correlation.toString());
    }
  }

  @Test
  void emptyListHasOneEmptyPage() {
    try (ScriptedServer server =
        ScriptedServer.playing(answer(200, "\uFEFF{\"TotalCount\":0,\"Items\":[]}"))) {
      assertThat(users(server).list().first().items()).isEmpty();
      assertThat(users(server).list().pages()).hasSize(1);
      assertThat(users(server).list().stream()).isEmpty();
    }
  }
}
