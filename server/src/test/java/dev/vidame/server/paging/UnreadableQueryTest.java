package dev.vidame.server.paging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read of a query is refused by its name. */
class UnreadableQueryTest {
  @RegisterExtension static final Served served = new Served();

  private static final String CUSTOMERS = "/v1/customers";
  private static final String RECORDS = "/v1/auditrecords";
  private static final String USERS = CUSTOMERS + "/" + Tenancy.CUSTOMER + "/users";

  private static RawAnswer ask(String target) {
    return served.server().sendAsAdmin(RawRequest.get(target));
  }

  private static List<String> data(RawAnswer answer) {
    JsonNode json = answer.json();
    return json.get("data").texts();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                              | filter: The text is not JSON: line 1, column",
        "{\"Field\":\"State\",                          | filter: The text is not JSON: line 1, column",
        "State eq inactive                              | filter: The text is not JSON: line 1, column",
        "<filter/>                                      | filter: The text is not JSON: line 1, column",
        "{\"Field\":Null}                               | filter: The text is not JSON: line 1, column",
        "[]                                             | filter: The text must be a JSON object.",
        "\"x\"                                          | filter: The text must be a JSON object.",
        "null                                           | filter: The text must be a JSON object.",
        "{} {}                                          | filter: There is more than one JSON value",
        "//                                             | filter: The text is empty.",
        "{}                                             | filter: The filter has no Operator.",
        "{\"Operator\":\"equals\"}                      | filter: The filter has no Field.",
        "{\"Operator\":\"equals\",\"Field\":\" \"}      | filter: The filter has no Field.",
        "{\"Operator\":\"equals\",\"Field\":\"Domain\"} | filter: The filter has no Value.",
        "{\"Operator\":\"is\",\"Field\":\"Domain\",\"Value\":\"x\"} | filter: The filter's operator is is not known.",
        "{\"Operator\":1}                               | filter: The member operator must be a text.",
        "{\"Operator\":\"and\"}                         | filter: The filter has no leftFilter.",
        "{\"Operator\":\"or\",\"LeftFilter\":{\"Field\":\"Domain\",\"Value\":\"x\",\"Operator\":\"equals\"}} | filter: The filter has no rightFilter.",
        "{\"Operator\":\"and\",\"LeftFilter\":1}        | filter: The member leftFilter must be an object."
      })
  void unreadableFilterIsNamed(String filter, String detail) {
    for (String list : List.of(CUSTOMERS, USERS, RECORDS)) {
      RawAnswer answer = ask(list + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));

      assertThat(answer.outcome()).as(list).isEqualTo("400/800002");
      assertThat(data(answer)).singleElement().asString().startsWith(detail);
    }
  }

  @Test
  void filterThatIsNestedTooDeepIsNamed() {
    String deep = "{\"Operator\":\"and\",\"LeftFilter\":".repeat(20) + "{}" + "}".repeat(20);

    RawAnswer answer = ask(USERS + "?filter=" + URLEncoder.encode(deep, StandardCharsets.UTF_8));

    assertThat(answer.outcome()).isEqualTo("400/800002");
    assertThat(data(answer))
        .containsExactly(
            "filter: The text is nested too deep, or holds a name or a value that is too long.");
  }

  @Test
  void unreadableFilterIsNamedInFrenchToo() {
    RawAnswer answer =
        served
            .server()
            .sendAsAdmin(RawRequest.get(USERS + "?filter=%5B%5D").header("X-Locale", "fr-FR"));

    assertThat(data(answer)).containsExactly("filter : Le texte doit être un objet JSON.");
  }

  @Test
  void bodyThatIsNoObjectIsNotCalledByAName() {
    RawAnswer answer = served.server().sendAsAdmin(RawRequest.of("POST", USERS).body("[]"));

    assertThat(data(answer)).containsExactly("The text must be a JSON object.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AQAAAA==", "%00", "%C3%A9", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void cursorThatIsNoneIsNamed(String token) {
    for (String list : List.of(CUSTOMERS, USERS, RECORDS)) {
      RawAnswer answer = ask(list + "?seekOperation=Next&MS-ContinuationToken=" + token);

      assertThat(answer.outcome()).isEqualTo("400/3000");
      assertThat(answer.json().get("description").text())
          .startsWith("Invalid property: continuationToken. ");
      assertThat(data(answer)).singleElement().asString().startsWith("continuationToken: ");
    }
  }

  @Test
  void cursorThatIsTooLongOrMissingIsNamed() {
    RawRequest next = RawRequest.get(USERS + "?seekOperation=Next");

    for (RawRequest request :
        List.of(next, next.header("MS-ContinuationToken", "A".repeat(6_000)))) {
      assertThat(data(served.server().sendAsAdmin(request)))
          .singleElement()
          .asString()
          .startsWith("continuationToken: ");
    }
  }

  /** A token of a page belongs to its list, its partner and its text. */
  @Test
  void cursorOfAnotherListAndAChangedOneAreNamed() {
    served.server().tenancy().newUser();
    String token = ask(USERS + "?size=1").json().get("continuationToken").text();
    String changed = (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1);

    for (String target :
        List.of(
            CUSTOMERS + "?MS-ContinuationToken=" + token,
            USERS + "?MS-ContinuationToken=" + changed,
            USERS + "?MS-ContinuationToken=" + token.substring(4))) {
      RawAnswer answer = ask(target);
      assertThat(answer.outcome()).as(target).isEqualTo("400/3000");
      assertThat(data(answer)).singleElement().asString().startsWith("continuationToken: ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "filter=%zz, The value of filter holds",
    "size=%, The value of size holds",
    "MS-ContinuationToken=%4, The value of MS-ContinuationToken holds",
    "%zz=1, The query holds",
  })
  void badPercentSignIsNamedByItsParameter(String query, String detail) {
    RawAnswer answer = ask(USERS + "?" + query);

    assertThat(answer.outcome()).isEqualTo("400/800002");
    assertThat(data(answer)).singleElement().asString().startsWith(detail);
  }

  @ParameterizedTest
  @ValueSource(strings = {"startDate", "endDate"})
  void dateThatIsNoneIsNamed(String parameter) {
    for (String date : List.of("tomorrow", "2026-13-01", "2026-11-22T25:00:00Z", "13/13/2026")) {
      RawAnswer answer = ask(RECORDS + "?" + parameter + "=" + date);

      assertThat(answer.outcome()).as(date).isEqualTo("400/3000");
      assertThat(data(answer)).singleElement().asString().startsWith(parameter + ": ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "size=-1, size must be",
    "size=ten, size must be",
    "sortField=Shoe, sortField: ",
    "sortDirection=up, sortDirection: "
  })
  void otherParametersAreNamed(String query, String detail) {
    assertThat(data(ask(USERS + "?" + query))).singleElement().asString().startsWith(detail);
  }
}
