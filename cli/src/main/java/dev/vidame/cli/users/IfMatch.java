package dev.vidame.cli.users;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.sdk.EntityTag;
import dev.vidame.sdk.RequestOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that changes an account only as it was when somebody looked at it. A mixin. */
final class IfMatch {
  @Option(
      names = "--if-match",
      paramLabel = "VERSION",
      description = "Only if the account is still at this version, which vidame users get shows.")
  private @Nullable String version;

  RequestOptions options() {
    if (version == null) {
      return RequestOptions.none();
    }
    try {
      return RequestOptions.none().withIfMatch(new EntityTag(version));
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.USAGE, "No version can be that. vidame users get shows the account's.", e);
    }
  }
}
