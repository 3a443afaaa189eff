package dev.vidame.server.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new folder, which goes with all that was put into it. */
record OwnFolder(Path path) implements AutoCloseable {
  static OwnFolder create() throws IOException {
    return new OwnFolder(Files.createTempDirectory("vidame-test"));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> paths = Files.walk(path)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
