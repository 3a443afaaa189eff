package dev.vidame.cli.bulk;

import dev.vidame.bulk.Applying;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vidame bulk apply}. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = {
      "Applies a plan. Accounts that were changed since the plan are left alone and listed.",
      "What is done of it stands in PLAN.run; Ctrl-C ends it after what is under way."
    },
    footer = {
      "",
      "Examples:",
      "  vidame bulk apply people.csv.plan",
      "  vidame bulk apply people.csv.plan --rate 200 --stop-after-failures 20",
      "  vidame bulk apply new.jsonl.plan --passwords-to passwords.csv"
    })
final class ApplyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ApplyOptions options = new ApplyOptions();

  @Override
  public Integer call() {
    return options.run(Objects.requireNonNull(spec), Applying::apply);
  }
}
