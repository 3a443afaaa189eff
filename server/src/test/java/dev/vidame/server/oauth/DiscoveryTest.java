package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestTokens;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  @RegisterExtension
  static final Served withoutPasswords = new Served(Map.of("auth.password-grant", "false"));

  private static String address() {
    return served.server().server().address().toString();
  }

  private static JsonNode document(String path) {
    RawAnswer answer = served.server().send(RawRequest.get(path));
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  /** All of it, so that no member can come, go or change unseen. */
  @ParameterizedTest
  @CsvSource({"/.well-known, /, /oauth2", "/v2.0/.well-known, /v2.0, /oauth2/v2.0"})
  void documentSaysWhatThisServerDoesAndNothingElse(String at, String issuer, String endpoints) {
    String tenant = "/" + Tenancy.PARTNER;
    String here = address() + tenant;
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("issuer", here + issuer);
    expected.put("token_endpoint", here + endpoints + "/token");
    expected.put("device_authorization_endpoint", here + "/oauth2/v2.0/devicecode");
    expected.put("revocation_endpoint", here + endpoints + "/revoke");
    expected.put("jwks_uri", here + "/discovery/v2.0/keys");
    expected.put("authorization_endpoint", here + endpoints + "/authorize");
    expected.put("authorization_response_iss_parameter_supported", true);
    expected.put("response_types_supported", List.of("code", "code id_token"));
    expected.put("response_modes_supported", List.of("query", "form_post"));
    expected.put("code_challenge_methods_supported", List.of("S256"));
    expected.put(
        "grant_types_supported",
        List.of(
            "authorization_code",
            "client_credentials",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:device_code",
            "password"));
    expected.put("subject_types_supported", List.of("pairwise"));
    expected.put("id_token_signing_alg_values_supported", List.of("RS256"));
    expected.put(
        "token_endpoint_auth_methods_supported",
        List.of("client_secret_post", "client_secret_basic", "private_key_jwt", "none"));
    expected.put("token_endpoint_auth_signing_alg_values_supported", List.of("RS256", "PS256"));
    expected.put(
        "claims_supported",
        List.of("sub", "iss", "aud", "exp", "iat", "nbf", "tid", "oid", "name", "ver"));

    JsonNode document = document(tenant + at + "/openid-configuration");

    assertThat(plain(document)).isEqualTo(expected);
  }

  private static Map<String, Object> plain(JsonNode document) {
    Map<String, Object> members = new LinkedHashMap<>();
    document
        .members()
        .forEach((name, member) ->
            members.put(name, member.value() instanceof List<?> ? member.texts() : member.value()));
    return members;
  }

  @Test
  void passwordsAreNoGrantWhereTheyAreNotTaken() {
    RawAnswer answer = withoutPasswords.server().send(RawRequest.get("/common" + V2));

    assertThat(answer.json().get("grant_types_supported").texts())
        .contains("refresh_token")
        .doesNotContain("password");
  }

  /** Whoever goes where the document points finds what it names. */
  @ParameterizedTest
  @ValueSource(strings = {V1, V2})
  void everythingThatIsNamedIsThere(String at) throws IOException {
    JsonNode document = document("/" + Tenancy.PARTNER + at);
    TestTokens tokens = served.server().tokens();
    String publicClient = "client_id=" + served.server().tenancy().publicClient().id();

    assertThat(posted(document, "token_endpoint", tokens.applicationForm()).json().members())
        .containsKey("access_token");
    assertThat(posted(document, "device_authorization_endpoint", publicClient).json().members())
        .containsKey("device_code");
    assertThat(
            posted(document, "revocation_endpoint", publicClient + "&token=unknown")
                .json()
                .members())
        .isEmpty();
    assertThat(served.server().send(RawRequest.get(path(document, "jwks_uri"))).json().members())
        .containsKey("keys");
    RawAnswer page = page(path(document, "authorization_endpoint"));
    assertThat(page.status()).as("a page that misses a client_id").isEqualTo(400);
    assertThat(page.header("Content-Type")).startsWith("text/html");
  }

  private static RawAnswer page(String path) throws IOException {
    try (RawConnection connection = served.server().connect()) {
      return connection.exchange(RawRequest.get(path));
    }
  }

  private static RawAnswer posted(JsonNode document, String endpoint, String form) {
    TestTokens tokens = served.server().tokens();
    RawAnswer answer = served.server().send(tokens.requestAt(path(document, endpoint), form));
    assertThat(answer.status()).as(endpoint + " " + answer).isEqualTo(200);
    return answer;
  }

  private static String path(JsonNode document, String endpoint) {
    String address = document.get(endpoint).text();
    assertThat(address).startsWith(address() + "/");
    return address.substring(address().length());
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
