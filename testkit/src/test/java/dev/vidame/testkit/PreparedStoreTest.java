package dev.vidame.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.seed.FoundingDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * The store that comes with the kit is what a server makes of the founding document. It is made
 * anew, where that document changed, with {@code -Dvidame.accept-store=true}; an older schema is
 * brought up to date by each start, so migrations alone need not do that.
 */
final class PreparedStoreTest {
  /** Long ago, so that no test depends on how old the store is. */
  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

  private static final Path FILE =
      Path.of("src/main/resources/dev/vidame/testkit", Stores.PREPARED);

  private static final String CUSTOMER = "/v1/customers/" + FoundingDocument.CUSTOMER;

  @Test
  void preparedStoreIsWhatTheSeedMakes() throws IOException {
    try (Vidame seeded = Vidame.builder().seed(FoundingDocument.seed()).standingAt(MADE).start()) {
      if (Boolean.getBoolean("vidame.accept-store")) {
        Files.write(FILE, packed(seeded.snapshot().file()));
        return;
      }
      try (Vidame prepared = Vidame.builder().standingAt(MADE).start()) {
        assertThat(answers(prepared)).isEqualTo(answers(seeded)).hasSize(7);
      }
    }
  }

  private static byte[] packed(Path store) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packing = new GZIPOutputStream(out)) {
      Files.copy(store, packing);
    }
    return out.toByteArray();
  }

  private static List<String> answers(Vidame vidame) {
    try (Http http = new Http(vidame)) {
      return List.of(
              "/v1/customers",
              CUSTOMER + "/users",
              CUSTOMER + "/users/" + FoundingDocument.USER + "/licenses",
              CUSTOMER + "/users/" + FoundingDocument.ADMINISTRATOR + "/directoryroles",
              CUSTOMER + "/subscribedskus",
              CUSTOMER + "/directoryroles",
              CUSTOMER + "/profiles/company")
          .stream()
          .map(http::getAsAdmin)
          .peek(answer -> assertThat(answer.statusCode()).isEqualTo(200))
          .map(answer -> answer.body())
          .toList();
    }
  }

  @Test
  void credentialsAreThoseOfTheDocument() {
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

      assertThat(http.send("POST", "/" + partner.id() + "/oauth2/token", form).statusCode())
          .isEqualTo(200);
      assertThat(partner.id()).isEqualTo(FoundingDocument.PARTNER.value());
      assertThat(partner.agentName()).isEqualTo(FoundingDocument.AGENT_NAME);
    }
  }
}
