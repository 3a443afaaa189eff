package dev.vidame.bench.compare;

import dev.vidame.bench.BenchException;
import dev.vidame.bench.Rate;
import dev.vidame.bench.Template;
import dev.vidame.bench.Wrk;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A server that answers to JSON requests, whosever they are, and what comes of them. */
final class HttpSystem implements AutoCloseable {
  private static final int MOST_READ_BACK = 60;
  private static final int FIRST_THAT_IS_NO_SUCCESS = 300;
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

  private final Wrk wrk;
  private final Manners manners;
  private final HttpClient client = HttpClient.newHttpClient();

  HttpSystem(Wrk wrk, Manners manners) {
    this.wrk = wrk;
    this.manners = manners;
  }

  /**
   * How a server wants to be asked.
   *
   * @param server where it is
   * @param token gives a token that is good for some minutes
   * @param users a file of the paths of all accounts, one a line and all of one width
   * @param list a file with the path of the list
   * @param change how an account is changed
   * @param listed the member that every account of a list has once
   */
  @SuppressWarnings("TooManyParameters") // all that tells one server's requests from another's
  record Manners(
      URI server, Supplier<String> token, Path users, Path list, Change change, String listed) {}

  /**
   * How an account is changed.
   *
   * @param method by what method
   * @param requestIdHeader a header with an id of the request; empty for none
   * @param body with {@link Template#VALUE} where the new value goes
   * @param member the member that has the value afterwards
   * @param kept a member that is to be there still
   */
  @SuppressWarnings("TooManyParameters") // all that tells one server's changes from another's
  record Change(String method, String requestIdHeader, String body, String member, String kept) {}

  /** Warms it up, then measures it. */
  Rate measure(Operation operation, Plan plan) throws IOException {
    return plan.measure(seconds -> run(operation, seconds));
  }

  /** Asks for so long, and looks whether it was done. */
  private Rate run(Operation operation, int seconds) throws IOException {
    Template template = template(operation);
    requireSuccess(operation, template);
    Wrk.Outcome outcome = wrk.run(template, seconds);
    readBack(template, outcome.changed());
    return outcome.rate();
  }

  private Template template(Operation operation) {
    String accept =
        "Authorization: Bearer %s\r\nAccept: application/json\r\n".formatted(manners.token().get());
    return switch (operation) {
      case CHANGE ->
          new Template(
              manners.server(),
              manners.change().method(),
              manners.users(),
              accept + "Content-Type: application/json\r\n",
              manners.change().requestIdHeader(),
              manners.change().body());
      case READ -> new Template(manners.server(), "GET", manners.users(), accept, "", "");
      case LIST -> new Template(manners.server(), "GET", manners.list(), accept, "", "");
      case STORE -> throw new IllegalArgumentException("not a request: " + operation);
    };
  }

  /** One request before all others: is it answered as it is to be? */
  private void requireSuccess(Operation operation, Template template) throws IOException {
    HttpResponse<String> answer = send(template, firstPath(template.paths()), "Name before");
    if (answer.statusCode() >= FIRST_THAT_IS_NO_SUCCESS) {
      throw new BenchException(
          "%s was answered with %d: %s"
              .formatted(operation.title(), answer.statusCode(), answer.body()));
    }
    if (operation == Operation.LIST) {
      long listed =
          Pattern.compile("\"" + manners.listed() + "\"").matcher(answer.body()).results().count();
      if (listed != Operation.PAGE) {
        throw new BenchException(
            "The list has %d accounts and not %d".formatted(listed, Operation.PAGE));
      }
    }
  }

  private static String firstPath(Path paths) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(paths)) {
      String first = lines.readLine();
      if (first == null) {
        throw new BenchException("There is no account");
      }
      return first;
    }
  }

  private void readBack(Template sent, Map<Integer, Set<String>> changed) throws IOException {
    if (changed.isEmpty()) {
      return;
    }
    List<String> paths = Files.readAllLines(sent.paths());
    Template read = template(Operation.READ);
    List<Integer> some = new ArrayList<>(changed.keySet());
    for (int account : some.subList(0, Math.min(MOST_READ_BACK, some.size()))) {
      String path = paths.get(account);
      String body = send(read, path, "").body();
      requireOneOf(changed.get(account), body, path);
    }
  }

  private void requireOneOf(@Nullable Set<String> values, String body, String path) {
    String found = Json.text(body, manners.change().member());
    Json.text(body, manners.change().kept());
    if (values == null || !values.contains(found)) {
      throw new BenchException(
          "%s was changed to %s, and that was answered, but it has %s"
              .formatted(path, values, found));
    }
  }

  private HttpResponse<String> send(Template template, String path, String value)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(template.server().resolve(path)).timeout(LONGEST_ANSWER);
    for (String line : template.headers().split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        request.header(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    if (!template.requestIdHeader().isEmpty()) {
      request.header(template.requestIdHeader(), UUID.randomUUID().toString());
    }
    String body = template.body().replace(Template.VALUE, value);
    request.method(
        template.method(),
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
