package dev.vidame.server.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.wire.CustomerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One test server for a class of tests; at the end the journals must be whole. */
public final class Served implements BeforeAllCallback, AfterAllCallback {
  private final Map<String, String> settings;
  private @Nullable Path folder;
  private @Nullable TestServer server;

  public Served() {
    this(Map.of());
  }

  public Served(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
  }

  /** The running server. */
  public TestServer server() {
    if (server == null) {
      throw new IllegalStateException("The server runs only during tests");
    }
    return server;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("vidame-test");
    server = TestServer.start(folder, settings);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (server != null) {
      for (CustomerId customer : List.of(Tenancy.CUSTOMER, Tenancy.OTHER_CUSTOMER)) {
        assertThat(server.server().directory().verifyJournal(customer).isIntact()).isTrue();
      }
      server.close();
    }
    if (folder != null) {
      delete(folder);
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
