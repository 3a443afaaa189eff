package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserListTest {
  private static final String LIST = "/v1/customers/" + Tenancy.CUSTOMER + "/users";
  private static final String TOKEN = "MS-ContinuationToken";
  private static final List<String> NAMES = List.of("Élodie", "anna", "Bert", "Carla");

  private TestServer server;
  private final List<String> active = new ArrayList<>();
  private String deleted = "";

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
    for (String name : NAMES) {
      UserId id = server.tenancy().newUser();
      patch(id, "{\"displayName\":\"" + name + "\",\"firstName\":\"F " + name + "\"}");
      active.add(id.toString());
    }
    UserId gone = server.tenancy().newUser();
    patch(gone, "{\"displayName\":\"gone\"}");
    assertThat(
            server
                .sendAsAdmin(RawRequest.of("DELETE", TestServer.path(Tenancy.CUSTOMER, gone)))
                .status())
        .isEqualTo(204);
    deleted = gone.toString();
    active.add(Tenancy.USER.toString());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private void patch(UserId id, String body) {
    String path = TestServer.path(Tenancy.CUSTOMER, id);
    assertThat(server.sendAsAdmin(RawRequest.patch(path, body)).status()).isEqualTo(200);
  }

  private RawAnswer list(String query) {
    return server.sendAsAdmin(RawRequest.get(LIST + query));
  }

  private static List<String> ids(RawAnswer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode body = answer.json();
    List<String> ids =
        body.get("items").items().stream().map(item -> item.get("id").text()).toList();
    assertThat(body.get("totalCount").number()).isEqualTo(ids.size());
    assertThat(body.get("attributes").get("objectType").text()).isEqualTo("Collection");
    return ids;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String simple(String field, String operator, String value) {
    return "?filter="
        + encoded(
            "{\"Field\":\"%s\",\"Value\":\"%s\",\"Operator\":\"%s\"}"
                .formatted(field, value, operator));
  }

  /** Wire-spec §0.5: those who sell read which accounts there are, and not which there were. */
  @ParameterizedTest
  @CsvSource({
    "UserState,           equals,       Inactive,   403/900150",
    "UserStatus,          not_equals,   active,     403/900150",
    "SoftDeletionTime,    greater_than, 2020-01-01, 403/900150",
    "UserState,           equals,       Active,     200",
    "DisplayName,         starts_with,  gone,       200"
  })
  void filterThatTellsOfDeletedAccountsIsForAdminsAndHelpdesk(
      String field, String operator, String value, String ofSales) {
    String query = simple(field, operator, value);

    RawAnswer sales = as(Role.SALES_AGENT, query);

    assertThat(sales.outcome()).isEqualTo(ofSales);
    assertThat(sales.text()).doesNotContain(deleted);
    if (!ofSales.equals("200")) {
      assertThat(sales.json().get("data").texts())
          .containsExactly(
              "Roles of the partner that suffice: admin_agent, helpdesk_agent.",
              "Roles on the customer that suffice: user_administrator, directory_readers,"
                  + " global_reader.");
      assertThat(ids(as(Role.HELPDESK_AGENT, query))).contains(deleted);
      assertThat(ids(as(Role.ADMIN_AGENT, query))).contains(deleted);
    }
  }

  /** Those of both kinds in one list tell of the deleted ones, too. */
  @Test
  void filterOnBothStatesIsForAdminsAndHelpdesk() {
    String state = "{\"Field\":\"State\",\"Value\":\"%s\",\"Operator\":\"equals\"}";
    String both =
        "?filter="
            + encoded(
                "{\"LeftFilter\":%s,\"RightFilter\":%s,\"Operator\":\"or\"}"
                    .formatted(state.formatted("active"), state.formatted("inactive")));

    assertThat(as(Role.SALES_AGENT, both).outcome()).isEqualTo("403/900150");
    assertThat(ids(as(Role.HELPDESK_AGENT, both))).contains(deleted).containsAll(active);
  }

  private RawAnswer as(Role role, String query) {
    return server.send(RawRequest.get(LIST + query).token(server.tokens().of(role)));
  }

  @Test
  void plainListHasTheAccountsInUseAndLinksItselfWithoutAQuery() {
    RawAnswer answer = list("");

    assertThat(ids(answer)).containsExactlyInAnyOrderElementsOf(active);
    assertThat(answer.text())
        .endsWith(
            "],\"links\":{\"self\":{\"uri\":\"/customers/"
                + Tenancy.CUSTOMER
                + "/users\",\"method\":\"GET\",\"headers\":[]}},"
                + "\"attributes\":{\"objectType\":\"Collection\"}}");
    assertThat(answer.json().has("continuationToken")).isFalse();
    List<JsonNode> items = answer.json().get("items").items();
    assertThat(items.getFirst().members().keySet())
        .containsExactly(
            "id",
            "userPrincipalName",
            "firstName",
            "lastName",
            "displayName",
            "userDomainType",
            "state",
            "links",
            "attributes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Field\":\"UserState\",\"Value\":\"Inactive\",\"Operator\":\"equals\"}",
        "{\"Field\":\"UserStatus\",\"Value\":\"inactive\",\"Operator\":\"EQUALS\"}",
        "{\"value\":\"Inactive\",\"field\":\"UserStatus\",\"fieldType\":\"String\",\"operator\":\"Equals\"}",
        "{\"Operator\":\"not_equals\",\"Field\":\"State\",\"Value\":\"active\"}",
        "{\"Operator\":\"GreaterThan\",\"Field\":\"SoftDeletionTime\",\"Value\":\"2000-01-01T00:00:00Z\"}"
      })
  void deletedAccountsAreListedInEachSpellingAndTheSelfLinkRepeatsIt(String filter) {
    RawAnswer answer = list("?size=500&filter=" + encoded(filter));

    assertThat(ids(answer)).containsExactly(deleted);
    JsonNode item = answer.json().get("items").items().getFirst();
    assertThat(item.get("state").text()).isEqualTo("inactive");
    assertThat(item.get("softDeletionTime").text()).endsWith("Z");
    assertThat(answer.json().get("links").get("self").get("uri").text())
        .isEqualTo(
            "/customers/"
                + Tenancy.CUSTOMER
                + "/users?size=500&filter="
                + encoded(filter).replace("+", "%20"));
  }

  @Test
  void compoundFilterJoinsFilters() {
    String filter =
        "{\"LeftFilter\":{\"Field\":\"DisplayName\",\"Value\":\"b\",\"Operator\":\"starts_with\"},"
            + "\"RightFilter\":{\"LeftFilter\":{\"Field\":\"State\",\"Value\":\"inactive\","
            + "\"Operator\":\"equals\"},\"RightFilter\":{\"Field\":\"Id\",\"Value\":\"%s\","
            + "\"Operator\":\"equals\"},\"Operator\":\"or\"},\"Operator\":\"and\"}";

    assertThat(ids(list("?filter=" + encoded(filter.formatted(active.get(2))))))
        .containsExactly(active.get(2));
    assertThat(ids(list("?filter=" + encoded(filter.formatted(active.get(1)))))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "DisplayName, equals,         ÉLODIE, Élodie",
    "displayname, starts_with,    éL,     Élodie",
    "DisplayName, StartsWith,     B,      Bert",
    "FirstName,   substring,      ' c',   Carla",
    "FirstName,   SUBSTRING,      RL,     Carla",
    "DisplayName, not_starts_with, D,     Élodie anna Bert Carla",
    "DisplayName, not_equals,     display name, Élodie anna Bert Carla",
    "LastName,    equals,         nobody, ''",
    "ImmutableId, starts_with,    a,      ''"
  })
  void textsMatchInAnyCase(String field, String operator, String value, String expected) {
    List<String> wanted =
        expected.isEmpty()
            ? List.of()
            : List.of(expected.split(" ", -1)).stream()
                .map(name -> active.get(NAMES.indexOf(name)))
                .toList();

    assertThat(ids(list(simple(field, operator, value))))
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void chainOfPagesIsFollowedByLinksInBothDirections() {
    RawAnswer page = list("?size=2&sortField=displayname&sortDirection=Descending");
    List<String> forward = new ArrayList<>(ids(page));
    List<List<String>> pages = new ArrayList<>(List.of(ids(page)));
    while (page.json().get("links").has("next")) {
      page = follow(page, "next", "Next");
      pages.add(ids(page));
      forward.addAll(ids(page));
    }

    assertThat(pages.stream().map(List::size)).containsExactly(2, 2, 1);
    assertThat(forward).containsExactlyInAnyOrderElementsOf(active);
    assertThat(forward.getFirst()).isEqualTo(active.getFirst()); // É sorts behind ASCII
    assertThat(page.json().has("continuationToken")).isFalse();
    for (int i = pages.size() - 2; i >= 0; i--) {
      page = follow(page, "previous", "Previous");
      assertThat(ids(page)).isEqualTo(pages.get(i));
    }
    assertThat(page.json().get("links").has("previous")).isFalse();
  }

  /** As a client does that puts a slash between the version and the link. */
  private RawAnswer follow(RawAnswer page, String relation, String seek) {
    JsonNode link = page.json().get("links").get(relation);
    assertThat(link.get("uri").text())
        .isEqualTo("/customers/" + Tenancy.CUSTOMER + "/users?size=2&seekOperation=" + seek);
    JsonNode header = link.get("headers").items().getFirst();
    assertThat(header.get("key").text()).isEqualTo(TOKEN);
    return server.sendAsAdmin(
        RawRequest.get("/v1/" + link.get("uri").text()).header(TOKEN, header.get("value").text()));
  }

  @Test
  void tokenAloneRemembersSizeFilterAndOrder() {
    RawAnswer first = list("?size=2&sortField=DisplayName&filter=" + encoded(notGone()));

    RawAnswer second = seek(token(first), "?seekOperation=Next");
    RawAnswer viaQuery = list("?seekOperation=next&MS-ContinuationToken=" + token(first));
    RawAnswer again = seek(token(first), "?seekOperation=First");
    RawAnswer larger = seek(token(first), "?seekOperation=Next&size=3");

    assertThat(ids(second)).hasSize(2).doesNotContainAnyElementsOf(ids(first));
    assertThat(ids(viaQuery)).isEqualTo(ids(second));
    assertThat(ids(again)).isEqualTo(ids(first));
    assertThat(ids(larger)).hasSize(3);
  }

  private static String notGone() {
    return "{\"Field\":\"DisplayName\",\"Value\":\"gone\",\"Operator\":\"not_equals\"}";
  }

  private RawAnswer seek(String token, String query) {
    return server.sendAsAdmin(RawRequest.get(LIST + query).header(TOKEN, token));
  }

  private static String token(RawAnswer page) {
    return page.json().get("continuationToken").text();
  }

  @Test
  void tokenThatIsNotGoodHereIsRefused() {
    String token = token(list("?size=2"));
    String damaged = (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1);
    RawRequest foreign =
        RawRequest.get("/v1/customers/" + Tenancy.OTHER_CUSTOMER + "/users?seekOperation=Next")
            .header(TOKEN, token)
            .token(server.tokens().otherAdmin());

    for (RawAnswer answer :
        List.of(
            seek(damaged, "?seekOperation=Next"),
            seek("no token", "?seekOperation=Next"),
            server.send(foreign),
            list("?seekOperation=Next"),
            list("?seekOperation=Previous"))) {
      assertThat(answer.outcome()).isEqualTo("400/3000");
      assertThat(answer.text()).contains("continuationToken");
    }
    assertThat(seek(token, "?seekOperation=Next&sortField=Id").outcome()).isEqualTo("400/3000");
  }

  @Test
  void tokenIsGoodForAnHour(@TempDir Path folder) {
    try (TestServer own = TestServer.start(folder)) {
      own.tenancy().newUser();
      String token = token(own.sendAsAdmin(RawRequest.get(LIST + "?size=1")));
      RawRequest next = RawRequest.get(LIST + "?seekOperation=Next").header(TOKEN, token);
      own.clock().advance(Duration.ofMinutes(30));
      String later = own.tokens().admin();

      own.clock().advance(Duration.ofMinutes(30).minusMillis(1));
      assertThat(own.send(next.token(later)).status()).isEqualTo(200);
      own.clock().advance(Duration.ofMillis(1));
      assertThat(own.send(next.token(later)).outcome()).isEqualTo("400/3000");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?size=-1                                        | 400/800002",
        "?size=x                                         | 400/800002",
        "?size=1.5                                       | 400/800002",
        "?sortField=Password                             | 400/3000",
        "?sortDirection=up                               | 400/3000",
        "?seekOperation=Last                             | 400/900141",
        "?seekOperation=PageIndex&page=2                 | 400/900141",
        "?seekOperation=sideways                         | 400/900126",
        "?filter=%7B                                     | 400/800002",
        "?filter=%5B%5D                                  | 400/800002",
        "?filter=x                                       | 400/800002",
        "?filter=%zz                                     | 400/800002",
        "?filter=%7B%22Field%22:%22State%22%7D           | 400/800002"
      })
  void badQueryIsRefused(String query, String outcome) {
    assertThat(list(query.strip()).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "Password,         equals,       x,        400/3000",
    "DisplayName,      greater_than, x,        400/2000",
    "State,            substring,    act,      400/2000",
    "SoftDeletionTime, starts_with,  2020,     400/2000",
    "SoftDeletionTime, less_than,    tomorrow, 400/3000",
    "State,            equals,       gone,     400/900126",
    "DisplayName,      resembles,    x,        400/800002"
  })
  void badFilterIsRefused(String field, String operator, String value, String outcome) {
    assertThat(list(simple(field, operator, value)).outcome()).isEqualTo(outcome);
  }

  @Test
  void hugeSizeAndUnknownParametersAndASecondQuestionMarkAreTaken() {
    assertThat(ids(list("?size=99999999999999999999"))).hasSize(active.size());
    assertThat(ids(list("?size=0&null=group1&offset=3"))).hasSize(active.size());
    assertThat(ids(list("?unknown=x?size=1"))).hasSize(1);
    assertThat(ids(list("?SIZE=1&SortField=ID"))).hasSize(1);
  }

  @Test
  void refusalSpeaksTheCallersLanguage() {
    RawRequest bad = RawRequest.get(LIST + "?sortDirection=up");

    assertThat(text(bad, Optional.empty(), "X-Locale", "fr-FR"))
        .isEqualTo(
            "Propriété non valide : sortDirection. La valeur doit être ascending ou descending.");
    assertThat(text(bad, Optional.of("fr-CA,en;q=0.5"), "X-Locale", "de-DE"))
        .startsWith("Invalid property");
    assertThat(text(bad, Optional.of("de, fr;q=0.9, en;q=0.1"), "Accept", "*/*"))
        .startsWith("Propriété non valide");
    assertThat(text(bad, Optional.of("no;;list"), "X-Locale", "\"en-US\""))
        .startsWith("Invalid property");
  }

  private String text(
      RawRequest request, Optional<String> acceptLanguage, String header, String value) {
    RawRequest asked = request.header(header, value);
    return server
        .sendAsAdmin(
            acceptLanguage.map(ranges -> asked.header("Accept-Language", ranges)).orElse(asked))
        .json()
        .get("description")
        .text();
  }
}
