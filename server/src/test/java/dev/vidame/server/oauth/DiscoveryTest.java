package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that knows a tenant's address finds the rest out by itself. */
class DiscoveryTest {
  private static final String V1 = "/.well-known/openid-configuration";
  private static final String V2 = "/v2.0/.well-known/openid-configuration";

  @RegisterExtension static final Served served = new Served();

  private static String address() {
    return served.server().server().address().toString();
  }

  private static JsonNode document(String path) {
    RawAnswer answer = served.server().send(RawRequest.get(path));
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  @ParameterizedTest
  @CsvSource({"/.well-known, /, /oauth2", "/v2.0/.well-known, /v2.0, /oauth2/v2.0"})
  void documentNamesWhatThisServerAnswersAt(String at, String issuer, String endpoints) {
    String tenant = "/" + Tenancy.PARTNER;

    JsonNode document = document(tenant + at + "/openid-configuration");

    assertThat(document.get("issuer").text()).isEqualTo(address() + tenant + issuer);
    assertThat(document.get("token_endpoint").text())
        .isEqualTo(address() + tenant + endpoints + "/token");
    assertThat(document.get("revocation_endpoint").text())
        .isEqualTo(address() + tenant + endpoints + "/revoke");
    assertThat(document.get("jwks_uri").text())
        .isEqualTo(address() + tenant + "/discovery/v2.0/keys");
    assertThat(document.get("id_token_signing_alg_values_supported").texts())
        .containsExactly("RS256");
    assertThat(document.get("token_endpoint_auth_methods_supported").texts())
        .contains("private_key_jwt");
    assertThat(document.get("token_endpoint_auth_signing_alg_values_supported").texts())
        .containsExactly("RS256", "PS256");
  }

  @Test
  void namedKeysAreThere() {
    String keys = document("/common" + V2).get("jwks_uri").text();

    assertThat(
            served
                .server()
                .send(RawRequest.get(keys.substring(address().length())))
                .json()
                .get("keys")
                .items())
        .isNotEmpty();
  }

  @Test
  void partnerThatIsNoneLooksLikeOneThatIs() {
    UUID nobody = UUID.randomUUID();
    String known = served.server().send(RawRequest.get("/" + Tenancy.PARTNER + V1)).text();

    String unknown = served.server().send(RawRequest.get("/" + nobody + V1)).text();

    assertThat(unknown).isEqualTo(known.replace(Tenancy.PARTNER.toString(), nobody.toString()));
  }

  @Test
  void issuerHasAPlaceForThePartnerWhereThePathNamesNone() {
    assertThat(document("/organizations" + V2).get("issuer").text())
        .isEqualTo(address() + "/{tenantid}/v2.0");
    assertThat(document("/Contoso.example" + V1).get("token_endpoint").text())
        .isEqualTo(address() + "/contoso.example/oauth2/token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%22b", "/%3Cscript%3E", "/-x", "/a_b", "/a%0D%0Ab"})
  void whatCannotBeATenantHasNoDocument(String tenant) {
    assertThat(served.server().send(RawRequest.get(tenant + V1)).outcome()).isEqualTo("404/1000");
    assertThat(served.server().send(RawRequest.get(tenant + V2)).outcome()).isEqualTo("404/1000");
  }
}
