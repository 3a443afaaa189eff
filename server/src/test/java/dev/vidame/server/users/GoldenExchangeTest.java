package dev.vidame.server.users;

import dev.vidame.server.harness.Golden;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole exchanges, as files beside which the founding document can be laid. */
class GoldenExchangeTest {
  @TempDir private Path folder;

  @Test
  void foundingDocumentsExchangeIsAnswered() {
    try (TestServer server = TestServer.start(folder)) {
      new Golden(server).play("founding-document");
    }
  }

  @Test
  void documentsAreAnsweredByTheLetterIfTheOperatorWantsIt() {
    Map<String, String> settings =
        Map.of(
            "validation.usage-location", "lenient",
            "compat.echo-password", "true",
            "compat.patch-collection", "false");
    try (TestServer server = TestServer.start(folder, settings)) {
      new Golden(server).play("documents-letter");
    }
  }

  @Test
  void bodiesOfTheClientsInUseAreUnderstood() {
    try (TestServer server = TestServer.start(folder)) {
      new Golden(server).play("clients-in-use");
    }
  }

  @Test
  void refusalsSayWhatIsWrong() {
    try (TestServer server = TestServer.start(folder)) {
      new Golden(server).with("app-only", server.tokens().appOnly()).play("refusals");
    }
  }

  @Test
  void accountIsDeletedRestoredAndGivenAPassword() {
    try (TestServer server = TestServer.start(folder)) {
      new Golden(server).play("delete-restore-reset");
    }
  }

  @Test
  void accountsAreCreatedListedAndFound() {
    try (TestServer server = TestServer.start(folder)) {
      new Golden(server).play("users");
    }
  }
}
