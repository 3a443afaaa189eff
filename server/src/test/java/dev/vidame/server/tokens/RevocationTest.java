package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.tokens.World.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refresh tokens end when their client says so (RFC 7009). */
final class RevocationTest {
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

  private String signIn() {
    return world.ask(TokenVersion.V2, World.password()).text("refresh_token");
  }

  private Answer refresh(String token) {
    return world.ask(TokenVersion.V2, World.refresh(token));
  }

  private Answer revoke(Map<String, String> form) {
    TokenRequest request =
        new TokenRequest("common", TokenVersion.V2, form, null, World.CORRELATION);
    return Answer.of(
        world
            .tokens()
            .endpoint()
            .revoke(request, text -> world.verify(text) instanceof Verification.Verified));
  }

  private static Map<String, String> form(String token) {
    return World.form("client_id", World.PUBLIC.id().toString(), "token", token);
  }

  @Test
  void theWholeSignInEndsAndNoOther() {
    String first = signIn();
    String second = refresh(first).text("refresh_token");
    String other = signIn();

    Answer answer = revoke(World.with(form(first), "token_type_hint", "refresh_token"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(refresh(first).body()).containsEntry("error", "invalid_grant");
    assertThat(refresh(second).body()).containsEntry("error", "invalid_grant");
    assertThat(refresh(other).status()).isEqualTo(200);
  }

  @Test
  void revokingTwiceOrWhatIsNoneIsNoError() {
    String token = signIn();

    assertThat(revoke(form(token)).status()).isEqualTo(200);
    assertThat(revoke(form(token)).status()).isEqualTo(200);
    assertThat(revoke(form("unknown")).status()).isEqualTo(200);
  }

  @Test
  void anotherClientsTokenStaysGood() {
    String token = signIn();
    Map<String, String> other =
        World.form(
            "client_id",
            World.CONFIDENTIAL.id().toString(),
            "client_secret",
            World.SECRET,
            "token",
            token);

    assertThat(revoke(other).body()).containsEntry("error", "invalid_grant");
    assertThat(refresh(token).status()).isEqualTo(200);
  }

  @Test
  void clientMustProveItself() {
    String token = signIn();
    Map<String, String> wrong =
        World.form("client_id", World.CONFIDENTIAL.id().toString(), "token", token);

    assertThat(revoke(wrong).status()).isEqualTo(401);
    assertThat(revoke(Map.of("token", token)).body()).containsEntry("error", "invalid_request");
    assertThat(refresh(token).status()).isEqualTo(200);
  }

  @Test
  void tokenMustBeThere() {
    assertThat(revoke(World.form("client_id", World.PUBLIC.id().toString())).body())
        .containsEntry("error", "invalid_request");
  }

  @Test
  void accessTokenSaysThatItCannotBeRevoked() {
    assertThat(revoke(form(world.userToken())).body())
        .containsEntry("error", "unsupported_token_type");
  }
}
