package dev.vidame.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the guide for users of the archived SDK names is there. */
class MigrationGuideTest {
  private static final Path GUIDE =
      Path.of("../docs/migrating-from-the-partner-center-java-sdk.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern METHOD = Pattern.compile("\\b([a-z][A-Za-z]*)\\(");
  private static final Pattern TYPE = Pattern.compile("\\b([A-Z][a-z][A-Za-z]*)\\b");

  /** Of the JDK, or the program's own. */
  private static final Set<String> NOT_OURS =
      Set.of(
          "newBuilder",
          "proxy",
          "size",
          "stream",
          "HttpClient",
          "Instant",
          "LocalDate",
          "Supplier",
          "CompletableFuture",
          "Nullable",
          "JSpecify",
          "URI",
          "Vidame",
          "Java",
          "Content",
          "Type",
          "Client",
          "Contract",
          "Version",
          "Field",
          "Value",
          "Operator");

  @Test
  void everyNameOfTheNewSdkIsInItsApi() throws IOException {
    String api = Files.readString(Path.of("api.txt"));
    Set<String> missing = new TreeSet<>();
    int names = 0;
    for (String line : Files.readAllLines(GUIDE)) {
      int columns = line.split(" \\| ", -1).length;
      if (line.startsWith("| ") && columns == 2) {
        Matcher code = CODE.matcher(line.substring(line.indexOf(" | ", 1)));
        while (code.find()) {
          names += check(METHOD.matcher(code.group(1)), " %s(", api, missing);
          names += check(TYPE.matcher(code.group(1)), "%s", api, missing);
        }
      }
    }

    assertThat(missing).isEmpty();
    assertThat(names).isGreaterThan(100);
  }

  private static int check(Matcher names, String form, String api, Set<String> missing) {
    int count = 0;
    while (names.find()) {
      String name = names.group(1);
      count++;
      if (!NOT_OURS.contains(name) && !api.contains(form.formatted(name))) {
        missing.add(name);
      }
    }
    return count;
  }
}
