package dev.vidame.cli;

import dev.vidame.directory.operators.Operators;
import dev.vidame.server.StartException;
import dev.vidame.server.VidameServer;
import dev.vidame.server.seed.Seed;
import dev.vidame.server.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vidame serve}: runs a server until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the service until it is stopped (Ctrl-C or SIGTERM).",
      "",
      "Settings come from a file, then the environment, then the command line; the last one wins.",
      "A setting such as listen.port is VIDAME_LISTEN_PORT in the environment."
    },
    footer = {
      "",
      "Examples:",
      "  vidame serve                                     at 127.0.0.1:8080, data in ./vidame-data",
      "  vidame serve --data /var/lib/vidame --port 9000",
      "  vidame serve --config /etc/vidame.properties --set users.retention-days=60",
      "  VIDAME_LISTEN_PORT=9000 vidame serve",
      "  vidame serve --seed docs/examples/founding-document.json",
      "  VIDAME_STORE_PASSWORD=... vidame serve --set store.user=vidame \\",
      "      --set store.url=jdbc:postgresql://db.example/vidame   a store that several servers share"
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(names = "--host", paramLabel = "ADDRESS", description = "Where to listen (listen.host).")
  private @Nullable String host;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "The port to listen at; 0 takes any free one (listen.port).")
  private @Nullable String port;

  @Option(
      names = "--seed",
      paramLabel = "FILE",
      description = "Fills an empty store from a JSON file; docs/seed.md describes it.")
  private @Nullable Path seed;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Any setting by its name. May be given more than once.")
  private Map<String, String> settings = new HashMap<>();

  @Override
  public Integer call() throws StartException, InterruptedException {
    Settings all = store.load(flags());
    VidameServer server = start(all);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("vidame-stop")
                .unstarted(() -> {
                  server.close();
                  stopped.countDown();
                }));
    List<String> lines = new ArrayList<>();
    lines.add("Serving at " + server.address() + ", data in " + all.store().place());
    server.seeded().ifPresent(report -> lines.add(report.message()));
    server.createFirstOperator().ifPresent(first -> lines.addAll(introduction(first)));
    out().println(String.join(System.lineSeparator(), lines));
    out().flush();
    stopped.await();
    return 0;
  }

  private VidameServer start(Settings all) throws StartException {
    return seed == null
        ? VidameServer.start(all, Clock.systemUTC())
        : VidameServer.start(all, Clock.systemUTC(), Seed.read(seed));
  }

  /** The one time that the secret can be read. */
  private static List<String> introduction(Operators.Created first) {
    return List.of(
        "",
        "The store had no operator, so one was made. This is its secret, shown only now:",
        "",
        "  VIDAME_OPERATOR_SECRET=" + first.secret(),
        "",
        "Keep it: vidame admin needs it. Where it is lost, vidame new-operator makes another.");
  }

  private Map<String, String> flags() {
    Map<String, String> flags = new HashMap<>(settings);
    put(flags, "listen.host", host);
    put(flags, "listen.port", port);
    return flags;
  }

  private static void put(Map<String, String> flags, String name, @Nullable String value) {
    if (value != null) {
      flags.put(name, value);
    }
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }
}
