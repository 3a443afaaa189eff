package dev.vidame.server.customers;

import dev.vidame.server.customers.Bodies.Sandbox;
import dev.vidame.server.harness.Golden;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole exchanges of the customers' pages. */
class CustomerGoldenTest {
  @TempDir private Path folder;

  @Test
  void documentsExchangesAreAnswered() {
    try (TestServer server = TestServer.start(folder)) {
      new Golden(server).play("customers");
    }
  }

  @Test
  void bodiesOfTheClientsInUseAreUnderstood() {
    try (TestServer server = TestServer.start(folder)) {
      new Golden(server).with("sandbox", Sandbox.of(server).admin()).play("customers-clients");
    }
  }

  @Test
  void createIsAnsweredByTheLetterIfTheOperatorWantsIt() {
    Map<String, String> settings = Map.of("compat.create-customer-relationship", "none");
    try (TestServer server = TestServer.start(folder, settings)) {
      new Golden(server).play("customers-letter");
    }
  }

  @Test
  void customersAreListedAndFound() {
    try (TestServer server = TestServer.start(folder)) {
      new Golden(server).play("customers-list");
    }
  }
}
