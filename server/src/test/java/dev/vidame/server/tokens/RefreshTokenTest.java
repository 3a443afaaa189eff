package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.RefreshTokens;
import dev.vidame.server.tokens.World.Answer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RefreshTokenTest {
  private static final Duration GRACE = Duration.ofHours(24);

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

  @Test
  void anExchangedTokenStillWorksInItsGraceTime() {
    String first = signIn();
    String second = exchanged(first);

    world.clock.advance(GRACE);
    String third = exchanged(first);

    assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
    exchanged(second);
    exchanged(third);
  }

  @Test
  void useAfterTheGraceTimeEndsTheWholeFamily() {
    String first = signIn();
    String second = exchanged(first);
    String ofAnotherSignIn = signIn();

    world.clock.advance(GRACE.plusMillis(1));

    refused(World.refresh(first));
    refused(World.refresh(second));
    exchanged(ofAnotherSignIn);
  }

  @Test
  void aTokenEndsAfterItsValidity() {
    String token = signIn();

    world.clock.advance(Duration.ofDays(90));

    refused(World.refresh(token));
  }

  @Test
  void anUnknownTokenIsRefused() {
    refused(World.refresh("unknown"));
    refused(World.refresh("x".repeat(100_000)));
  }

  @Test
  void anotherApplicationsTokenIsRefusedAndStaysGood() {
    String token = signIn();
    Map<String, String> other =
        World.with(
            World.with(World.refresh(token), "client_id", World.CONFIDENTIAL_TOO.id().toString()),
            "client_secret",
            World.SECRET);

    refused(other);
    exchanged(token);
  }

  @Test
  void aRefusedRequestDoesNotUseTheTokenUp() {
    String token = signIn();

    Answer refused =
        world.ask(
            TokenVersion.V1,
            World.with(World.refresh(token), "resource", "https://elsewhere.example"));
    world.clock.advance(GRACE.plusSeconds(1));

    assertThat(refused.body()).containsEntry("error", "invalid_resource");
    exchanged(token);
  }

  @Test
  void theAudienceIsThatOfTheSignInUnlessAnotherIsAskedFor() {
    Map<String, String> form =
        World.with(World.password(), "resource", TokenSettings.LEGACY_AUDIENCE);
    String token = world.ask(TokenVersion.V1, form).text("refresh_token");
    String own = World.ADDRESS.toString();

    Answer same = world.ask(TokenVersion.V1, World.refresh(token));
    Answer other = world.ask(TokenVersion.V1, World.with(World.refresh(token), "resource", own));

    assertThat(same.body()).containsEntry("resource", TokenSettings.LEGACY_AUDIENCE);
    assertThat(other.body()).containsEntry("resource", own);
  }

  @Test
  void aSignInOutlivesAMoveOfTheServer() {
    Map<String, String> form = World.with(World.password(), "resource", World.ADDRESS.toString());
    String token = world.ask(TokenVersion.V1, form).text("refresh_token");
    Tokens moved =
        Tokens.open(
            world.directory,
            () -> URI.create("https://accounts.example/"),
            TokenSettings.standard(),
            world.clock);

    Answer answer =
        Answer.of(
            moved
                .endpoint()
                .answer(
                    new TokenRequest(
                        "common", TokenVersion.V1, World.refresh(token), null, World.CORRELATION)));

    assertThat(answer.body()).containsEntry("resource", TokenSettings.DEFAULT_AUDIENCE);
    assertThat(world.claims(answer.text("access_token")))
        .containsEntry("iss", "https://accounts.example/" + World.PARTNER + "/");
  }

  @Test
  void aTokenOfAnAgentWhoIsGoneIsRefused() {
    String token =
        world
            .directory
            .refreshTokens()
            .issue(
                new RefreshTokens.Subject(
                    World.PARTNER,
                    new AgentId(new UUID(1, 2)),
                    World.PUBLIC.id(),
                    TokenSettings.DEFAULT_AUDIENCE));

    refused(World.refresh(token));
  }

  private String signIn() {
    return world.ask(TokenVersion.V1, World.password()).text("refresh_token");
  }

  private String exchanged(String token) {
    Answer answer = world.ask(TokenVersion.V1, World.refresh(token));
    assertThat(answer.status()).isEqualTo(200);
    return answer.text("refresh_token");
  }

  private void refused(Map<String, String> form) {
    Answer answer = world.ask(TokenVersion.V1, form);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .containsEntry("error", "invalid_grant")
        .containsEntry("error_codes", List.of(70000L));
  }
}
