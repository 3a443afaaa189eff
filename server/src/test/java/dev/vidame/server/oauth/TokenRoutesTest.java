package dev.vidame.server.oauth;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestTokens;
import java.text.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The token endpoints as clients reach them over HTTP (wire-spec §1.2, §1.3). */
class TokenRoutesTest {
  @RegisterExtension static final Served served = new Served();

  private static TestTokens tokens() {
    return served.server().tokens();
  }

  private static RawAnswer ask(RawRequest request) {
    RawAnswer answer = served.server().send(request);
    assertThat(answer.header("Pragma")).isEqualTo("no-cache");
    return answer;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/PARTNER/oauth2/token",
        "/PARTNER/oauth2/token/",
        "//PARTNER//oauth2//token",
        "/PARTNER/OAuth2/Token",
        "/contoso.onmicrosoft.com/oauth2/token",
        "/adfs/oauth2/token?api-version=1.0",
        "/PARTNER/oauth2/v2.0/token",
        "/PARTNER/OAUTH2/V2.0/TOKEN",
        "/common/oauth2/v2.0/token"
      })
  void tokenOfEveryEndpointOpensTheApi(String path) {
    String target = path.replace("PARTNER", Tenancy.PARTNER.toString());

    RawAnswer answer = ask(tokens().requestAt(target, tokens().passwordForm()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("token_type").text()).isEqualTo("Bearer");
    String token = answer.json().get("access_token").text();
    assertThat(served.server().send(RawRequest.get(foundingPath()).token(token)).outcome())
        .isEqualTo("200");
  }

  @Test
  void numbersAreTextsAtTheOldEndpointAndNumbersAtTheNewOne() {
    RawAnswer v1 = ask(tokens().request(tokens().applicationForm()));
    RawAnswer v2 =
        ask(
            tokens()
                .requestAt(
                    "/" + Tenancy.PARTNER + "/oauth2/v2.0/token", tokens().applicationForm()));

    assertThat(v1.json().get("expires_in").text()).isEqualTo("3600");
    assertThat(v2.json().get("expires_in").number()).isEqualTo(3600);
  }

  /** One client library wants HTML and images, by its Accept, and says its charset. */
  @Test
  void headersOfKnownClientsAreTaken() {
    RawRequest request =
        RawRequest.of("POST", "/" + Tenancy.PARTNER + "/oauth2/v2.0/token")
            .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
            .header("Accept", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2")
            .header("Expect", "")
            .body(
                tokens().applicationForm()
                    + "&client_info=1&scope=openid+profile+offline_access"
                    + "+https%3A%2F%2Fgraph.windows.net%2F.default");

    assertThat(ask(request).status()).isEqualTo(200);
  }

  @Test
  void emptyBearerTokenOfATokenRequestIsIgnored() {
    RawRequest request =
        tokens().request(tokens().passwordForm()).header("Authorization", "Bearer null");

    assertThat(ask(request).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 400, invalid_request",
    "grant_type=x, 400, unsupported_grant_type",
    "grant_type=client_credentials, 400, invalid_request",
    "grant_type=client_credentials&client_id=x&client_secret=y, 401, invalid_client",
    "&&==&grant_type=client_credentials&client_id=%00&client_secret=%ff, 401, invalid_client",
    "grant_type=client_credentials&client_id=00000000-0000-0000-0000-000000000000&client_secret=y, 401, invalid_client"
  })
  void refusalIsAnOAuthError(String form, int status, String error) {
    RawAnswer answer = ask(tokens().request(form));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().get("error").text()).isEqualTo(error);
    assertThat(answer.json().get("error_description").text()).isNotBlank();
    assertThat(answer.all("WWW-Authenticate")).hasSize(status == 401 ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Locale        | fr-FR              | UAS-70003: Ce type d’autorisation n’est pas proposé ici.",
        "X-Locale        | \"fr-FR\"          | UAS-70003: Ce type d’autorisation n’est pas proposé ici.",
        "Accept-Language | de, fr;q=0.5       | UAS-70003: Ce type d’autorisation n’est pas proposé ici.",
        "X-Locale        | de-DE              | UAS-70003: The grant type is not offered here.",
        "Accept-Language | en;q=0.9, fr;q=0.5 | UAS-70003: The grant type is not offered here.",
        "Accept          | */*                | UAS-70003: The grant type is not offered here."
      })
  void refusalSpeaksTheCallersLanguage(String header, String value, String text) {
    for (String path : new String[] {"/common/oauth2/token", "/common/oauth2/v2.0/token"}) {
      RawAnswer answer = ask(tokens().requestAt(path, "grant_type=x").header(header, value));

      assertThat(answer.json().get("error_description").text()).startsWith(text + "\r\nTrace ID: ");
      assertThat(answer.json().get("error").text()).isEqualTo("unsupported_grant_type");
    }
  }

  /** What the text names is not translated, and neither is the error's own name. */
  @Test
  void missingFieldIsNamedInFrench() {
    RawAnswer answer = ask(tokens().request("").header("X-Locale", "fr-FR"));

    assertThat(answer.json().get("error").text()).isEqualTo("invalid_request");
    assertThat(answer.json().get("error_description").text())
        .startsWith("UAS-90014: Il manque à la requête le champ grant_type.\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a=%zz", "a=%1", "%u1234=x"})
  void formThatIsNoneIsRefused(String form) {
    assertThat(served.server().send(tokens().request(form)).outcome()).isEqualTo("400/800002");
  }

  @Test
  void publishedKeysVerifyTheTokens() throws ParseException, JOSEException {
    for (String path : new String[] {"/.well-known/jwks.json", "/x/discovery/v2.0/keys"}) {
      RawAnswer answer = served.server().send(RawRequest.get(path));
      JWSObject token = JWSObject.parse(tokens().admin());
      JWK key = JWKSet.parse(answer.text()).getKeyByKeyId(token.getHeader().getKeyID());

      assertThat(key.isPrivate()).isFalse();
      assertThat(token.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
    }
  }
}
