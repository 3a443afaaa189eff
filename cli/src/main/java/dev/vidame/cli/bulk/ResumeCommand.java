package dev.vidame.cli.bulk;

import dev.vidame.bulk.Applying;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vidame bulk resume}. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = {
      "Goes on with a plan that was applied in part, whatever ended it. No row is done twice.",
      "Rows that failed are not tried again: mend them (vidame bulk report --failed-rows) and plan anew."
    },
    footer = {"", "Examples:", "  vidame bulk resume people.csv.plan"})
final class ResumeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ApplyOptions options = new ApplyOptions();

  @Override
  public Integer call() {
    return options.run(Objects.requireNonNull(spec), Applying::resume);
  }
}
