package dev.vidame.server.seed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.harness.Corpus;
import dev.vidame.server.harness.MovableClock;
import dev.vidame.server.harness.SharedStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A seed is refused as one, or loaded as a whole, so that another is loaded no more. */
public final class SeedFuzzTest {
  /** Open as long as the JVM runs: a fuzzer tells nobody when it is done. */
  private static final Directory DIRECTORY = open();

  private static Directory open() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "seed");
      return SharedStore.open(folder, new MovableClock());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes everything back. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Enough() {
      super("enough", null, false, false);
    }
  }

  /**
   * The store takes longer to open than an input may. Asked for this, Jazzer wants a public class.
   */
  public static void fuzzerInitialize() {
    assertThat(DIRECTORY.isEmpty()).isTrue();
  }

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      Seed seed = Seed.of("seed", input);
      DIRECTORY.atomically(inside -> {
        assertThat(seed.loadInto(inside, UUID::randomUUID).isLoaded()).isTrue();
        boolean isEmpty = inside.isEmpty();
        assertThat(seed.loadInto(inside, UUID::randomUUID).isLoaded()).isEqualTo(isEmpty);
        throw new Enough();
      });
    } catch (SeedException e) {
      assertThat(e).hasMessageStartingWith("seed").hasMessageEndingWith("Nothing was loaded.");
    } catch (Enough e) {
      assertThat(DIRECTORY.isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
