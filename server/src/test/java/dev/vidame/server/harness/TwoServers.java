package dev.vidame.server.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two servers over one PostgreSQL behind one address, with the same clock. The PostgreSQL is their
 * own, unless the tests' servers have one anyway.
 */
public final class TwoServers implements AutoCloseable {
  private final @Nullable EmbeddedPostgres postgres;
  private final TestServer one;
  private final TestServer other;

  private TwoServers(@Nullable EmbeddedPostgres postgres, TestServer one, TestServer other) {
    this.postgres = postgres;
    this.one = one;
    this.other = other;
  }

  /** Starts both. */
  public static TwoServers start(Path folder) {
    try {
      EmbeddedPostgres postgres =
          SharedStore.isPostgres() ? null : EmbeddedPostgres.builder().start();
      Map<String, String> store =
          postgres == null
              ? Map.of()
              : Map.of(
                  "store.url",
                  postgres.getJdbcUrl("postgres", "postgres"),
                  "store.user",
                  "postgres",
                  "store.connections",
                  "4");
      TestServer one = TestServer.start(folder, store);
      return new TwoServers(postgres, one, one.beside(folder, store, freePort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  public TestServer one() {
    return one;
  }

  public TestServer other() {
    return other;
  }

  @Override
  public void close() {
    one.close();
    other.close();
    if (postgres != null) {
      try {
        postgres.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
