package dev.vidame.server.licenses;

import dev.vidame.server.harness.Golden;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documented exchanges about subscribed SKUs and licences (wire-spec §5). */
class LicenseGoldenTest {
  @TempDir private Path folder;

  @Test
  void documentedExchangesAreAnswered() {
    try (TestServer server = TestServer.start(folder)) {
      Seats.define(server);
      Seats.located(server, Tenancy.USER);
      String second = Seats.located(server, server.tenancy().newUser()).toString();
      new Golden(server).with("second", second).play("licenses");
    }
  }

  @Test
  void requestsOfTheClientsInUseAreUnderstood() {
    try (TestServer server = TestServer.start(folder)) {
      Seats.define(server);
      Seats.located(server, Tenancy.USER);
      new Golden(server).play("licenses-clients");
    }
  }
}
