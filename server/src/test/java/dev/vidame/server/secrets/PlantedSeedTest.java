package dev.vidame.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.StartException;
import dev.vidame.server.VidameServer;
import dev.vidame.server.harness.MovableClock;
import dev.vidame.server.harness.SecretSearch;
import dev.vidame.server.harness.SharedStore;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.seed.Seed;
import dev.vidame.server.seed.SeedException;
import dev.vidame.server.settings.Settings;
import dev.vidame.server.settings.SettingsLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that fills a store brings passwords and secrets, too, some of them not good. */
final class PlantedSeedTest {
  @TempDir private Path folder;
  @TempDir private Path elsewhere;

  @Test
  void noneOfASeedIsFound() throws Exception {
    String good = "Planted-In-A-Seed-1";
    List<String> told = new ArrayList<>();
    Overheard overheard = new Overheard();
    try (overheard) {
      for (String bad : List.of("\"planted-in-a-seed\"", "[\"" + good + "\"]", "\"" + good)) {
        told.add(refused(seed(bad, "\"" + good + "-0123456789\"")));
        told.add(refused(seed("\"" + good + "\"", bad)));
      }
      Seed seed = Seed.read(seed("\"" + good + "\"", "\"" + good + "-0123456789\""));
      try (VidameServer server = VidameServer.start(settings(), new MovableClock(), seed)) {
        told.add(server.seeded().orElseThrow().message());
        assertThat(server.directory().partners().signIn("first@partner.example", good)).isPresent();
      }
    }

    SecretSearch search = SecretSearch.of(List.of("Planted-In-A-Seed"));
    assertThat(told).hasSize(7);
    assertThat(search.in(told + "\n" + overheard.log() + "\n" + overheard.printed())).isEmpty();
    assertThat(search.inFiles(folder)).isEmpty();
  }

  private Settings settings() {
    Map<String, String> flags = new HashMap<>(SharedStore.settings(folder));
    flags.put("listen.port", "0");
    return SettingsLoader.load(Optional.empty(), Map.of(), flags);
  }

  /** A file with these as passwords and as an application's secret. */
  private Path seed(String password, String secret) throws IOException {
    return Files.writeString(
        elsewhere.resolve("seed.json"),
        """
        {"partners": [{"id": "%s", "name": "P",
          "agents": [{"id": "%s", "userPrincipalName": "first@partner.example", "displayName": "A",
                      "password": %s, "roles": ["admin_agent"]}],
          "applications": [{"id": "%s", "name": "B", "secret": %s}]}],
         "customers": [{"id": "%s", "companyName": "C", "domain": "seed.example", "partners": ["%s"],
          "users": [{"id": "%s", "userPrincipalName": "u@seed.example", "displayName": "U",
                     "password": %s}]}]}
        """
            .formatted(
                Tenancy.PARTNER,
                new UUID(1, 1),
                password,
                new UUID(1, 2),
                secret,
                Tenancy.CUSTOMER,
                Tenancy.PARTNER,
                Tenancy.USER,
                password));
  }

  /** Why a file is not taken. */
  private String refused(Path seed) throws StartException {
    try (VidameServer server =
        VidameServer.start(settings(), new MovableClock(), Seed.read(seed))) {
      throw new AssertionError("It was taken: " + server.seeded());
    } catch (SeedException e) {
      StringWriter told = new StringWriter();
      e.printStackTrace(new PrintWriter(told));
      return told.toString();
    }
  }
}
