package dev.vidame.server.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.wire.CustomerId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One test server for a class of tests; at the end the journals must be whole. */
public final class Served implements BeforeAllCallback, AfterAllCallback {
  private final Map<String, String> settings;
  private @Nullable OwnFolder folder;
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

  /** Where it has its files. */
  public Path folder() {
    if (folder == null) {
      throw new IllegalStateException("There is a folder only during tests");
    }
    return folder.path();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    folder = OwnFolder.create();
    server = TestServer.start(folder.path(), settings);
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
      folder.close();
    }
  }
}
