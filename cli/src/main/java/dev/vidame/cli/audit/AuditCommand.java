package dev.vidame.cli.audit;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vidame audit}: what was done, and by whom. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "What was done to customers and their accounts, and by whom.",
    subcommands = {
      AuditListCommand.class,
      AuditFollowCommand.class,
      AuditExportCommand.class,
      AuditVerifyCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  vidame audit list --since 7d",
      "  vidame audit list --customer contoso.example --since 2026-01-01 -o csv > audit.csv",
      "  vidame audit --follow --customer contoso.example",
      "  vidame audit export --customer contoso.example --file contoso.jsonl",
      "  vidame audit verify contoso.jsonl"
    })
public final class AuditCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final Following following = new Following();

  @Option(names = "--follow", description = "The same as vidame audit follow.")
  private boolean follows;

  @Override
  public Integer call() {
    if (!follows) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "Say what to do: one of the commands below.");
    }
    return following.run();
  }
}
