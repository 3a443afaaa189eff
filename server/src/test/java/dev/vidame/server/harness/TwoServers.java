package dev.vidame.server.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;

/** Two servers over one PostgreSQL behind one address, with the same clock. */
public final class TwoServers implements AutoCloseable {
  private final TestServer one;
  private final TestServer other;

  private TwoServers(TestServer one, TestServer other) {
    this.one = one;
    this.other = other;
  }

  /** Starts both. */
  public static TwoServers start(Path folder) {
    Map<String, String> store = SharedStore.postgres(folder);
    TestServer one = TestServer.start(folder, store);
    return new TwoServers(one, one.beside(folder, store, freePort()));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
  }
}
