package dev.vidame.server.factors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.SecondFactor;
import dev.vidame.directory.partners.SecondFactors.Outcome;
import dev.vidame.server.StartException;
import dev.vidame.server.VidameServer;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.MovableClock;
import dev.vidame.server.secrets.KeySeal;
import dev.vidame.server.settings.SettingsLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What codes are made of, as it is in the store. */
final class SealedFactorTest {
  private static final String KEY =
      Base64.getEncoder()
          .encodeToString("an example of a key of 32 bytes.".getBytes(StandardCharsets.US_ASCII));
  private static final Agent AGENT =
      new Agent(
          new AgentId(new UUID(1, 1)),
          new PartnerId(new UUID(0, 1)),
          "agent@partner.example",
          "",
          Set.of());

  @TempDir private Path folder;
  private final MovableClock clock = new MovableClock();

  private VidameServer start(Map<String, String> environment) throws StartException {
    Map<String, String> flags =
        Map.of("data.folder", folder.resolve("data").toString(), "listen.port", "0");
    return VidameServer.start(SettingsLoader.load(Optional.empty(), environment, flags), clock);
  }

  private OneTimeCodes codes(VidameServer server, KeySeal seal) {
    return OneTimeCodes.open(
        server.directory(), seal, new OneTimeCodes.Chance(new SecureRandom(), clock));
  }

  private static void createAgent(VidameServer server) {
    server.directory().partners().create(new Partner(AGENT.partner(), "A partner"));
    server.directory().partners().createAgent(AGENT, "Correct-Horse-77");
  }

  private Authenticator enrolled(OneTimeCodes codes) {
    OneTimeCodes.Shown shown =
        codes
            .enrol(AGENT.partner(), AGENT.id(), Authenticator.request(AGENT))
            .orElseThrow()
            .value();
    Authenticator hand =
        new Authenticator(String.valueOf(shown.secret()), shown.recoveryCodes(), clock);
    var _ =
        codes
            .confirm(AGENT.partner(), AGENT.id(), hand.code(-1), Authenticator.request(AGENT))
            .orElseThrow();
    return hand;
  }

  private static String stored(VidameServer server) {
    return server
        .directory()
        .secondFactors()
        .enrolled(AGENT)
        .map(SecondFactor::secret)
        .orElseThrow();
  }

  @Test
  void secretAndCodesAreNotInTheFolderOfAStoreWithAKey() throws Exception {
    List<String> planted = new ArrayList<>();
    try (VidameServer server = start(Map.of("VIDAME_SECRETS_KEY", KEY))) {
      createAgent(server);
      OneTimeCodes codes = codes(server, KeySeal.of(KEY));
      OneTimeCodes.Shown shown =
          codes
              .enrol(AGENT.partner(), AGENT.id(), Authenticator.request(AGENT))
              .orElseThrow()
              .value();
      Authenticator hand =
          new Authenticator(String.valueOf(shown.secret()), shown.recoveryCodes(), clock);
      var _ =
          codes
              .confirm(AGENT.partner(), AGENT.id(), hand.code(), Authenticator.request(AGENT))
              .orElseThrow();
      String stored = stored(server);
      assertThat(stored).startsWith("sealed-1.");
      String factor = server.directory().secondFactors().enrolled(AGENT).orElseThrow().id() + "";
      String base64 = KeySeal.of(KEY).open(factor, stored);
      byte[] secret = Base64.getDecoder().decode(base64);
      assertThat(Base32.of(secret)).isEqualTo(shown.secret());
      planted.addAll(
          List.of(base64, Base32.of(secret), new String(secret, StandardCharsets.ISO_8859_1)));
      shown
          .recoveryCodes()
          .forEach(code -> {
            planted.add(code);
            planted.add(code.replace("-", ""));
          });
    }

    assertThat(planted).hasSize(23).allSatisfy(text -> assertThat(holders(text)).isEmpty());
    try (VidameServer server = start(Map.of("VIDAME_SECRETS_KEY", KEY))) {
      assertThat(stored(server)).startsWith("sealed-1.");
    }
  }

  @Test
  void storeThatIsGivenAKeyEncryptsWhatItHasAndCodesStayGood() throws Exception {
    Authenticator hand;
    String base64;
    try (VidameServer server = start(Map.of())) {
      createAgent(server);
      hand = enrolled(codes(server, KeySeal.none()));
      base64 = stored(server);
    }
    assertThat(base64).doesNotStartWith("sealed");
    assertThat(holders(base64)).as("the search finds what is there").isNotEmpty();
    assertThat(hand.recoveryCodes())
        .allSatisfy(code -> assertThat(holders(code.replace("-", ""))).isEmpty());

    try (VidameServer server = start(Map.of("VIDAME_SECRETS_KEY", KEY))) {
      assertThat(stored(server)).startsWith("sealed-1.");
      assertThat(codes(server, KeySeal.of(KEY)).take(AGENT, hand.code())).isEqualTo(Outcome.TAKEN);
    }

    assertThat(holders(base64)).isEmpty();
  }

  private List<Path> holders(String secret) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, secret)).toList();
    }
  }

  private static boolean holds(Path file, String secret) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
