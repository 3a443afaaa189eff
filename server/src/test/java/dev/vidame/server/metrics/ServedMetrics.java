package dev.vidame.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Until;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code /metrics} of a running server serves once everything has happened that it counts.
 *
 * @param families what is measured, by name
 */
record ServedMetrics(Map<String, Family> families) {
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /**
   * What is measured under one name.
   *
   * @param type counter, gauge, histogram or summary
   * @param labels their names, without {@code le} and {@code quantile}
   * @param samples the names that queries use, with their suffixes
   * @param values the values of all labels, in {@code name=value}
   */
  record Family(String type, Set<String> labels, Set<String> samples, Set<String> values) {}

  /** Starts a server on the folder, lets everything happen, and looks. */
  static ServedMetrics of(Path folder) throws IOException {
    int port = freePort();
    Map<String, String> settings =
        Map.of(
            "metrics.port",
            Integer.toString(port),
            "limits.partner-requests-per-minute",
            "10",
            "limits.partner-deletions-per-minute",
            "1");
    try (TestServer server = TestServer.start(folder, settings)) {
      server.send(RawRequest.get("/nothing"));
      for (int i = 0; i < 11; i++) {
        server.send(
            server
                .tokens()
                .request(
                    server
                        .tokens()
                        .passwordForm()
                        .replaceFirst("(?<=&password=)[^&]*", "Wrong-Guess-1")));
      }
      String account = TestServer.foundingPath();
      server.sendAsAdmin(RawRequest.patch(account, "{\"displayName\":\"Counted\"}"));
      for (int i = 0; i < 2; i++) {
        String path = TestServer.path(Tenancy.CUSTOMER, server.tenancy().newUser());
        server.sendWhateverComes(RawRequest.of("DELETE", path).token(server.tokens().admin()));
      }
      Until.met(() -> server.sendAsAdmin(RawRequest.get(account)).status() == 429);
      return parse(scrape(port));
    }
  }

  /** The text at this port. */
  static String scrape(int port) throws IOException {
    try (RawConnection connection = new RawConnection(port)) {
      RawAnswer answer = connection.exchange(RawRequest.get("/metrics"));
      assertThat(answer.status()).isEqualTo(200);
      return new String(answer.body(), StandardCharsets.UTF_8);
    }
  }

  static ServedMetrics parse(String text) {
    Map<String, Family> families = new TreeMap<>();
    Matcher type = TYPE.matcher(text);
    while (type.find()) {
      families.put(
          type.group(1),
          new Family(type.group(2), new TreeSet<>(), new TreeSet<>(), new TreeSet<>()));
    }
    Matcher sample = SAMPLE.matcher(text.replaceAll("(?m)^#.*$", ""));
    while (sample.find()) {
      Family family = familyOf(sample.group(1), families);
      family.samples.add(sample.group(1));
      Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
      while (label.find()) {
        if (!label.group(1).equals("le") && !label.group(1).equals("quantile")) {
          family.labels.add(label.group(1));
          family.values.add(label.group());
        }
      }
    }
    return new ServedMetrics(families);
  }

  private static Family familyOf(String sample, Map<String, Family> families) {
    Family itself = families.get(sample);
    Family family =
        itself == null ? families.get(sample.replaceFirst("_(bucket|sum|count)$", "")) : itself;
    if (family == null) {
      throw new AssertionError("A sample of nothing: " + sample);
    }
    return family;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
