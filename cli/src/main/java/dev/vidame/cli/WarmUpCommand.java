package dev.vidame.cli;

import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.UserClient;
import dev.vidame.server.StartException;
import dev.vidame.wire.CustomerUserUpdate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code vidame warm-up}: does what a server does, so that the JVM can record what it needs to
 * start fast.
 */
@Command(name = "warm-up", hidden = true, description = "Exercises a server; for the AOT cache.")
final class WarmUpCommand implements Callable<Integer> {
  private static final int CALLS = 500;

  /** What starts most often; read as the program reads it, and not run. */
  private static final List<String> COMMAND_LINES =
      List.of("serve --port 0", "demo", "users list --limit 1");

  @Override
  public Integer call() throws IOException, StartException {
    for (String line : COMMAND_LINES) {
      String[] words = line.split(" ");
      Vidame.commandLine(words).parseArgs(words);
    }
    Path folder = Files.createTempDirectory("vidame-warm-up-");
    try (DemoStage stage = DemoStage.open(folder, 0)) {
      boolean held = new Demo(stage, new PrintWriter(Writer.nullWriter())).run();
      exercise(stage);
      return held ? 0 : 1;
    } finally {
      Folders.delete(folder);
    }
  }

  private static void exercise(DemoStage stage) {
    UserClient user =
        PartnerClient.builder()
            .endpoint(stage.server().address())
            .allowPlainHttp()
            .credential(stage.agentCredential())
            .build()
            .customers()
            .byId(DemoStage.CUSTOMER)
            .users()
            .byId(DemoStage.USER);
    for (int i = 0; i < CALLS; i++) {
      user.patch(CustomerUserUpdate.builder().displayName("Name " + i).build());
      user.get();
    }
  }
}
