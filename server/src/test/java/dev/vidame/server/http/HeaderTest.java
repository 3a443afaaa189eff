package dev.vidame.server.http;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.wire.Guid;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server makes of request headers (wire-spec §7.1, §7.2). */
class HeaderTest {
  @RegisterExtension static final Served served = new Served();

  private static RawAnswer get(String name, String value) {
    return served.server().sendAsAdmin(RawRequest.get(foundingPath()).header(name, value));
  }

  @Test
  void namesOfARequestAreEchoedInLowerCase() {
    String id = UUID.randomUUID().toString();

    RawAnswer answer = get("MS-RequestId", "  " + id.toUpperCase(Locale.ROOT) + " ");

    assertThat(answer.header("MS-RequestId")).isEqualTo(id);
  }

  @Test
  void requestWithoutNamesGetsFreshOnes() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      RawAnswer answer = served.server().sendAsAdmin(RawRequest.get(foundingPath()));
      names.add(answer.header("MS-RequestId"));
      names.add(answer.header("MS-CorrelationId"));
    }

    assertThat(names).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "{b1317092-f087-471e-a637-f66523b2b94c}",
        "b1317092f087471ea637f66523b2b94c",
        "b1317092-f087-471e-a637-f66523b2b94c, b1317092-f087-471e-a637-f66523b2b94d",
        "b1317092-f087-471e-a637-f66523b2b94g",
        "0"
      })
  void nameThatIsNoGuidIsReplaced(String name) {
    assertThat(Guid.parse(get("MS-RequestId", name).header("MS-RequestId"))).isPresent();
    assertThat(Guid.parse(get("MS-CorrelationId", name).header("MS-CorrelationId"))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "v1, 200",
    "V1, 200",
    "1, 200",
    "1.0, 200",
    "v1.0, 200",
    "api-version: v1, 200",
    "api-version:v1, 200",
    "whatever, 200",
    "v2, 400/800002",
    "V2, 400/800002",
    "2, 400/800002",
    "v2.0, 400/800002",
    "v10, 400/800002",
    "api-version: v2, 400/800002"
  })
  void onlyALaterContractIsRefused(String version, String outcome) {
    assertThat(get("MS-Contract-Version", version).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "\"en-US\"", "fr-FR", "xx", "*"})
  void localeIsEchoedAndNeverRefused(String locale) {
    RawAnswer answer = get("X-Locale", locale);

    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.header("X-Locale")).isEqualTo(locale);
  }

  @Test
  void localeOutsideAsciiDoesNoHarm() {
    assertThat(get("X-Locale", "fr-\u00E9").outcome()).isEqualTo("200");
  }

  @Test
  void compressionMayBeOfferedAndIsNotUsed() {
    assertThat(get("Accept-Encoding", "gzip, deflate, br").first("Content-Encoding")).isEmpty();
  }

  @Test
  void compressedBodyIsRefused() {
    RawRequest request = RawRequest.patch(foundingPath(), "{}").header("Content-Encoding", "gzip");

    assertThat(served.server().sendAsAdmin(request).status()).isIn(400, 415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer   "})
  void schemeMayBeInAnyCase(String scheme) {
    RawRequest request =
        RawRequest.get(foundingPath())
            .header("Authorization", scheme + served.server().tokens().admin());

    assertThat(served.server().send(request).outcome()).isEqualTo("200");
  }

  /** Whoever stands between may have looked at the other one. */
  @Test
  void twoTokensAreNone() {
    RawRequest request = RawRequest.get(foundingPath());
    String good = served.server().tokens().admin();

    assertThat(served.server().send(request.token(good).token("x")).outcome()).isEqualTo("401/400");
    assertThat(served.server().send(request.token("x").token(good)).outcome()).isEqualTo("401/400");
    assertThat(served.server().send(request.token(good).token(good)).outcome())
        .isEqualTo("401/400");
  }

  @Test
  void acceptMayStandOnSeveralLines() {
    RawRequest request =
        RawRequest.get(foundingPath())
            .header("Accept", "text/html")
            .header("Accept", "application/json");

    assertThat(served.server().sendAsAdmin(request).outcome()).isEqualTo("200");
  }

  @Test
  void headersOfKnownClientsAreTaken() {
    RawRequest request =
        RawRequest.get(foundingPath())
            .header("Accept", "application/json")
            .header("MS-Contract-Version", "v1")
            .header("MS-CorrelationId", UUID.randomUUID().toString())
            .header("MS-RequestId", UUID.randomUUID().toString())
            .header("X-Locale", "en-US")
            .header("MS-SdkVersion", "1.15.4")
            .header("MS-PartnerCenter-Client", "Partner Center Java SDK")
            .header("x-ms-client-request-id", UUID.randomUUID().toString())
            .header("User-Agent", "AutoRest-Java")
            .header("Accept-Encoding", "gzip")
            .header("X-HTTP-Method-Override", "DELETE")
            .header("ocp-apim-subscription-key", "x")
            .header("MS-CV", "x.0");

    assertThat(served.server().sendAsAdmin(request).outcome()).isEqualTo("200");
  }
}
