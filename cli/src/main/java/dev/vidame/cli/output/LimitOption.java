package dev.vidame.cli.output;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how much of a list is wanted. A mixin. */
public final class LimitOption {
  private static final int LARGEST_PAGE = 500;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "So many at most; all of them where absent.")
  private @Nullable Long limit;

  @Option(
      names = "--page-size",
      paramLabel = "N",
      description = "So many are asked for at a time, 500 at most and where absent.")
  private int pageSize = LARGEST_PAGE;

  /**
   * How many at most.
   *
   * @throws CommandException where that is none
   */
  public long limit() {
    return required("--limit", limit == null ? Long.MAX_VALUE : limit);
  }

  /** How many to ask for at a time: not more than are wanted. */
  public int pageSize() {
    return (int) Math.min(limit(), Math.min(required("--page-size", pageSize), LARGEST_PAGE));
  }

  private static long required(String option, long number) {
    if (number < 1) {
      throw new CommandException(ExitCode.USAGE, option + " must be at least 1.");
    }
    return number;
  }
}
