package dev.vidame.cli;

import dev.vidame.server.StartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vidame demo}: the founding operation on a server of its own. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Updates a customer's user account, start to end, on a real server with a fresh store,",
      "shows the exchange, and checks what must hold. Exits with 0 only if all of it held."
    },
    footer = {
      "",
      "Examples:",
      "  vidame demo",
      "  vidame demo --keep                      stays, and prints curl lines to go on with",
      "  vidame demo --keep --port 8080 --data ./demo-data"
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--keep", description = "Keeps serving afterwards and prints curl lines.")
  private boolean isKept;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      defaultValue = "0",
      description = "The loopback port; 0, the default, takes any free one.")
  private int port;

  @Option(
      names = {"-d", "--data"},
      paramLabel = "FOLDER",
      description = "An empty or new folder for the store, which is then left there.")
  private @Nullable Path data;

  @Override
  public Integer call() throws IOException, StartException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (DemoFolder folder = DemoFolder.of(data);
        DemoStage stage = DemoStage.open(folder.path(), port)) {
      boolean held = new Demo(stage, out).run();
      if (isKept && held) {
        new CurlLines(stage).print(out);
        awaitStop(stage);
      }
      return held ? 0 : 1;
    }
  }

  private static void awaitStop(DemoStage stage) throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("vidame-stop").unstarted(stage::close));
    new CountDownLatch(1).await();
  }

  /**
   * Where the demo's store lies.
   *
   * @param path the folder
   * @param isTemporary whether it goes when the demo ends
   */
  private record DemoFolder(Path path, boolean isTemporary) implements AutoCloseable {
    static DemoFolder of(@Nullable Path wanted) throws IOException {
      if (wanted != null && Folders.isFilled(wanted)) {
        throw new NotEmptyException(wanted);
      }
      return wanted == null
          ? new DemoFolder(Files.createTempDirectory("vidame-demo-"), true)
          : new DemoFolder(wanted, false);
    }

    @Override
    public void close() throws IOException {
      if (isTemporary) {
        Folders.delete(path);
      }
    }
  }
}
