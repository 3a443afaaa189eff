package dev.vidame.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Agents who sign in at once, and again as soon as one has its token. */
final class SignInLoad {
  private final URI server;
  private final SeededStore store;
  private final int agents;
  private final Path formsFile;
  private final Wrk wrk;

  SignInLoad(RunScope scope, URI server, SeededStore store, int agents) throws IOException {
    this.server = server;
    this.store = store;
    this.agents = agents;
    List<String> forms = IntStream.range(0, agents).mapToObj(store::signInForm).toList();
    this.formsFile = Files.write(scope.folder().resolve("sign-in-forms"), forms);
    this.wrk = new Wrk(scope, formsFile, agents);
  }

  /**
   * Signs agents in one after the other, so that the server knows where they sign in from. Whoever
   * comes from a new address is one of few who may try at once (docs/decisions/0037).
   */
  void introduce() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int agent = 0; agent < agents; agent++) {
        var _ = store.accessToken(http, server, agent);
      }
    }
  }

  /** All of them at once, for so long. */
  Rate run(int seconds) throws IOException {
    String path = "/" + store.partner() + "/oauth2/token";
    return wrk.run(new Wrk.SignIns(server, path, formsFile), seconds);
  }
}
