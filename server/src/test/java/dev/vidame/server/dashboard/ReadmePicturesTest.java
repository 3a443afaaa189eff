package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pictures of the README are there, are small, are all shown, and say what they show. */
class ReadmePicturesTest {
  private static final Path ROOT = Path.of("..");
  private static final long LARGEST_BYTES = 150 * 1024;
  private static final Pattern SHOWN =
      Pattern.compile("!\\[([^\\]]*)\\]\\((docs/pictures/[^)]+)\\)");

  @Test
  void everyPictureIsShownWithATextForWhoDoesNotSeeIt() throws IOException {
    List<String> shown =
        SHOWN
            .matcher(Files.readString(ROOT.resolve("README.md")))
            .results()
            .peek(found -> assertThat(found.group(1)).hasSizeBetween(20, 250))
            .map(found -> found.group(2))
            .toList();
    List<String> kept;
    try (Stream<Path> files = Files.list(ROOT.resolve("docs/pictures"))) {
      kept = files.map(file -> "docs/pictures/" + file.getFileName()).toList();
    }

    assertThat(shown).hasSize(4).containsExactlyInAnyOrderElementsOf(kept);
    for (String picture : shown) {
      assertThat(Files.size(ROOT.resolve(picture))).as(picture).isLessThan(LARGEST_BYTES);
    }
  }
}
