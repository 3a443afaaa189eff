package dev.vidame.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerCredential;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SdkCommandTest {
  private static final String ID = "4b10bf41-ab11-40e3-8c53-cd67849b50de";

  @Test
  void fixedAnswerServesOneConnectionAgainAndAgain() throws IOException {
    try (FixedAnswer server = new FixedAnswer(("{\"id\":\"" + ID + "\"}").getBytes(UTF_8))) {
      PartnerClient partner =
          PartnerClient.builder()
              .endpoint(server.address())
              .credential(PartnerCredential.fixed("t"))
              .build();
      for (int i = 0; i < 3; i++) {
        assertThat(partner.customers().byId(CustomerId.of(ID)).users().byId(ID).get().id())
            .isEqualTo(UserId.of(ID));
      }
    }
  }
}
