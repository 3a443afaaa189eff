package dev.vidame.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vidame.bench.BenchException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** docs/scale.md says what the simulator computes now, from the costs that it has now. */
class ScalePageTest {
  private static final Pattern NUMBER = Pattern.compile("[0-9][0-9 ]*(?:\\.[0-9]+)?");
  private static final Pattern OPTION = Pattern.compile("`(--[a-z-]+)`");
  private static final Pattern FIGURE = Pattern.compile("\"(\\w+)\": ([-0-9.]+)");

  /** What is asked for anew each time, and not a cost. */
  private static final Set<String> OF_A_RUN =
      Set.of("--users", "--customers", "--seconds", "--seed");

  /** Each line of the computed table, and what the simulator calls its figures. */
  private static final Map<String, List<String>> COMPUTED = computed();

  private static final CommandSpec SPEC = new CommandLine(new SimulateCommand()).getCommandSpec();

  private final PrintStream stdout = System.out;
  private final Locale locale = Locale.getDefault();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private List<List<String>> rows = List.of();
  private String page = "";

  private static Map<String, List<String>> computed() {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    lines.put("customers", List.of("customers"));
    lines.put("largest customer, users", List.of("largest_customer_users"));
    lines.put("changes per second at the busiest time", List.of("changes_per_s"));
    lines.put("reads per second at the busiest time", List.of("reads_per_s"));
    lines.put("GB of users", List.of("accounts_gb"));
    lines.put("GB of journal in a year", List.of("journal_gb_per_year"));
    lines.put("GB after three years, one copy", List.of("end_gb"));
    lines.put("shards", List.of("shards"));
    lines.put("fullest shard, times the mean", List.of("imbalance"));
    lines.put(
        "its changes, its reads per second",
        List.of("fullest_shard_changes_per_s", "fullest_shard_reads_per_s"));
    lines.put("databases with their copies", List.of("databases"));
    lines.put("server processes", List.of("servers"));
    lines.put("connections of all of them", List.of("connections"));
    lines.put(
        "cost per month after three years, in the example's prices", List.of("cost_per_month"));
    return lines;
  }

  @BeforeEach
  void read() throws IOException {
    Locale.setDefault(Locale.ROOT);
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    page = Files.readString(Path.of("../docs/scale.md"));
    rows =
        page.lines()
            .filter(line -> line.startsWith("| "))
            .map(line ->
                Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                    .map(String::strip)
                    .toList())
            .toList();
  }

  @AfterEach
  void restore() {
    System.setOut(stdout);
    Locale.setDefault(locale);
  }

  private List<String> row(String title) {
    return rows.stream().filter(row -> row.getFirst().equals(title)).findFirst().orElseThrow();
  }

  private static List<BigDecimal> numbers(String cell) {
    return NUMBER
        .matcher(cell)
        .results()
        .map(found -> new BigDecimal(found.group().replace(" ", "")))
        .toList();
  }

  private Map<String, BigDecimal> simulated(String... options) {
    written.reset();
    SimulateCommand simulate = new SimulateCommand();
    new CommandLine(simulate).parseArgs(options);
    assertThat(simulate.call()).isZero();
    Map<String, BigDecimal> figures = new LinkedHashMap<>();
    Matcher figure =
        FIGURE.matcher(written.toString(StandardCharsets.UTF_8).lines().toList().getLast());
    while (figure.find()) {
      figures.put(figure.group(1), new BigDecimal(figure.group(2)));
    }
    return figures;
  }

  @ParameterizedTest
  @CsvSource({"1, 1000000", "2, 100000000"})
  void tableIsWhatTheSimulatorComputes(int column, long users) {
    requireColumn(column, users);
  }

  /** Some seconds, and some hundred megabytes. */
  @Test
  @EnabledIfSystemProperty(named = "vidame.long", matches = "true")
  void columnOfAThousandMillionUsersIsWhatTheSimulatorComputes() {
    requireColumn(3, 1_000_000_000);

    Map<String, BigDecimal> standard = simulatedLarge();
    assertThat(percent(standard, "fullest_shard_changes_per_s", "--shard-changes")).isEqualTo(2);
    assertThat(percent(standard, "fullest_shard_reads_per_s", "--shard-reads")).isEqualTo(37);
    assertThat(page).contains("is asked for 2 % of the changes and 37 % of the reads that it does");
    assertThat(simulatedLarge("--years=1").get("shards")).isEqualTo("18");
    assertThat(simulatedLarge("--changes=0.06").get("shards")).isEqualTo("52");
    assertThat(page)
        .contains("needs 18 shards instead of 22")
        .contains("with twice the changes it is 52");
  }

  private static long percent(Map<String, BigDecimal> figures, String asked, String option) {
    double most = Double.parseDouble(SPEC.findOption(option).defaultValue());
    return Math.round(100 * figures.getOrDefault(asked, BigDecimal.ZERO).doubleValue() / most);
  }

  /** What the page says of customers that are larger still. */
  @Test
  @EnabledIfSystemProperty(named = "vidame.long", matches = "true")
  void customerThatFitsNoShardIsAsThePageSays() {
    assertThatThrownBy(() -> simulatedLarge("--skew=1"))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("No number of shards is enough");

    Map<String, BigDecimal> larger = simulatedLarge("--skew=1", "--shard-gigabytes=3000");

    assertThat(larger.get("shards")).isEqualTo("77");
    assertThat(larger.get("largest_customer_users"))
        .isBetween(new BigDecimal(55_500_000), new BigDecimal(56_500_000));
    assertThat(page).contains("has 56 million").contains("shards of 3 TB would do, 77 of them");
  }

  private Map<String, BigDecimal> simulatedLarge(String... more) {
    List<String> options =
        new ArrayList<>(List.of("--users=1000000000", "--customers=20000000", "--seconds=1"));
    options.addAll(List.of(more));
    return simulated(options.toArray(String[]::new));
  }

  private void requireColumn(int column, long users) {
    long customers = users / 50;
    Map<String, BigDecimal> simulated =
        simulated("--users=" + users, "--customers=" + customers, "--seconds=1");

    COMPUTED.forEach((title, figures) -> {
      List<BigDecimal> said = numbers(row(title).get(column));
      assertThat(said).as(title).hasSameSizeAs(figures);
      for (int i = 0; i < figures.size(); i++) {
        String figure = figures.get(i);
        BigDecimal computed =
            Objects.requireNonNull(simulated.get(figure), () -> "There is no " + figure);
        assertThat(computed.setScale(said.get(i).scale(), RoundingMode.HALF_UP))
            .as("%s, %d users", title, users)
            .isEqualByComparingTo(said.get(i));
      }
    });
  }

  /** Or a line would be added to the table that nobody holds to anything. */
  @Test
  void everyLineOfTheComputedTableIsCompared() {
    int first = rows.indexOf(row("users")) + 1;

    assertThat(rows.subList(first, rows.size()).stream().map(List::getFirst))
        .filteredOn(title -> !title.startsWith("---"))
        .containsExactlyElementsOf(COMPUTED.keySet());
  }

  @Test
  void defaultsOfAllOptionsAreThoseOfThePage() {
    Map<String, BigDecimal> said = new LinkedHashMap<>();
    for (List<String> row : rows) {
      List<String> names =
          OPTION.matcher(row.getFirst()).results().map(found -> found.group(1)).toList();
      List<BigDecimal> defaults = names.isEmpty() ? List.of() : numbers(row.get(1));
      assertThat(defaults).as(row.getFirst()).hasSameSizeAs(names);
      for (int i = 0; i < names.size(); i++) {
        said.put(names.get(i), defaults.get(i));
      }
    }

    Map<String, String> real = new LinkedHashMap<>();
    for (OptionSpec option : SPEC.options()) {
      boolean isForPeople = option.usageHelp() || option.versionHelp();
      if (!isForPeople && !OF_A_RUN.contains(option.longestName())) {
        real.put(option.longestName(), option.defaultValue());
      }
    }
    assertThat(new TreeSet<>(said.keySet())).isEqualTo(new TreeSet<>(real.keySet()));
    said.forEach((option, value) ->
        assertThat(new BigDecimal(real.get(option))).as(option).isEqualByComparingTo(value));
  }

  /** What is measured further up, rounded. */
  @Test
  void defaultsOfSpaceAreWhatWasMeasured() {
    for (String[] pair :
        new String[][] {
          {"bytes per user", "--user-bytes"}, {"bytes per change, kept for good", "--change-bytes"}
        }) {
      double measured = numbers(row(pair[0]).get(2)).getFirst().doubleValue();
      String used = SPEC.findOption(pair[1]).defaultValue();

      assertThat(Double.parseDouble(used)).as(pair[1]).isCloseTo(measured, within(measured / 100));
    }
  }
}
