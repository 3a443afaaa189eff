package dev.vidame.server.http;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadRequestTest {
  @RegisterExtension static final Served served = new Served();

  private static final String USERS = "/v1/customers/" + Tenancy.CUSTOMER + "/users";

  static Stream<Arguments> bodies() {
    return Stream.of(
        arguments("nothing", "", "400/800002"),
        arguments("a blank", " ", "400/800002"),
        arguments("half an object", "{\"displayName\":\"x\"", "400/800002"),
        arguments("a text that does not end", "{\"displayName\":\"x", "400/800002"),
        arguments("HTML", "<html></html>", "400/800002"),
        arguments("an array", "[{\"displayName\":\"x\"}]", "400/800002"),
        arguments("an empty array", "[]", "400/800002"),
        arguments("a text", "\"x\"", "400/800002"),
        arguments("a number", "1", "400/800002"),
        arguments("true", "true", "400/800002"),
        arguments("null", "null", "400/800002"),
        arguments("two objects", "{} {}", "400/800002"),
        arguments("something behind", "{}x", "400/800002"),
        arguments("Null", "{\"firstName\":Null}", "400/800002"),
        arguments("NaN", "{\"firstName\":NaN}", "400/800002"),
        arguments("a bare word", "{\"firstName\":word}", "400/800002"),
        arguments("a number for a text", "{\"firstName\":1}", "400/800002"),
        arguments("a boolean for a text", "{\"firstName\":true}", "400/800002"),
        arguments("an object for a text", "{\"firstName\":{}}", "400/800002"),
        arguments("an array for a text", "{\"firstName\":[\"x\"]}", "400/800002"),
        arguments("a text for an object", "{\"passwordProfile\":\"x\"}", "400/800002"),
        arguments("a number for an enum", "{\"state\":1}", "400/800002"),
        arguments(
            "a word for a boolean",
            "{\"passwordProfile\":{\"forceChangePassword\":\"yes\"}}",
            "400/800002"),
        arguments("half a surrogate pair", "{\"firstName\":\"\\ud800\"}", "400/800002"),
        arguments("the halves turned round", "{\"firstName\":\"\\udc00\\ud800\"}", "400/800002"),
        arguments("a raw control character", "{\"firstName\":\"a\u0001b\"}", "400/800002"),
        arguments("an unknown escape", "{\"firstName\":\"\\x41\"}", "400/800002"),
        arguments("depth 17", nested(17), "400/800002"),
        arguments("depth 100 000", nested(100_000), "400/800002"),
        arguments("an unknown enum", "{\"state\":\"foo\"}", "400/900126"),
        arguments("an empty enum", "{\"state\":\"\"}", "400/900126"),
        arguments("our own word for unknown", "{\"state\":\"unrecognized\"}", "400/900126"),
        arguments("another type", "{\"attributes\":{\"objectType\":\"Customer\"}}", "400/3000"),
        arguments("an empty required text", "{\"displayName\":\"\"}", "400/3000"),
        arguments("no country", "{\"usageLocation\":\"new country/region code\"}", "400/3000"),
        arguments("inactive", "{\"state\":\"inactive\"}", "400/3000"),
        arguments("a control character", "{\"firstName\":\"a\\u0000b\"}", "400/3000"),
        arguments("too long", "{\"firstName\":\"" + "x".repeat(65) + "\"}", "400/3000"),
        arguments("another id", "{\"id\":\"" + new UUID(1, 2) + "\"}", "400/3000"),
        arguments("an id that is none", "{\"id\":\"x\"}", "400/3000"),
        arguments("no name", "{\"userPrincipalName\":\"x\"}", "400/3000"),
        arguments("a foreign domain", "{\"userPrincipalName\":\"x@other.example\"}", "400/3000"),
        arguments("a weak password", "{\"passwordProfile\":{\"password\":\"weak\"}}", "400/3000"));
  }

  private static String nested(int depth) {
    return "{\"x\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("bodies")
  void badBodyIsRefusedAndNothingIsStored(String what, String body, String outcome) {
    long before = served.server().tenancy().changes();

    RawAnswer answer = served.server().sendAsAdmin(RawRequest.patch(foundingPath(), body));

    assertThat(answer.outcome()).as(what).isEqualTo(outcome);
    assertThat(served.server().tenancy().changes()).isEqualTo(before);
  }

  @Test
  void everyBrokenPropertyIsNamedAtOnce() {
    RawAnswer answer =
        served
            .server()
            .sendAsAdmin(
                RawRequest.patch(
                    foundingPath(),
                    "{\"displayName\":\"\",\"usageLocation\":\"XX\",\"state\":\"inactive\"}"));

    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.json().get("description").text())
        .startsWith("Invalid property: usageLocation. ");
    assertThat(answer.json().get("data").texts())
        .hasSize(3)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("usageLocation: "),
            second -> assertThat(second).startsWith("displayName: "),
            third -> assertThat(third).startsWith("state: "));
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC0, 0x80, 0xED, 0xF5, 0xFF})
  void textThatIsNotUtf8IsRefused(int wrong) {
    byte[] body = "{\"firstName\":\"xxxx\"}".getBytes(StandardCharsets.US_ASCII);
    body[15] = (byte) wrong;

    RawAnswer answer =
        served.server().sendAsAdmin(RawRequest.of("PATCH", foundingPath()).body(body));

    assertThat(answer.outcome()).isEqualTo("400/800002");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32BE"})
  void otherEncodingsAreRefused(String charset) {
    byte[] body = "{\"firstName\":\"x\"}".getBytes(Charset.forName(charset));

    RawAnswer answer =
        served.server().sendAsAdmin(RawRequest.of("PATCH", foundingPath()).body(body));

    assertThat(answer.outcome()).isEqualTo("400/800002");
  }

  /** Whatever is quoted, the description stays short and valid Unicode, wherever it is cut. */
  @ParameterizedTest
  @ValueSource(ints = {400, 488, 489, 490, 491, 1024, 60_000})
  void longEnumTextIsCutBetweenCharacters(int padding) {
    String state = "y".repeat(padding) + "\uD83D\uDE00".repeat(300);

    RawAnswer answer =
        served
            .server()
            .sendAsAdmin(RawRequest.patch(foundingPath(), "{\"state\":\"" + state + "\"}"));

    assertThat(answer.outcome()).isEqualTo("400/900126");
    assertThat(answer.json().get("description").text()).startsWith("Unable to parse enum: yyy");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, 200",
    "application/json; charset=utf-8, 200",
    "application/json;charset=UTF-8, 200",
    "APPLICATION/JSON, 200",
    "text/json, 200",
    "text/plain, 415/800002",
    "application/x-www-form-urlencoded, 415/800002",
    "application/xml, 415/800002",
    "application/jsonp, 415/800002",
    "multipart/form-data; boundary=application/json, 415/800002",
    "nonsense, 415/800002"
  })
  void contentTypeDecidesWhetherTheBodyIsRead(String type, String outcome) {
    RawRequest request =
        RawRequest.patch(foundingPath(), "{\"usageLocation\":\"FR\"}").header("Content-Type", type);

    assertThat(served.server().sendAsAdmin(request).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | 200",
        "application/json, text/plain, */* | 200",
        "application/json;charset=utf-8 | 200",
        "APPLICATION/JSON | 200",
        "text/json | 200",
        "*/* | 200",
        "application/* | 200",
        "text/html, */*;q=0.1 | 200",
        "text/html | 406/800002",
        "application/xml | 406/800002",
        "text/xml, application/xml;q=0.9 | 406/800002",
        "image/png | 406/800002"
      })
  void acceptMustAllowJson(String accept, String outcome) {
    RawRequest request = RawRequest.get(foundingPath()).header("Accept", accept);

    assertThat(served.server().sendAsAdmin(request).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/customers/x/users/x, 400/2000, Tenant Id must be a GUID.",
    "PATCH, /v1/customers/x/users/x, 400/2000, Tenant Id must be a GUID.",
    "GET, /v1/customers/{eebd1b55-5360-4438-a11d-5c06918c3014}/users/x, 400/2000, Tenant Id must be a GUID.",
    "GET, /v1/customers/eebd1b5553604438a11d5c06918c3014/users/x, 400/2000, Tenant Id must be a GUID.",
    "GET, /v1/customers/1-1-1-1-1/users/x, 400/2000, Tenant Id must be a GUID.",
    "GET, /v1/customers/..%2F..%2Fetc/users/x, 400/2000, Tenant Id must be a GUID.",
    "GET, /v1/customers/%00/users/x, 400/2000, Tenant Id must be a GUID.",
    "GET, CUSTOMER/users/x, 400/2000, User Id must be a GUID.",
    "PATCH, CUSTOMER/users/x, 400/2000, User Id must be a GUID.",
    "GET, CUSTOMER/users/4b10bf41ab1140e38c53cd67849b50de, 400/2000, User Id must be a GUID.",
    "GET, CUSTOMER/users/95ddddac-1f0f-4f0c-a3f6-0b6c0d5b1c11, 404/60002, User object Id is not found",
    "PATCH, CUSTOMER/users/95ddddac-1f0f-4f0c-a3f6-0b6c0d5b1c11, 404/60002, User object Id is not found",
    "GET, CUSTOMER/users/00000000-0000-0000-0000-000000000000, 404/60002, User object Id is not found",
    "GET, CUSTOMER/users/nobody@abcdefgh1234.ccsctp.net, 404/60002, User object Id is not found",
    "GET, CUSTOMER/users/somebody@other.example, 404/60002, User object Id is not found",
    "GET, CUSTOMER/users/@, 404/60002, User object Id is not found",
    "GET, CUSTOMER/users/%00@%ff, 404/60002, User object Id is not found",
    "GET, CUSTOMER/users/%zz, 400/800002, Invalid request input",
    "GET, CUSTOMER/users/%, 400/800002, Invalid request input",
    "GET, /, 404/1000, Not found",
    "GET, /v1, 404/1000, Not found",
    "GET, /v2/customers, 404/1000, Not found",
    "GET, /favicon.ico, 404/1000, Not found",
    "PATCH, CUSTOMER/users/4b10bf41-ab11-40e3-8c53-cd67849b50de/x, 404/1000, Not found",
    "GET, CUSTOMER/../../etc/passwd, 404/1000, Not found",
    "OPTIONS, *, 404/1000, Not found"
  })
  void badAddressIsRefused(String method, String target, String outcome, String description) {
    String path = target.replace("CUSTOMER", "/v1/customers/" + Tenancy.CUSTOMER);
    RawRequest request = RawRequest.of(method, path).body(method.equals("PATCH") ? "{}" : "");

    RawAnswer answer = served.server().sendAsAdmin(request);

    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(answer.json().get("description").text()).isEqualTo(description);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "PUT; USERS/4b10bf41-ab11-40e3-8c53-cd67849b50de; DELETE, GET, PATCH",
        "POST; USERS/4b10bf41-ab11-40e3-8c53-cd67849b50de; DELETE, GET, PATCH",
        "OPTIONS; USERS/4b10bf41-ab11-40e3-8c53-cd67849b50de; DELETE, GET, PATCH",
        "TRACE; USERS/4b10bf41-ab11-40e3-8c53-cd67849b50de; DELETE, GET, PATCH",
        "CONNECT; USERS/4b10bf41-ab11-40e3-8c53-cd67849b50de; DELETE, GET, PATCH",
        "FOO; USERS/4b10bf41-ab11-40e3-8c53-cd67849b50de; DELETE, GET, PATCH",
        "GET; USERS/4b10bf41-ab11-40e3-8c53-cd67849b50de/resetpassword; PATCH",
        "PUT; USERS; GET, POST",
        "DELETE; USERS/; GET, POST",
        "PATCH; USERS; GET, POST",
        "GET; /x/oauth2/token; POST",
        "PATCH; /x/oauth2/v2.0/token; POST",
        "POST; /.well-known/jwks.json; GET"
      })
  void wrongVerbIsToldTheRightOnes(String method, String target, String allow) {
    RawRequest request = RawRequest.of(method, target.replace("USERS", USERS)).body("{}");

    RawAnswer answer = served.server().sendAsAdmin(request);

    assertThat(answer.outcome()).isEqualTo("405/800002");
    assertThat(answer.header("Allow")).isEqualTo(allow);
  }

  @Test
  void headOfAnyPathHasNoBody() {
    for (String target : new String[] {foundingPath(), USERS, "/", "/v1/customers/x/users/x"}) {
      RawAnswer answer = served.server().sendAsAdmin(RawRequest.of("HEAD", target));

      assertThat(answer.status()).as(target).isIn(404, 405);
    }
  }
}
