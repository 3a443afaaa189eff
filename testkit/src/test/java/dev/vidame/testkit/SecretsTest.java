package dev.vidame.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.seed.FoundingDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"passwordProfile\":{\"password\":\"Planted-1\",\"forceChangePassword\":true}}",
        "{\"Password\" : \"Planted\\\"-1 Planted\"}",
        "{password: 'Planted-1'}",
        "{'password':Planted-1}",
        "{\"password\":\"Planted-1 and no end",
        "{\"access_token\":\"Planted.Planted.Planted\",\"expires_in\":3600}",
        "{\"refresh_token\":\"Planted\",\"id_token\":\"Planted\"}",
        "{\"recoveryCodes\":[\"Planted-1\",\"Planted-2\"]}",
        "{\"uri\":\"otpauth://totp/x?secret=PlantedABC&issuer=y\"}",
        "{\"code\":\"Planted\"}",
        "{\"secret\":\"vop_Planted\"}",
        "grant_type=password&username=a&password=Planted-1&client_secret=Planted",
        "client_assertion=Planted&code=Planted&refresh_token=Planted&device_code=Planted",
        "https://x.test/?code=Planted&state=1"
      })
  void secretsAreHidden(String text) {
    assertThat(Secrets.without(text)).doesNotContain("Planted").contains("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\":60002,\"description\":\"User object Id is not found\",\"data\":[]}",
        "{\"displayName\":\"Anna\",\"forceChangePassword\":true,\"continuationToken\":\"AQAA\"}",
        "size=2&seekOperation=Next",
        "{\"tokenLifetime\":5}"
      })
  void allElseStays(String text) {
    assertThat(Secrets.without(text)).isEqualTo(text);
  }

  @Test
  void nothingOfASecretIsKept() {
    try (Vidame vidame = Vidame.start();
        Http http = new Http(vidame)) {
      SeededPartner partner = vidame.foundingPartner();
      String form =
          "grant_type=password&client_id=%s&client_secret=%s&username=%s&password=%s"
              .formatted(
                  partner.applicationId(),
                  partner.applicationSecret(),
                  partner.agentName(),
                  partner.agentPassword());
      String answer = http.send("POST", "/" + partner.id() + "/oauth2/token", form).body();
      String users = "/v1/customers/" + FoundingDocument.CUSTOMER + "/users";
      http.sendAsAdmin(
          "POST",
          users,
          "{\"userPrincipalName\":\"a@%s\",\"displayName\":\"a\",\"passwordProfile\":{\"password\":\"Planted-Pass-1\"}}"
              .formatted(FoundingDocument.DOMAIN));

      String kept = vidame.exchanges().toString();

      assertThat(kept)
          .contains("Authorization: Bearer ***", "grant_type=password", "\"displayName\":\"a\"")
          .doesNotContain(partner.applicationSecret())
          .doesNotContain(partner.agentPassword())
          .doesNotContain("Planted-Pass-1")
          .doesNotContain("eyJ");
      assertThat(answer).as("what the caller gets").contains("eyJ");
    }
  }

  @Test
  void onlyTheLastExchangesAreKept() {
    try (Vidame vidame = Vidame.start();
        Http http = new Http(vidame)) {
      for (int i = 0; i <= Recorder.MOST; i++) {
        http.get("/none?" + i);
      }

      assertThat(vidame.exchanges()).hasSize(Recorder.MOST);
      assertThat(vidame.exchanges().getLast().target()).endsWith("?" + Recorder.MOST);
    }
  }
}
