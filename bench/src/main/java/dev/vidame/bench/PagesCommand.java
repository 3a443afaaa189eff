package dev.vidame.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How long the pages of the dashboard take for a large customer, and how much goes over the line.
 * One browser asks for one page after the other, over the loopback address; what the client takes
 * is counted in.
 */
@Command(
    name = "pages",
    mixinStandardHelpOptions = true,
    description = {
      "How long the pages of the dashboard take for a large customer, and how much goes over the line."
    },
    footer = {
      "",
      "Examples:",
      "  bench/run pages --customers 1                    a customer with 200 000 accounts",
      "  bench/run pages --customers 1 --users 20000      a quick look"
    })
final class PagesCommand implements Callable<Integer> {
  private static final double MOST_MILLIS = 150;
  private static final double MOST_KILOBYTES = 100;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

  @Mixin private LoadOptions options = new LoadOptions();

  @Option(
      names = "--times",
      paramLabel = "N",
      defaultValue = "50",
      description = "How often each page is asked for; default ${DEFAULT-VALUE}.")
  private int times;

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    try (RunScope scope = RunScope.open();
        HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
      Machine machine = Machine.here(scope.folder());
      Bench.say("filling a store with " + options.size().users() + " accounts");
      SeededStore store = SeededStore.create(scope.folder().resolve("data"), options.size());
      try (Product product = Product.start(scope, store, "")) {
        URI server = product.server().address();
        signIn(http, server, store);
        String users =
            "/dashboard/customers/" + Accounts.read(store.accountsFile()).customer(0) + "/users";
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (String page : new String[] {users, users + "?sort=name", users + "?q=nobody"}) {
          Bench.say("asking for " + page);
          figures.put(page.substring(users.length()), figure(http, server.resolve(page)));
        }
        print(machine, figures);
      }
    }
    return 0;
  }

  /**
   * What a page costs.
   *
   * @param p50 in milliseconds
   * @param p99 in milliseconds
   * @param bytes of the body
   */
  private record Figure(double p50, double p99, int bytes) {}

  private static void signIn(HttpClient http, URI server, SeededStore store)
      throws IOException, InterruptedException {
    URI at = server.resolve("/dashboard/customers");
    HttpResponse<String> answer = get(http, at);
    while (answer.statusCode() == 303) {
      at = at.resolve(answer.headers().firstValue("Location").orElseThrow());
      answer = get(http, at);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    HIDDEN
        .matcher(answer.body())
        .results()
        .forEach(found -> fields.put(found.group(1), found.group(2)));
    fields.putAll(store.signInFields());
    fields.put("decision", "allow");
    HttpRequest form =
        HttpRequest.newBuilder(at)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(fields)))
            .build();
    answer = http.send(form, BodyHandlers.ofString());
    while (answer.statusCode() == 303) {
      at = at.resolve(answer.headers().firstValue("Location").orElseThrow());
      answer = get(http, at);
    }
    if (answer.statusCode() != 200) {
      throw new BenchException("The sign-in was answered " + answer.statusCode());
    }
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static HttpResponse<String> get(HttpClient http, URI address)
      throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private Figure figure(HttpClient http, URI page) throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      var _ = get(http, page);
    }
    double[] millis = new double[times];
    int bytes = 0;
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      HttpResponse<String> answer = get(http, page);
      millis[i] = (System.nanoTime() - start) / NANOS_PER_MILLI;
      if (answer.statusCode() != 200) {
        throw new BenchException(page + " was answered " + answer.statusCode());
      }
      bytes = answer.body().getBytes(StandardCharsets.UTF_8).length;
    }
    Arrays.sort(millis);
    return new Figure(millis[times / 2], millis[Math.min(times - 1, times * 99 / 100)], bytes);
  }

  private void print(Machine machine, Map<String, Figure> figures) {
    System.out.println(machine);
    System.out.printf(
        "%d users of %d customers, %d times each%n%n",
        options.size().users(), options.size().customers(), times);
    System.out.println("                     p50 ms     p99 ms         KB");
    figures.forEach((name, figure) ->
        System.out.printf(
            "%-16s %10.1f %10.1f %10.1f%n",
            name.isEmpty() ? "first page" : name,
            figure.p50(),
            figure.p99(),
            figure.bytes() / 1000.0));
    Figure first = figures.values().iterator().next();
    System.out.printf(
        "%nfirst page, p99 ms %8.1f   at most %6.0f  %s%n",
        first.p99(), MOST_MILLIS, first.p99() <= MOST_MILLIS ? "ok" : "MISSED");
    System.out.printf(
        "first page, KB     %8.1f   at most %6.0f  %s%n%n",
        first.bytes() / 1000.0,
        MOST_KILOBYTES,
        first.bytes() / 1000.0 <= MOST_KILOBYTES ? "ok" : "MISSED");
    System.out.println(
        new JsonLine()
            .number("first_p50_ms", first.p50(), 1)
            .number("first_p99_ms", first.p99(), 1)
            .number("first_kb", first.bytes() / 1000.0, 1)
            .number("users", options.size().users(), 0)
            .machine(machine));
  }
}
