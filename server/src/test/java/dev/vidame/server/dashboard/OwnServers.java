package dev.vidame.server.dashboard;

import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Servers of single tests, with settings of their own; they end with their test. */
final class OwnServers implements AfterEachCallback {
  private final List<TestServer> started = new ArrayList<>();

  TestServer start(Path folder, Map<String, String> settings) {
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
