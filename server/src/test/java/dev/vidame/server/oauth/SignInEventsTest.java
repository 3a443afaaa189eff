package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.LogLines;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.limits.SignInLog;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failed sign-ins over HTTP, as the log tells them. */
class SignInEventsTest {
  @TempDir private Path folder;
  private TestServer server;
  private LogLines lines;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
    lines = LogLines.of(SignInLog.class.getName());
  }

  @AfterEach
  void stop() {
    lines.close();
    server.close();
  }

  private int ask(String form) {
    return server.send(server.tokens().request(form)).status();
  }

  private String wrongPassword() {
    return server.tokens().passwordForm().replaceFirst("(?<=&password=)[^&]*", "Wrong-Guess-1");
  }

  @Test
  void failuresAndTheLockAreToldWithTheAgentsId() {
    for (int i = 0; i < 10; i++) {
      assertThat(ask(wrongPassword())).isEqualTo(400);
    }
    assertThat(ask(wrongPassword())).isEqualTo(429);

    String told =
        "kind=password account="
            + server.tenancy().agent(Role.ADMIN_AGENT).id()
            + " address=127.0.0.1";
    assertThat(lines.startingWith("INFO"))
        .hasSize(11)
        .first()
        .isEqualTo("INFO Sign-in failed: " + told + " reason=wrong");
    assertThat(lines.startingWith("INFO").getLast()).endsWith("reason=too_soon");
    assertThat(lines.startingWith("WARNING"))
        .containsExactly("WARNING Sign-in locked: " + told + " seconds=60");
  }

  @Test
  void passwordInThePlaceOfTheNameIsNotWrittenDown() {
    String mistaken =
        server.tokens().passwordForm().replaceFirst("(?<=username=)[^&]*", "Correct-Horse-77");

    assertThat(ask(mistaken)).isEqualTo(400);
    assertThat(ask(mistaken)).isEqualTo(400);

    List<String> told = lines.startingWith("INFO");
    assertThat(told).hasSize(2).allMatch(line -> line.contains("account=unknown-"));
    assertThat(told.get(0)).isEqualTo(told.get(1));
    assertThat(String.join("\n", told)).doesNotContainIgnoringCase("correct-horse");
  }

  @Test
  void applicationGoesByItsIdWhereThereIsOne() {
    String form = "grant_type=client_credentials&client_id=%s&client_secret=guess";
    String id = server.tenancy().confidential().id().toString();
    String nobodys = "95ddddac-1f0f-4f0c-a3f6-0b6c0d5b1c11";

    assertThat(ask(form.formatted(id))).isEqualTo(401);
    assertThat(ask(form.formatted(nobodys))).isEqualTo(401);

    assertThat(lines.startingWith("INFO").get(0))
        .isEqualTo(
            "INFO Sign-in failed: kind=client_secret account="
                + id
                + " address=127.0.0.1 reason=wrong");
    assertThat(lines.startingWith("INFO").get(1))
        .contains("kind=client_secret account=unknown-")
        .doesNotContain(nobodys);
  }
}
