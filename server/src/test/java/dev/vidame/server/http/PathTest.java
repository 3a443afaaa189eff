package dev.vidame.server.http;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every spelling of an account's address that clients use leads to it (wire-spec §0.2, §9). */
class PathTest {
  @RegisterExtension static final Served served = new Served();

  private static final String CUSTOMER = Tenancy.CUSTOMER.toString();
  private static final String USER = Tenancy.USER.toString();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/customers/C/users/U",
        "/v1/Customers/C/Users/U",
        "/V1/CUSTOMERS/C/USERS/U",
        "/v1//customers/C/users/U",
        "//v1/customers///C/users/U",
        "/v1/customers/C/users/U/",
        "/v1/customers/C/users/U//",
        "/v1/customers/C%20/users/U%20",
        "/v1/customers/%20C/users/U%20/",
        "/v1/%63ustomers/C/u%73er%53/U",
        "/%76%31/customers/C/users/U",
        "/v1/customers/C/users/U?null=group1",
        "/v1/customers/C/users/U?",
        "/v1/customers/C/users/U??x=1?y",
        "/v1/customers/C/users/U?size=0&filter={\"Field\":\"x\",\"Value\":\"a%20b\"}",
        "/v1/customers/C/users/U?filter=%7B%22a%22%3A1%7D&a=%zz&=&&",
        "/v1/customers/C/users/U?[]^`|<>\\",
        "/v1/customers/C/users/U#fragment",
        "/v1/customers/C/users/emailid@abcdefgh1234.ccsctp.net",
        "/v1/customers/C/users/EMAILID@ABCDEFGH1234.CCSCTP.NET",
        "/v1/customers/C/users/emailid%40abcdefgh1234.ccsctp.net%20"
      })
  void everySpellingLeadsToTheAccount(String spelling) {
    String target = spelling.replaceFirst("C(?=[/%])", CUSTOMER);
    String path = target.replaceFirst("/U(?=[/%?#]|$)", "/" + USER);

    RawAnswer read = served.server().sendAsAdmin(RawRequest.get(path));
    RawAnswer written =
        served.server().sendAsAdmin(RawRequest.patch(path, "{\"displayName\":\"Display name\"}"));

    assertThat(read.outcome()).isEqualTo("200");
    assertThat(read.json().get("id").text()).isEqualTo(USER);
    assertThat(written.outcome()).isEqualTo("200");
  }

  @Test
  void idsComeInAnyCaseAndGoOutInLowerCase() {
    RawAnswer answer =
        served
            .server()
            .sendAsAdmin(
                RawRequest.get(
                    "/v1/customers/EEBD1B55-5360-4438-A11D-5C06918C3014"
                        + "/users/4B10BF41-AB11-40E3-8C53-CD67849B50DE"));

    assertThat(answer.json().get("id").text()).isEqualTo(USER);
    assertThat(answer.json().get("links").get("self").get("uri").text())
        .isEqualTo("/customers/" + CUSTOMER + "/users/" + USER);
  }

  @Test
  void addressMayBeAbsolute() {
    String target = "http://127.0.0.1:" + served.server().port() + foundingPath();

    assertThat(served.server().sendAsAdmin(RawRequest.get(target)).outcome()).isEqualTo("200");
    assertThat(served.server().sendAsAdmin(RawRequest.get("http://localhost")).outcome())
        .isEqualTo("404/1000");
  }

  @Test
  void plusInAPathIsItself() {
    String path = TestServer.path(Tenancy.CUSTOMER, Tenancy.USER).replace(USER, "a+b@x.example");

    assertThat(served.server().sendAsAdmin(RawRequest.get(path)).outcome()).isEqualTo("404/60002");
  }

  /** Only where a customer's id belongs, and something else follows, is it missing. */
  @ParameterizedTest
  @CsvSource({
    "GET,   /v1/customers//,                          200",
    "GET,   /v1/customers//relationshiprequests,      501/0",
    "GET,   /v1//customers/x/users,                   400/2000",
    "PATCH, /v1/customers//users/x,                   400/2000",
    "POST,  /v1/customers/%20/users,                  400/2000",
    "GET,   /v1/profiles//support,                    501/0"
  })
  void slashTooManyIsNotAlwaysAMissingCustomer(String method, String target, String outcome) {
    RawAnswer answer =
        served
            .server()
            .sendWhateverComes(
                RawRequest.of(method, target).token(served.server().tokens().admin()));

    assertThat(answer.outcome()).isEqualTo(outcome);
  }
}
