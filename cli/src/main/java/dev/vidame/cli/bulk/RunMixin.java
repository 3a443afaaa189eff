package dev.vidame.cli.bulk;

import dev.vidame.bulk.RunOptions;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that say how hard a run goes about it. A mixin. */
final class RunMixin {
  private static final int MOST_AT_ONCE = 1024;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "64",
      description =
          "How many requests at once at most; ${DEFAULT-VALUE} where absent. Fewer while the service"
              + " says that it has too much to do.")
  private int concurrency;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "How many requests in a second at most; as many as the service bears where absent.")
  private double rate;

  @Option(
      names = "--give-up-after",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "How long the service may be out of reach; ${DEFAULT-VALUE} where absent.")
  private long patience;

  RunOptions options(long mostFailures) {
    if (concurrency < 1 || concurrency > MOST_AT_ONCE || rate < 0 || patience < 0) {
      throw new CommandException(
          ExitCode.USAGE,
          "--concurrency is from 1 to "
              + MOST_AT_ONCE
              + "; --rate and --give-up-after are not negative.");
    }
    return new RunOptions(concurrency, rate, mostFailures, Duration.ofSeconds(patience));
  }
}
