package dev.vidame.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Agents who sign in at once, and again as soon as one has its token. */
final class SignInLoad {
  private final URI server;
  private final String path;
  private final List<String> forms;
  private final Path formsFile;
  private final Wrk wrk;

  SignInLoad(RunScope scope, URI server, SeededStore store, int agents) throws IOException {
    this.server = server;
    this.path = "/" + store.partner() + "/oauth2/token";
    this.forms = IntStream.range(0, agents).mapToObj(store::signInForm).toList();
    this.formsFile = Files.write(scope.folder().resolve("sign-in-forms"), forms);
    this.wrk = new Wrk(scope, formsFile, agents);
  }

  /**
   * Signs agents in one after the other, so that the server knows where they sign in from. Whoever
   * comes from a new address is one of few who may try at once (docs/decisions/0037).
   */
  void introduce() throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String form : forms) {
        signIn(client, form);
      }
    }
  }

  private void signIn(HttpClient client, String form) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new BenchException("A sign-in was answered with " + answer.statusCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted", e);
    }
  }

  /** All of them at once, for so long. */
  Rate run(int seconds) throws IOException {
    return wrk.run(new Wrk.SignIns(server, path, formsFile), seconds);
  }
}
