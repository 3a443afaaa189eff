package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One account was deleted at 2026-11-22T10:00:34.567Z; answers show whole seconds. */
class DeletionTimeFilterTest {
  @RegisterExtension static final Served served = new Served();

  private static final String LIST = "/v1/customers/" + Tenancy.CUSTOMER + "/users";

  @BeforeAll
  static void delete() {
    UserId user = served.server().tenancy().newUser();
    served.server().clock().advance(Duration.ofMillis(34_567));
    served.server().sendAsAdmin(RawRequest.of("DELETE", TestServer.path(Tenancy.CUSTOMER, user)));
  }

  private static RawAnswer list(String operator, String encodedValue) {
    String filter =
        encoded("{\"Field\":\"SoftDeletionTime\",\"Operator\":\"" + operator + "\",\"Value\":\"");
    return served
        .server()
        .sendAsAdmin(RawRequest.get(LIST + "?filter=" + filter + encodedValue + encoded("\"}")));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static boolean finds(String operator, String value) {
    RawAnswer answer = list(operator, encoded(value));
    assertThat(answer.outcome()).as(value).isEqualTo("200");
    return answer.json().get("totalCount").number() == 1;
  }

  @Test
  void accountIsFoundByTheTimeThatIsShown() {
    RawAnswer shown =
        served
            .server()
            .sendAsAdmin(
                RawRequest.get(
                    LIST
                        + "?filter="
                        + encoded(
                            "{\"Field\":\"State\",\"Operator\":\"equals\",\"Value\":\"inactive\"}")));
    String time = shown.json().get("items").items().getFirst().get("softDeletionTime").text();

    assertThat(time).isEqualTo("2026-11-22T10:00:34Z");
    assertThat(finds("equals", time)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "equals,                 false, true,  false",
    "not_equals,             true,  false, true",
    "greater_than,           true,  false, false",
    "greater_than_or_equals, true,  true,  false",
    "less_than,              false, false, true",
    "less_than_or_equals,    false, true,  true",
    "GreaterThanOrEquals,    true,  true,  false"
  })
  void operatorsCompareWholeSeconds(String operator, boolean before, boolean same, boolean after) {
    assertThat(finds(operator, "2026-11-22T10:00:33Z")).isEqualTo(before);
    assertThat(finds(operator, "2026-11-22T10:00:33.999Z")).isEqualTo(before);
    assertThat(finds(operator, "2026-11-22T10:00:34Z")).isEqualTo(same);
    assertThat(finds(operator, "2026-11-22T10:00:34.567Z")).isEqualTo(same);
    assertThat(finds(operator, "2026-11-22T10:00:34.9999999Z")).isEqualTo(same);
    assertThat(finds(operator, "2026-11-22T10:00:35Z")).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T10:00:34",
        "2026-11-22t10:00:34z",
        "2026-11-22 10:00:34",
        "2026-11-22 10:00:34Z",
        " 2026-11-22T10:00:34Z ",
        "2026-11-22T10:00:34.0000000Z",
        "2026-11-22T10:00:34.5",
        "2026-11-22T12:00:34+02:00",
        "2026-11-22T12:00:34+0200",
        "2026-11-22T12:00:34+02",
        "2026-11-22 12:00:34+02:00",
        "2026-11-22T05:30:34-04:30",
        "2026-11-23T00:00:34+14:00",
        "2026-11-22T10:00:34+00:00"
      })
  void sameMomentMayBeWrittenInManyWays(String text) {
    assertThat(finds("equals", text)).isTrue();
  }

  @Test
  void plusSignThatTheQueryTurnedIntoABlankIsAPlusSign() {
    RawAnswer answer = list("equals", "2026-11-22T12:00:34+02:00");

    assertThat(answer.json().get("totalCount").number()).isEqualTo(1);
  }

  @Test
  void dayIsItsBeginningInUtc() {
    assertThat(finds("greater_than", "2026-11-22")).isTrue();
    assertThat(finds("less_than", "2026-11-23")).isTrue();
    assertThat(finds("equals", "2026-11-22")).isFalse();
    assertThat(finds("greater_than", "2026-11-23")).isFalse();
    assertThat(finds("greater_than", "2026-11-22T10:00")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tomorrow",
        "2026",
        "2026-11",
        "2026-13-01",
        "2026-02-30",
        "2026-11-22T25:00:00Z",
        "2026-11-22T10:00:61Z",
        "2026-11-22T10:00:34+25:00",
        "2026-11-22T10:00:34 CET",
        "22.11.2026",
        "11/22/2026",
        "2026-11-22T",
        "2026-11-22Z",
        "99999999999-01-01",
        "1769040034",
        " "
      })
  void whatIsNoDateIsRefusedAndTheFilterNamed(String text) {
    RawAnswer answer = list("equals", encoded(text));

    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.json().get("description").text()).startsWith("Invalid property: filter. ");
    assertThat(answer.json().get("data").texts())
        .containsExactly("filter: The value of SoftDeletionTime must be an ISO 8601 date.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-999999999-01-01", "+999999999-12-31T23:59:59-18:00", "0000-01-01"})
  void farDatesAreDates(String text) {
    assertThat(finds("not_equals", text)).isTrue();
  }
}
