package dev.vidame.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The dashboard and the alerts under {@code deploy/} ask for what a running server serves. */
class DeployedQueriesTest {
  private static final Path DASHBOARD = Path.of("..", "deploy", "grafana", "vidame.json");
  private static final Path ALERTS = Path.of("..", "deploy", "prometheus", "alerts.yml");

  /** What Prometheus adds itself. */
  private static final Set<String> TARGET_LABELS = Set.of("job", "instance");

  private static final String SCRAPED = "up";

  private static final Set<String> FUNCTIONS =
      Set.of("sum", "min", "max", "rate", "increase", "histogram_quantile");

  @TempDir private static Path folder;
  private static ServedMetrics served = new ServedMetrics(Map.of());

  @BeforeAll
  static void serve() throws IOException {
    served = ServedMetrics.of(folder);
  }

  private static JsonNode dashboard() throws IOException {
    return JsonNode.parse(Files.readAllBytes(DASHBOARD));
  }

  private static List<JsonNode> panels() throws IOException {
    return dashboard().get("panels").items().stream()
        .filter(panel -> !panel.get("type").text().equals("row"))
        .toList();
  }

  private static List<String> dashboardQueries() throws IOException {
    return panels().stream()
        .flatMap(panel -> panel.get("targets").items().stream())
        .map(target -> target.get("expr").text())
        .toList();
  }

  @SuppressWarnings("unchecked") // the form of a file of rules
  private static List<Map<String, Object>> alerts() throws IOException {
    Map<String, List<Map<String, List<Map<String, Object>>>>> file =
        new Yaml().load(Files.readString(ALERTS));
    List<Map<String, Object>> rules = new ArrayList<>();
    for (Map<String, ?> group : file.getOrDefault("groups", List.of())) {
      if (group.get("rules") instanceof List<?> list) {
        list.forEach(rule -> rules.add((Map<String, Object>) rule));
      }
    }
    return rules;
  }

  /** What is wrong with a query. */
  private static List<String> faults(String text) {
    PromQuery query = PromQuery.of(text);
    List<String> faults = new ArrayList<>();
    Set<String> labels = new HashSet<>(TARGET_LABELS);
    for (PromQuery.Use use : query.uses()) {
      Set<String> own = new TreeSet<>(TARGET_LABELS);
      if (!use.metric().equals(SCRAPED)) {
        own.addAll(labelsOf(use, faults));
      }
      use.matchers().keySet().stream()
          .filter(label -> !own.contains(label))
          .forEach(label -> faults.add(use.metric() + " has no label " + label));
      labels.addAll(own);
    }
    query.groupings().stream()
        .filter(label -> !labels.contains(label))
        .forEach(label -> faults.add("nothing has a label " + label));
    query.functions().stream()
        .filter(function -> !FUNCTIONS.contains(function))
        .forEach(function -> faults.add("no function " + function));
    if (query.functions().contains("histogram_quantile") && !query.groupings().contains("le")) {
      faults.add("a quantile without le");
    }
    return query.uses().isEmpty() ? List.of("asks for nothing") : faults;
  }

  private static Set<String> labelsOf(PromQuery.Use use, List<String> faults) {
    for (ServedMetrics.Family family : served.families().values()) {
      if (family.samples().contains(use.metric())) {
        Set<String> labels = new TreeSet<>(family.labels());
        if (use.metric().endsWith("_bucket")) {
          labels.add("le");
        }
        use.matchers()
            .forEach((label, matcher) -> {
              boolean isFixed = matcher.startsWith("=\"") && !TARGET_LABELS.contains(label);
              if (isFixed && !family.values().contains(label + matcher)) {
                faults.add(use.metric() + " is never served with " + label + matcher);
              }
            });
        return labels;
      }
    }
    faults.add("there is no metric " + use.metric());
    return Set.of();
  }

  @Test
  void everyQueryOfTheDashboardAsksForWhatIsServed() throws IOException {
    List<String> queries = dashboardQueries();

    assertThat(queries).hasSizeGreaterThan(25);
    for (String query : queries) {
      assertThat(faults(query)).as(query).isEmpty();
    }
  }

  @Test
  void everyPanelSaysWhatItShows() throws IOException {
    List<JsonNode> panels = panels();

    assertThat(panels).hasSizeGreaterThan(20);
    assertThat(panels).extracting(panel -> panel.get("title").text()).doesNotHaveDuplicates();
    assertThat(dashboard().get("panels").items())
        .extracting(panel -> panel.get("id").number())
        .doesNotHaveDuplicates();
    for (JsonNode panel : panels) {
      assertThat(panel.get("title").text()).isNotBlank();
      assertThat(panel.get("description").text()).endsWith(".").hasSizeGreaterThan(20);
      assertThat(panel.get("fieldConfig").get("defaults").get("unit").text()).isNotBlank();
      assertThat(panel.get("targets").items()).isNotEmpty();
    }
  }

  @Test
  void everyMetricOfOurOwnIsShown() throws IOException {
    String queries = String.join("\n", dashboardQueries());

    assertThat(served.families().keySet())
        .filteredOn(name -> name.startsWith("vidame_"))
        .allMatch(queries::contains);
  }

  @Test
  void listOfServersComesOfAMetricThatIsServed() throws IOException {
    List<JsonNode> variables = dashboard().get("templating").get("list").items();

    assertThat(variables)
        .extracting(it -> it.get("name").text())
        .containsExactly("datasource", "instance");
    assertThat(variables.getLast().get("query").get("query").text())
        .isEqualTo("label_values(vidame_ready, instance)");
    assertThat(served.families()).containsKey("vidame_ready");
  }

  @Test
  void everyAlertAsksForWhatIsServedAndSaysWhatToDo() throws IOException {
    List<Map<String, Object>> alerts = alerts();

    assertThat(alerts)
        .extracting(alert -> alert.get("alert"))
        .contains(
            "VidameNotReady", "VidameServerErrors", "VidameQueueLong", "VidameCheckpointsSlow")
        .doesNotHaveDuplicates();
    for (Map<String, Object> alert : alerts) {
      assertThat(faults(String.valueOf(alert.get("expr")))).as("%s", alert).isEmpty();
      assertThat(alert.get("labels")).hasToString("{severity=" + severity(alert) + "}");
      assertThat(String.valueOf(alert.get("annotations")))
          .matches("(?s)\\{summary=.+, description=.+}");
    }
  }

  private static String severity(Map<String, Object> alert) {
    return String.valueOf(alert.get("labels")).contains("critical") ? "critical" : "warning";
  }

  @Test
  void queryThatAsksForSomethingElseIsFound() {
    assertThat(faults("vidame_redy == 0")).containsExactly("there is no metric vidame_redy");
    assertThat(faults("vidame_ready{host=~\"x\"}"))
        .containsExactly("vidame_ready has no label host");
    assertThat(faults("sum by (path) (rate(vidame_http_requests_total[5m]))"))
        .containsExactly("nothing has a label path");
    assertThat(faults("rates(vidame_http_requests_total[5m])"))
        .containsExactly("no function rates");
    assertThat(faults("vidame_store_checkpoint_seconds_count{held_commits=\"yes\"}"))
        .containsExactly(
            "vidame_store_checkpoint_seconds_count is never served with held_commits=\"yes\"");
    assertThat(faults("histogram_quantile(0.9, sum(rate(vidame_store_commit_seconds_bucket[5m])))"))
        .containsExactly("a quantile without le");
    assertThat(faults("1 > 0")).containsExactly("asks for nothing");
    assertThat(faults("vidame_store_commit_seconds")).isNotEmpty();
  }
}
