package dev.vidame.cli;

import dev.vidame.cli.admin.StoreOptions;
import dev.vidame.directory.operators.Operators;
import dev.vidame.server.StartException;
import dev.vidame.server.VidameServer;
import dev.vidame.server.logs.JsonLines;
import dev.vidame.server.seed.FoundingDocument;
import dev.vidame.server.seed.Seed;
import dev.vidame.server.settings.Settings;
import java.io.IOException;
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
import picocli.CommandLine.ParameterException;
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
      "      --set store.url=jdbc:postgresql://db.example/vidame   a store that several servers share",
      "  vidame serve --emulator                          something to test against, gone when it stops"
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
      names = "--emulator",
      description = {
        "Serves tests: fixed credentials that everybody knows, the founding document's customer or those of --seed,",
        "and a store that is gone when it stops, unless --data names one (docs/testing.md)."
      })
  private boolean isEmulator;

  @Option(
      names = Emulator.UNSAFE_REMOTE,
      description = "Lets the emulator listen where others can reach it.")
  private boolean isRemoteAllowed;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Any setting by its name. May be given more than once.")
  private Map<String, String> settings = new HashMap<>();

  @Override
  public Integer call() throws StartException, InterruptedException, IOException {
    Path passing = isEmulator && !store.hasFolder() ? Folders.passing() : null;
    Settings all;
    VidameServer server;
    try {
      all = load(passing);
      if (all.operating().logsJson()) {
        JsonLines.install();
      }
      server = start(all);
    } catch (StartException | RuntimeException e) {
      deleteIfPassing(passing);
      throw e;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("vidame-stop")
                .unstarted(() -> {
                  server.close();
                  deleteIfPassing(passing);
                  stopped.countDown();
                }));
    List<String> lines = new ArrayList<>();
    lines.add("Serving at " + server.address() + ", data in " + all.store().place());
    server.seeded().ifPresent(report -> lines.add(report.message()));
    if (isEmulator) {
      lines.addAll(Emulator.banner(server, seed));
    }
    server.createFirstOperator().ifPresent(first -> lines.addAll(introduction(first)));
    out().println(String.join(System.lineSeparator(), lines));
    out().flush();
    stopped.await();
    return 0;
  }

  private Settings load(@Nullable Path passing) {
    if (isRemoteAllowed && !isEmulator) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          Emulator.UNSAFE_REMOTE + " is about --emulator and nothing else");
    }
    if (!isEmulator) {
      return store.load(flags());
    }
    Settings all = store.load(Emulator.flags(flags(), passing));
    Emulator.requireLoopback(all, isRemoteAllowed);
    return all;
  }

  private static void deleteIfPassing(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      System.getLogger(ServeCommand.class.getName())
          .log(System.Logger.Level.WARNING, "The folder " + folder + " could not be deleted", e);
    }
  }

  private VidameServer start(Settings all) throws StartException {
    if (seed != null) {
      return VidameServer.start(all, Clock.systemUTC(), Seed.read(seed));
    }
    return isEmulator
        ? VidameServer.start(all, Clock.systemUTC(), FoundingDocument.seed())
        : VidameServer.start(all, Clock.systemUTC());
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
