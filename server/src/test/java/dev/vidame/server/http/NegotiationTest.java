package dev.vidame.server.http;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What client and server agree on by headers: form, language, method (wire-spec §7.1, §7.2). */
class NegotiationTest {
  @RegisterExtension static final Served served = new Served();

  private static final String CUSTOMER = "/v1/customers/" + Tenancy.CUSTOMER;
  private static final RawRequest GET = RawRequest.get(foundingPath());
  private static final RawRequest UNKNOWN_USER =
      RawRequest.get(CUSTOMER + "/users/00000000-0000-4000-8000-000000000000");
  private static final String ENGLISH = "User object Id is not found";
  private static final String FRENCH = "Utilisateur introuvable";

  private static RawAnswer send(RawRequest request) {
    return served.server().sendAsAdmin(request);
  }

  @Test
  void requestWithNoOtherHeaderThanItsTokenIsAnswered() {
    RawAnswer answer = send(GET);

    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(answer.first("X-Locale")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                            | 200",
        "application/json;q=0.1                        | 200",
        "application/json; Q=1.000; charset=utf-8      | 200",
        "application/xml;q=0.9, application/json;q=0.1 | 200",
        "application/*;q=0, application/json           | 200",
        "*/*;q=0, text/json                            | 200",
        "text/*                                        | 200",
        "text/html ,, */* ; q=0.01                     | 200",
        "application/json;q=none                       | 200",
        "application/json;q=0, application/json        | 200",
        "application/json;q=0                          | 406/800002",
        "application/json;q=0.000                      | 406/800002",
        "application/json;charset=utf-8 ; q=0          | 406/800002",
        "application/json;q=0, */*                     | 406/800002",
        "application/*;q=0, */*;q=1                    | 406/800002",
        "*/*;q=0                                       | 406/800002",
        "application/xml, */*;q=0.0                    | 406/800002",
        "application/xml                               | 406/800002",
        "text/xml                                      | 406/800002",
        "application/problem+json                      | 406/800002"
      })
  void acceptIsReadWithItsWeights(String accept, String outcome) {
    RawAnswer answer = send(GET.header("Accept", accept));

    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
  }

  /** The client's library sends that to the token endpoint. */
  @Test
  void tokensAreGivenWhateverIsAccepted() {
    RawRequest request =
        served
            .server()
            .tokens()
            .request(served.server().tokens().applicationForm())
            .header("Accept", "text/html, image/gif, image/jpeg, *; q=.2");

    assertThat(served.server().send(request).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                    | 200",
        "application/json; charset=iso-8859-1  | 200",
        "application/json;                     | 200",
        "Text/JSON; charset=\"utf-8\"          | 200",
        "application/xml; charset=utf-8        | 415/800002",
        "application/merge-patch+json          | 415/800002",
        "text/plain                            | 415/800002",
        "*/*                                   | 415/800002"
      })
  void bodyIsJsonWhateverItsCharsetIsCalled(String type, String outcome) {
    RawRequest request = RawRequest.patch(foundingPath(), "{}").header("Content-Type", type);

    assertThat(send(request).outcome()).isEqualTo(outcome);
  }

  @Test
  void bodyWithoutContentTypeIsJson() {
    assertThat(send(RawRequest.patch(foundingPath(), "{}")).outcome()).isEqualTo("200");
  }

  /** Two requests that share a text which is no GUID are two requests. */
  @Test
  void requestIdThatIsNoGuidNamesNoRequest() {
    RawRequest first = RawRequest.patch(foundingPath(), "{\"firstName\":\"One\"}").id("not-a-guid");
    RawRequest second = first.body("{\"firstName\":\"Two\"}");

    RawAnswer one = send(first);
    RawAnswer two = send(second);

    assertThat(two.outcome()).isEqualTo("200");
    assertThat(two.isReplayed()).isFalse();
    assertThat(two.json().get("firstName").text()).isEqualTo("Two");
    assertThat(one.header("MS-RequestId")).isNotEqualTo(two.header("MS-RequestId"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // X-Locale alone
        "fr-FR      | none                          | true",
        "FR-fr      | none                          | true",
        "\"fr-FR\"  | none                          | true",
        "fr         | none                          | true",
        "fr-CA      | none                          | true",
        "en-US      | none                          | false",
        "de-DE      | none                          | false",
        "xx         | none                          | false",
        "!          | none                          | false",
        "*          | none                          | false",
        // X-Locale decides where there is one, also where it is not spoken here
        "en-US      | fr-FR                         | false",
        "de-DE      | fr-FR                         | false",
        "fr-FR      | en-US                         | true",
        // Accept-Language where there is none
        "none       | fr                            | true",
        "''         | fr                            | true",
        "\"\"       | fr                            | true",
        "none       | fr-BE, en;q=0.8               | true",
        "none       | en;q=0.8, fr;q=0.9            | true",
        "none       | en;q=0.9, fr;q=0.8            | false",
        "none       | de, it;q=0.9, fr;q=0.1        | true",
        "none       | de, en;q=0.2, fr;q=0.1        | false",
        "none       | fr;q=0, en                    | false",
        "none       | fr;q=0                        | false",
        "none       | de, *;q=0.5                   | false",
        "none       | *                             | false",
        "none       | de                            | false",
        "none       | fr;q=2                        | false",
        "none       | ;;                            | false",
        "none       | none                          | false"
      })
  void languageIsChosenByLocaleThenByWeights(
      String locale, String acceptLanguage, boolean isFrench) {
    RawRequest request = with(UNKNOWN_USER, "X-Locale", locale);

    RawAnswer answer = send(with(request, "Accept-Language", acceptLanguage));

    assertThat(answer.json().get("description").text()).isEqualTo(isFrench ? FRENCH : ENGLISH);
    assertThat(answer.first("X-Locale").isPresent()).isEqualTo(!locale.equals("none"));
  }

  private static RawRequest with(RawRequest request, String name, String value) {
    return value.equals("none") ? request : request.header(name, value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
  void methodIsTheOneOfTheRequestLine(String header) {
    String path = TestServer.path(Tenancy.CUSTOMER, served.server().tenancy().newUser());

    assertThat(send(RawRequest.get(path).header(header, "DELETE")).outcome()).isEqualTo("200");
    assertThat(send(RawRequest.of("POST", path).header(header, "PATCH").body("{}")).outcome())
        .isEqualTo("405/800002");
    assertThat(send(RawRequest.get(path)).json().get("state").text()).isEqualTo("active");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "gzip, deflate, br", "identity;q=0, gzip", "*;q=0", ""})
  void compressionIsOptional(String accepted) {
    RawAnswer answer = send(GET.header("Accept-Encoding", accepted));

    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.first("Content-Encoding")).isEmpty();
    assertThat(answer.json().get("id").text()).isEqualTo(Tenancy.USER.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"100-continue", "100-Continue"})
  void bodyIsAskedForWhateverTheCaseOfTheWish(String expect) throws IOException {
    RawRequest request =
        RawRequest.patch(foundingPath(), "{\"usageLocation\":\"FR\"}")
            .token(served.server().tokens().admin())
            .header("Expect", expect);
    try (RawConnection connection = served.server().connect()) {
      connection.send(request.head());
      assertThat(connection.read().status()).isEqualTo(100);
      connection.send(request.body());
      assertThat(connection.read().outcome()).isEqualTo("200");
    }
  }

  /** A client that does not wait for the word gets the word and the answer. */
  @Test
  void bodyMayComeWithoutWaitingForTheWord() throws IOException {
    RawRequest request =
        RawRequest.patch(foundingPath(), "{\"usageLocation\":\"FR\"}")
            .token(served.server().tokens().admin())
            .header("Expect", "100-continue");
    try (RawConnection connection = served.server().connect()) {
      connection.send(request.bytes());

      RawAnswer first = connection.read();
      RawAnswer answer = first.status() == 100 ? connection.read() : first;

      assertThat(answer.outcome()).isEqualTo("200");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "DELETE; /v1/customers; GET, POST",
        "POST; CUSTOMER; DELETE, GET, PATCH",
        "PUT; CUSTOMER/profiles/company; GET",
        "PATCH; CUSTOMER/profiles/billing; GET, PUT",
        "GET; CUSTOMER/verifieddomain; POST",
        "POST; /v1/domains/x.example; GET, HEAD",
        "POST; CUSTOMER/directoryroles; GET",
        "PUT; CUSTOMER/directoryroles/x/usermembers; GET, POST",
        "GET; CUSTOMER/directoryroles/x/usermembers/y; DELETE",
        "POST; CUSTOMER/subscribedskus; GET",
        "POST; CUSTOMER/users/x/licenses; GET",
        "GET; CUSTOMER/users/x/licenseupdates; POST",
        "POST; CUSTOMER/users/x/directoryroles; GET"
      })
  void wrongMethodIsToldTheRightOnesOnEveryKindOfPath(String method, String path, String allow) {
    RawAnswer answer = send(RawRequest.of(method, path.replace("CUSTOMER", CUSTOMER)));

    assertThat(answer.outcome()).isEqualTo("405/800002");
    assertThat(answer.header("Allow")).isEqualTo(allow);
  }

  @Test
  void answerToHeadIsItsHeadAndTheConnectionGoesOn() throws IOException {
    String token = served.server().tokens().admin();
    try (RawConnection connection = served.server().connect()) {
      for (String target :
          List.of(
              "/v1/domains/" + Tenancy.DOMAIN,
              "/v1/domains/nobodys.example",
              foundingPath(),
              "/nowhere")) {
        RawRequest head = RawRequest.of("HEAD", target).token(token);

        RawAnswer answer = connection.exchange(head);

        served.server().check(head, answer);
        assertThat(connection.exchange(GET.token(token)).outcome()).isEqualTo("200");
      }
    }
  }

  @Test
  void requestsSentAheadWithDifferentHeadersAreAnsweredEachByItsOwn() {
    String token = served.server().tokens().admin();
    RawRequest get = GET.token(token);
    RawRequest unknown = UNKNOWN_USER.token(token);

    List<RawAnswer> answers =
        served
            .server()
            .sendPipelined(
                List.of(
                    get.header("Accept", "text/xml"),
                    unknown.header("X-Locale", "fr-FR"),
                    RawRequest.patch(foundingPath(), "<x/>")
                        .token(token)
                        .header("Content-Type", "text/xml"),
                    unknown,
                    get.header("MS-Contract-Version", "v2"),
                    get));

    assertThat(answers)
        .extracting(RawAnswer::outcome)
        .containsExactly("406/800002", "404/60002", "415/800002", "404/60002", "400/800002", "200");
    assertThat(answers.get(1).json().get("description").text()).isEqualTo(FRENCH);
    assertThat(answers.get(3).json().get("description").text()).isEqualTo(ENGLISH);
    assertThat(answers.get(3).first("X-Locale")).isEmpty();
  }
}
