package dev.vidame.server.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Servers of single tests, with settings of their own; they end with their test. */
public final class OwnServers implements AfterEachCallback {
  private final List<TestServer> started = new ArrayList<>();

  /** A server with the usual settings. */
  public TestServer start(Path folder) {
    return start(folder, Map.of());
  }

  /** The same with other settings. */
  public TestServer start(Path folder, Map<String, String> settings) {
    TestServer server = TestServer.start(folder, settings);
    started.add(server);
    return server;
  }

  @Override
  public void afterEach(ExtensionContext test) {
    started.forEach(TestServer::close);
    started.clear();
  }
}
