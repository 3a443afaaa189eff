package dev.vidame.server.harness;

import dev.vidame.server.VidameServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The store that a test server begins with. It is filled by a server once in this JVM and copied
 * into the folder of each one, which spares them their schema, eight hashes of passwords and the
 * search for a key that signs. So all of them sign with the same key.
 *
 * @param file the file of SQLite
 * @param tenancy who and what is in it
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record SeededStore(byte[] file, Tenancy tenancy) {
  private static final String NAME = "vidame.db";

  private static final class Filled {
    private static final SeededStore STORE = fill();

    private static SeededStore fill() {
      try (OwnFolder folder = OwnFolder.create()) {
        VidameServer server = TestServer.server(folder.path(), Map.of(), new MovableClock());
        Tenancy tenancy = Tenancy.seed(server.directory());
        server.close();
        return new SeededStore(Files.readAllBytes(data(folder.path()).resolve(NAME)), tenancy);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
  }

  /**
   * Puts it into the folder that a server will be started on, and tells what is in it; empty where
   * the server's store is elsewhere.
   */
  static Optional<Tenancy> copyTo(Path folder, Map<String, String> settings) {
    if (SharedStore.isPostgres()
        || settings.containsKey("store.url")
        || settings.containsKey("data.folder")) {
      return Optional.empty();
    }
    try {
      Files.createDirectories(data(folder));
      Files.write(data(folder).resolve(NAME), Filled.STORE.file());
      return Optional.of(Filled.STORE.tenancy());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
