package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No page is forgotten by the tests that look at pages: pictures are named after their templates.
 */
class LookedAtTest {
  private static final Path TEMPLATES = Path.of("src/main/jte");
  private static final Path TESTS = Path.of("src/test/java/dev/vidame/server/dashboard");

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyPageIsLookedAtInARealBrowser() throws IOException {
    String tests =
        String.join(
            "\n", files(TESTS, "InChromiumTest.java").stream().map(LookedAtTest::text).toList());
    List<String> pages =
        files(TEMPLATES, ".jte").stream()
            .filter(template -> text(template).contains("@template.layout("))
            .map(template -> template.getFileName().toString().replace(".jte", ""))
            .toList();

    assertThat(pages).hasSizeGreaterThanOrEqualTo(11);
    assertThat(pages)
        .allSatisfy(page ->
            assertThat(Pattern.compile("\"" + page + "[\"-]").matcher(tests).find())
                .as("a picture whose name begins with " + page)
                .isTrue());
  }
}
