package dev.vidame.cli;

import dev.vidame.cli.admin.StoreOptions;
import dev.vidame.directory.operators.Operators;
import dev.vidame.server.StartException;
import dev.vidame.server.VidameServer;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vidame new-operator}: the way back in for who has lost every operator's secret. */
@Command(
    name = "new-operator",
    mixinStandardHelpOptions = true,
    description = {
      "Makes another operator in a store that no server works with, and prints its secret once.",
      "Needed only where every operator's secret is lost; else there is vidame admin operators add."
    },
    footer = {"", "Examples:", "  vidame new-operator --data /var/lib/vidame --name 'Way back in'"})
final class NewOperatorCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "New operator",
      description = "What people call it.")
  private String name = "";

  @Override
  public Integer call() throws StartException {
    Operators.Created created =
        VidameServer.newOperator(store.load(Map.of()), Clock.systemUTC(), name);
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println("This is the operator's secret, shown only now:");
    out.println();
    out.println("  VIDAME_OPERATOR_SECRET=" + created.secret());
    out.flush();
    return 0;
  }
}
