package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.AuthorizationCodes.Grant;
import dev.vidame.directory.partners.RefreshTokens;
import dev.vidame.server.harness.Together;
import dev.vidame.server.tokens.World.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A code is good once, and soon not at all. */
final class AuthorizationCodeTest {
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final String BACK = "https://portal.example/";
  private static final int RACES = 100;

  @TempDir private Path folder;
  private World world;

  @BeforeEach
  void open() {
    world = new World(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String code() {
    RefreshTokens.Subject subject =
        new RefreshTokens.Subject(
            World.PARTNER, World.AGENT.id(), World.PUBLIC.id(), TokenSettings.DEFAULT_AUDIENCE);
    return world.directory.authorizationCodes().issue(new Grant(subject, BACK, CHALLENGE, null));
  }

  private Answer exchange(String code) {
    return exchange(code, VERIFIER);
  }

  private Answer exchange(String code, String verifier) {
    Map<String, String> form =
        World.form(
            "grant_type",
            "authorization_code",
            "client_id",
            World.PUBLIC.id().toString(),
            "code",
            code,
            "redirect_uri",
            BACK,
            "code_verifier",
            verifier);
    return world.ask(TokenVersion.V2, form);
  }

  private boolean isGood(String refreshToken) {
    return world.ask(TokenVersion.V2, World.refresh(refreshToken)).status() == 200;
  }

  @Test
  void codeLastsAMinute() {
    String code = code();
    String other = code();
    world.clock.advance(Duration.ofSeconds(60).minusMillis(1));
    assertThat(exchange(code).status()).isEqualTo(200);

    world.clock.advance(Duration.ofMillis(1));

    assertThat(exchange(other).body()).containsEntry("error", "invalid_grant");
  }

  @Test
  void codeThatComesTwiceEndsWhatItGave() {
    String code = code();
    String bystander = exchange(code()).text("refresh_token");
    String first = exchange(code).text("refresh_token");
    String second = world.ask(TokenVersion.V2, World.refresh(first)).text("refresh_token");
    world.clock.advance(Duration.ofHours(3));

    Answer again = exchange(code);

    assertThat(again.body()).containsEntry("error", "invalid_grant");
    assertThat(isGood(first)).isFalse();
    assertThat(isGood(second)).isFalse();
    assertThat(isGood(bystander)).isTrue();
  }

  @Test
  void wrongVerifierUsesTheCodeUp() {
    String code = code();

    assertThat(exchange(code, VERIFIER.replace('d', 'e')).status()).isEqualTo(400);

    assertThat(exchange(code).status()).isEqualTo(400);
  }

  @Test
  void emptyChallengeIsNone() {
    RefreshTokens.Subject subject =
        new RefreshTokens.Subject(
            World.PARTNER, World.AGENT.id(), World.PUBLIC.id(), TokenSettings.DEFAULT_AUDIENCE);

    assertThatThrownBy(() -> new Grant(subject, BACK, "", null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A key makes an application confidential as a secret does. */
  @Test
  void applicationWithAKeyMayLeavePkceOutWhereANonceIsTaken(@TempDir Path other) {
    try (World taking = new World(other, TokenSettings.standard().withNonceInsteadOfPkce(true))) {
      RefreshTokens.Subject subject =
          new RefreshTokens.Subject(
              World.PARTNER,
              World.AGENT.id(),
              World.CONFIDENTIAL.id(),
              TokenSettings.DEFAULT_AUDIENCE);
      String code =
          taking.directory.authorizationCodes().issue(new Grant(subject, BACK, null, "n-1"));
      Map<String, String> form = Signers.form(new Signers(taking).signed());
      form.put("grant_type", "authorization_code");
      form.put("code", code);
      form.put("redirect_uri", BACK);

      Answer answer = taking.ask(TokenVersion.V2, form);

      assertThat(taking.claims(answer.text("access_token"))).containsEntry("azpacr", "2");
    }
  }

  /** Who comes second takes away what the first one got, whoever is whose thief. */
  @Test
  void ofManyAtOnceNobodyKeepsAnything() throws InterruptedException, ExecutionException {
    for (int race = 0; race < RACES; race++) {
      String code = code();

      List<Answer> answers = Together.run(4, i -> () -> exchange(code));

      List<Answer> successes = answers.stream().filter(it -> it.status() == 200).toList();
      assertThat(successes).as("race %s", race).hasSize(1);
      assertThat(isGood(successes.getFirst().text("refresh_token"))).as("race %s", race).isFalse();
    }
  }

  @Test
  void codeEndsWithTheAgentsPassword() {
    String code = code();

    world
        .directory
        .agents()
        .resetPassword(World.PARTNER, World.AGENT.id(), "Another-Horse-99", request());

    assertThat(exchange(code).status()).isEqualTo(400);
  }

  private static ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(World.PARTNER), UUID.randomUUID());
  }
}
