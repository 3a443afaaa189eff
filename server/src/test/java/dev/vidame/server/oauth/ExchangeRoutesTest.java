package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.TestServer;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange that older clients begin with (wire-spec §1.6). */
class ExchangeRoutesTest {
  @RegisterExtension static final Served served = new Served();

  private static final String FORM = "grant_type=jwt_token";

  /** One that takes an audience of the operator's, too. */
  @RegisterExtension
  static final Served more =
      new Served(
          Map.of(
              "auth.audiences",
              "https://api.partnercenter.microsoft.com,https://graph.windows.net,"
                  + "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd,urn:accounts"));

  private static RawRequest request(String path, String form) {
    return RawRequest.of("POST", path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form);
  }

  private static RawAnswer exchange(String token) {
    return served.server().send(request("/generatetoken", "grant_type=jwt_token").token(token));
  }

  private static Map<String, Object> claims(String token) throws ParseException {
    return SignedJWT.parse(token).getPayload().toJSONObject();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/generatetoken", "/v3/generatetoken", "//GenerateToken/"})
  void agentsTokenOpensTheSameAsBefore(String path) throws ParseException {
    String token = served.server().tokens().of(Role.ADMIN_AGENT);

    RawAnswer answer =
        served
            .server()
            .send(
                request(path, "grant_type=jwt_token&client_id=whatever")
                    .header("MS-Contract-Version", "v1")
                    .token(token));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().members().keySet())
        .containsExactly("access_token", "token_type", "expires_in");
    assertThat(answer.json().get("token_type").text()).isEqualTo("Bearer");
    assertThat(answer.json().get("expires_in").number()).isEqualTo(3600);
    String next = answer.json().get("access_token").text();
    assertThat(next).isNotEqualTo(token);
    assertThat(
            served.server().send(RawRequest.get(TestServer.foundingPath()).token(next)).outcome())
        .isEqualTo("200");
    for (String same : new String[] {"oid", "sub", "tid", "name", "amr", "scp", "exp"}) {
      assertThat(claims(next).get(same)).as(same).isEqualTo(claims(token).get(same));
    }
  }

  @Test
  void applicationsTokenStaysAnApplications() throws ParseException {
    String next = exchange(served.server().tokens().appOnly()).json().get("access_token").text();

    assertThat(claims(next)).containsEntry("idtyp", "app").doesNotContainKey("scp");
    assertThat(
            served.server().send(RawRequest.get(TestServer.foundingPath()).token(next)).outcome())
        .isEqualTo("403/2032");
    assertThat(served.server().send(RawRequest.get("/v1/customers").token(next)).outcome())
        .isEqualTo("200");
  }

  /** Wire-spec §1.6: the newer path wants an application's own token to be for the API itself. */
  @ParameterizedTest
  @CsvSource({
    "https://api.partnercenter.microsoft.com,  200",
    "https://api.partnercenter.microsoft.com/, 200",
    "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd,     200",
    "OWN,                                      200",
    "https://graph.windows.net,                401/900420",
    "https://graph.windows.net/,               401/900420",
    "urn:accounts,                             401/900420"
  })
  void newerPathTakesAnApplicationsTokenForTheApiOnly(String name, String wanted) {
    String audience = name.equals("OWN") ? more.server().server().address().toString() : name;
    String token = more.server().tokens().appOnly(more.server().tenancy().confidential(), audience);
    RawRequest legacy = request("/generatetoken", FORM).token(token);
    RawRequest newer = request("/V3/GenerateToken/", FORM).token(token);

    assertThat(more.server().send(legacy).outcome()).isEqualTo("200");
    RawAnswer answer = more.server().send(newer);

    assertThat(answer.outcome()).isEqualTo(wanted);
    if (!wanted.equals("200")) {
      assertThat(answer.json().get("description").text()).endsWith(": " + audience);
    }
  }

  /** It is about applications: an agent's token may be for any audience that is taken. */
  @ParameterizedTest
  @ValueSource(strings = {"https://graph.windows.net", "urn:accounts"})
  void newerPathTakesAnAgentsTokenForAnyAudience(String audience) {
    String token = more.server().tokens().forAudience(audience);

    assertThat(more.server().send(request("/v3/generatetoken", FORM).token(token)).outcome())
        .isEqualTo("200");
  }

  @Test
  void newerPathRefusesWhatTheOlderRefuses() {
    String token = more.server().tokens().appOnly();

    assertThat(more.server().send(request("/v3/generatetoken", FORM)).outcome())
        .isEqualTo("401/800001");
    assertThat(more.server().send(request("/v3/generatetoken", FORM).token(token + "x")).outcome())
        .isEqualTo("401/400");
    assertThat(more.server().send(request("/v3/generatetoken", "").token(token)).outcome())
        .isEqualTo("400/800002");
    assertThat(
            more.server()
                .send(request("/v3/generatetoken", FORM).token(token).token(token))
                .outcome())
        .isEqualTo("401/400");
  }

  @Test
  void exchangeMakesNoTokenLastLonger() throws ParseException {
    String token = served.server().tokens().of(Role.SALES_AGENT);
    served.server().clock().advance(Duration.ofMinutes(50));

    RawAnswer answer = exchange(token);

    assertThat(answer.json().get("expires_in").number()).isEqualTo(600);
    assertThat(claims(answer.json().get("access_token").text()).get("exp"))
        .isEqualTo(claims(token).get("exp"));
  }

  @Test
  void tokenThatHasJustEndedIsGoodForNothingMore() {
    String token = served.server().tokens().of(Role.SALES_AGENT);
    served.server().clock().advance(Duration.ofSeconds(3610));

    RawAnswer answer = exchange(token);

    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.json().get("expires_in").number()).isEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "grant_type=client_credentials", "grant_type=JWT_TOKEN", "%"})
  void otherGrantIsRefused(String form) {
    String token = served.server().tokens().of(Role.SALES_AGENT);

    RawAnswer answer = served.server().send(request("/generatetoken", form).token(token));

    assertThat(answer.outcome()).isEqualTo("400/800002");
  }

  @Test
  void tokenThatIsNotGoodIsRefused() {
    assertThat(served.server().send(request("/generatetoken", "grant_type=jwt_token")).outcome())
        .isEqualTo("401/800001");
    assertThat(exchange("word").outcome()).isEqualTo("401/400");
    String good = served.server().tokens().of(Role.SALES_AGENT);
    assertThat(exchange(good + "x").outcome()).isEqualTo("401/400");
    assertThat(
            served
                .server()
                .send(request("/generatetoken", "grant_type=jwt_token").token(good).token(good))
                .outcome())
        .isEqualTo("401/400");
  }

  @Test
  void tokenOfAPartnerThatIsNoneIsRefused() {
    Application stranger =
        new Application(
            new ApplicationId(UUID.randomUUID()),
            new PartnerId(UUID.randomUUID()),
            "Stranger",
            true);

    assertThat(exchange(served.server().tokens().appOnly(stranger)).outcome())
        .isEqualTo("403/2032");
  }
}
