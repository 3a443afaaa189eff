package dev.vidame.bench;

import dev.vidame.wire.CustomerId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run profile}: where the server's processor time goes under PATCH load. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description = {
      "Says where the server's processor time goes under load.",
      "",
      "Records the whole product with the JDK's flight recorder and prints the methods that took the",
      "most processor time. The recording stays, for jfr and JDK Mission Control."
    },
    footer = {
      "",
      "Examples:",
      "  bench/run profile",
      "  bench/run profile --method GET --seconds 30",
      "  bench/run profile --method LIST",
      "  jfr view allocation-by-site bench/target/profile.jfr",
      "  jfr view --verbose cpu-time-hot-methods bench/target/profile.jfr"
    })
final class ProfileCommand implements Callable<Integer> {
  @Mixin private LoadOptions options = new LoadOptions();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "PATCH",
      description = "PATCH, GET, or LIST for pages of 100, each read; default ${DEFAULT-VALUE}.")
  private String method = "";

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    Load load = options.load();
    Path recording = Bench.root().resolve("bench/target/profile.jfr");
    Files.deleteIfExists(recording);
    try (RunScope scope = RunScope.open()) {
      Bench.say("filling a store with " + options.size().users() + " accounts");
      SeededStore store = SeededStore.create(scope.folder().resolve("data"), options.size());
      record(scope, store, load, recording);
    }
    return print(recording);
  }

  private void record(RunScope scope, SeededStore store, Load load, Path recording)
      throws IOException, SQLException, InterruptedException {
    Wrk wrk = new Wrk(scope, store.accountsFile(), load.connections());
    try (Product product = Product.start(scope, store, "", Product.READING_EACH_PAGE)) {
      Push push = push(wrk, store, product.server().address());
      Bench.say("warming up");
      push.run(load.warmUpSeconds());
      Bench.say("recording");
      String pid = Long.toString(product.server().pid());
      run(
          "jcmd",
          pid,
          "JFR.start",
          "name=bench",
          "settings=profile",
          "jdk.CPUTimeSample#enabled=true",
          "jdk.CPUTimeSample#throttle=10ms");
      Rate rate = push.run(load.seconds());
      run("jcmd", pid, "JFR.stop", "name=bench", "filename=" + recording);
      Bench.say("%.0f %s/s while recording".formatted(rate.perSecond(), method));
    }
  }

  /** Load for some seconds. */
  @FunctionalInterface
  private interface Push {
    Rate run(int seconds) throws IOException;
  }

  private Push push(Wrk wrk, SeededStore store, URI server) throws IOException, SQLException {
    String token = store.accessToken(server);
    if (!method.equals("LIST")) {
      Wrk.Target target = new Wrk.Target(server, method, token);
      return seconds -> wrk.run(target, seconds);
    }
    CustomerId customer = Accounts.read(store.accountsFile()).customer(0);
    Wrk.Page page =
        new Wrk.Page(server, "/v1/customers/" + customer + "/users?size=100", token, "");
    return seconds -> wrk.run(page, seconds);
  }

  private static int print(Path recording) throws IOException, InterruptedException {
    for (String view : List.of("cpu-time-hot-methods", "allocation-by-site", "thread-cpu-load")) {
      run("jfr", "view", "--width", "140", view, recording.toString());
    }
    System.out.println("The recording: " + recording);
    return 0;
  }

  private static void run(String tool, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    builder.command().addAll(List.of(arguments));
    int code = builder.inheritIO().start().waitFor();
    if (code != 0) {
      throw new BenchException(tool + " ended with " + code);
    }
  }
}
