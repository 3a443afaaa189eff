package dev.vidame.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartnerClientBuilderTest {
  private static PartnerClient.Builder builder(String endpoint) {
    return PartnerClient.builder()
        .endpoint(URI.create(endpoint))
        .credential(PartnerCredential.fixed("hunter2"));
  }

  @Test
  void missingPartsAreNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> PartnerClient.builder().build())
        .withMessage("The builder still needs credential");
    assertThatIllegalStateException()
        .isThrownBy(() -> PartnerClient.builder().credential(PartnerCredential.fixed("t")).build())
        .withMessage("The builder still needs endpoint");
  }

  @ParameterizedTest
  @CsvSource({
    "mailto:a@b.example, http or https",
    "ftp://host.example, http or https",
    "/path/only, http or https",
    "https:///path, with a host",
    "https://host.example/?a=b, no query",
    "https://host.example/#a, no fragment",
    "https://user:pw@host.example, no user",
    "http://host.example, clear text",
    "http://127.0.0.1.host.example, clear text"
  })
  void endpointThatCannotServeIsRefusedWithAReason(String endpoint, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(endpoint).build())
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("pw"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://host.example",
        "HTTPS://host.example/",
        "http://localhost:8080",
        "http://127.0.0.1",
        "http://[::1]:1"
      })
  void endpointThatCanServeIsTaken(String endpoint) {
    assertThatCode(() -> builder(endpoint).build()).doesNotThrowAnyException();
  }

  @Test
  void plainHttpToAnotherMachineCanBeAllowed() {
    assertThat(builder("http://host.example/").allowPlainHttp().build())
        .hasToString("PartnerClient[http://host.example]");
  }

  @ParameterizedTest
  @CsvSource({
    "https://host.example/v1, https://host.example",
    "https://host.example/V1/, https://host.example",
    "https://host.example/partner/v1, https://host.example/partner",
    "https://host.example/dev1, https://host.example/dev1"
  })
  void versionMayBeNamedOrNot(String endpoint, String root) {
    assertThat(builder(endpoint).build()).hasToString("PartnerClient[" + root + "]");
  }

  @Test
  void valuesThatMakeNoSenseAreRefused() {
    PartnerClient.Builder builder = PartnerClient.builder();

    assertThatIllegalArgumentException().isThrownBy(() -> builder.requestTimeout(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.applicationName("a\r\nX: y"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.applicationName(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> new EntityTag("\n"));
    assertThatIllegalArgumentException().isThrownBy(() -> PartnerCredential.fixed("a b"));
    assertThatIllegalArgumentException().isThrownBy(() -> PartnerCredential.fixed(""));
  }

  @Test
  @SuppressWarnings("NullAway") // What a caller without a null checker can do.
  void missingVersionDoesNotBecomeAnUnguardedChange() {
    assertThatNullPointerException()
        .isThrownBy(() -> RequestOptions.none().withIfMatch(null))
        .withMessage("The service told no version");
  }

  @Test
  void textFormShowsNoSecret() {
    assertThat(builder("https://host.example").build().toString()).doesNotContain("hunter2");
  }
}
