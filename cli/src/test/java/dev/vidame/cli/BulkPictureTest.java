package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Draws what a terminal shows of a bulk run: 500 rows of which three are wrong, planned, applied,
 * and half taken back. With {@code -Dvidame.accept-pictures=true} it becomes the picture in the
 * README; otherwise that must still be what is said, but for its numbers.
 */
@EnabledOnOs(OS.LINUX) // script and its options are those of Linux
@EnabledIfSystemProperty(named = "vidame.long", matches = "true")
class BulkPictureTest {
  private static final Path KEPT = Path.of("..", "docs", "pictures", "bulk.svg");
  private static final String TITLE =
      "A terminal: vidame bulk plans 500 rows, leaves three wrong ones out, applies the rest and takes"
          + " them back";
  private static final int ROWS = 500;
  private static final int HALF = 50;

  /** So many lines has the terminal; what came before them is out of sight. */
  private static final int LINES = 20;

  private static final Pattern PERCENT = Pattern.compile("(\\d+) %  .* left$");
  private static final List<Integer> WRONG = List.of(17, 230, 404);

  @TempDir private Path folder;

  private void fill(Path data) throws Exception {
    var _ = Tenants.fill(data, 0);
    Tenants.addMany(data, ROWS);
    StringBuilder text = new StringBuilder("userPrincipalName,usageLocation\n");
    for (int i = 1; i <= ROWS; i++) {
      String location = WRONG.contains(i + 1) ? "Nowhere" : "FR";
      text.append("many").append(i).append('@').append(Tenants.DOMAIN).append(',');
      text.append(location).append('\n');
    }
    Files.writeString(folder.resolve("people.csv"), text);
  }

  /** Runs a command on a terminal; tells what its screen is at the end, or at a half of a bar. */
  private List<String> run(URI server, String token, boolean isHalf, String... arguments)
      throws IOException, InterruptedException {
    String command =
        BulkProcess.command(arguments).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qec", command, "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    BulkProcess.environment(builder, server, token);
    builder.environment().putAll(Map.of("COLUMNS", "120", "NO_COLOR", "1"));
    Process terminal = builder.start();
    Screen screen = new Screen();
    List<String> half = List.of();
    screen.write("$ vidame bulk " + String.join(" ", arguments) + "\n");
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(terminal.getInputStream(), StandardCharsets.UTF_8))) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        screen.write(String.valueOf((char) c));
        var percent = PERCENT.matcher(screen.last());
        if (half.isEmpty() && percent.find() && Integer.parseInt(percent.group(1)) >= HALF) {
          half = screen.lines();
        }
      }
    }
    var _ = terminal.waitFor();
    return isHalf ? half : screen.lines();
  }

  private static String masked(String svg) {
    return svg.replaceAll("[0-9,.:]+", "0").replaceAll("\\[[#0]+\\]", "[]").replaceAll(" +", " ");
  }

  @Test
  void terminalOfABulkRun() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    fill(data);
    List<String> shown = new ArrayList<>();
    try (ServerProcess server = ServerProcess.start(data)) {
      String token = Tenants.credential(server.address()).token().value();
      URI address = server.address();
      shown.addAll(run(address, token, false, "plan", "people.csv", "--leave-out-bad-rows"));
      shown.addAll(run(address, token, false, "apply", "people.csv.plan", "--rate", "250"));
      shown.addAll(run(address, token, true, "undo", "people.csv.plan", "--rate", "250"));
    }
    shown.removeIf(String::isBlank);
    shown.subList(0, shown.size() - LINES).clear();

    String svg = Screen.svg(TITLE, shown);

    Files.writeString(Path.of("target", "bulk.svg"), svg);
    assertThat(shown)
        .as(String.join("\n", shown))
        .anyMatch(line -> line.startsWith("people.csv:17: "))
        .anyMatch(line -> line.contains("497 changed."));
    assertThat(shown.getLast()).contains("[############", " left");
    assertThat(shown).allMatch(line -> line.length() <= 120);
    if (Boolean.getBoolean("vidame.accept-pictures")) {
      Files.createDirectories(KEPT.getParent());
      Files.writeString(KEPT, svg);
    }
    assertThat(masked(Files.readString(KEPT))).isEqualTo(masked(svg));
  }
}
