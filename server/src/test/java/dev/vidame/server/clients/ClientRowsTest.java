package dev.vidame.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every letter in the table of clients' differences has a test of that client. */
class ClientRowsTest {
  private static final Path PAGE = Path.of("..", "docs", "compatibility.md");

  private static final Map<String, Class<?>> TESTS =
      Map.of(
          "J", JavaClientTest.class,
          "N", NetClientTest.class,
          "P", NodeClientTest.class,
          "S", PowerShellTest.class);

  @Test
  void everyRowIsTestedForEveryClientThatNeedsIt() throws IOException {
    Set<String> tested = new TreeSet<>();
    TESTS.forEach((client, tests) -> {
      for (Method test : tests.getDeclaredMethods()) {
        Rows rows = test.getAnnotation(Rows.class);
        if (rows != null) {
          for (int row : rows.value()) {
            tested.add(row + " " + client);
          }
        }
      }
    });

    assertThat(needed()).hasSizeGreaterThan(50);
    assertThat(tested).containsAll(needed());
  }

  private static Set<String> needed() throws IOException {
    Set<String> needed = new TreeSet<>();
    String page = Files.readString(PAGE);
    for (String line : page.substring(page.indexOf("## Where clients differ")).lines().toList()) {
      String[] cells = line.split("\\|", -1);
      if (line.matches("\\| \\d+ \\|.*")) {
        for (String client :
            String.join(" ", cells[3], cells[4], cells[5]).strip().split("\\s+", -1)) {
          needed.add(cells[1].strip() + " " + client);
        }
      }
    }
    return needed;
  }
}
