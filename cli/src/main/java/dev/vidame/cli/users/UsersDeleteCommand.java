package dev.vidame.cli.users;

import dev.vidame.cli.client.InputLines;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.terminal.Surroundings;
import dev.vidame.cli.terminal.Visible;
import dev.vidame.sdk.UserClient;
import dev.vidame.wire.CustomerUser;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vidame users delete}. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = {
      "Deletes an account. It can be restored for a time (30 days unless the service says otherwise).",
      "On a terminal it asks first; elsewhere it wants --yes."
    },
    footer = {
      "",
      "Examples:",
      "  vidame users delete ada@contoso.example",
      "  vidame users delete ada@contoso.example --yes --if-match '\"42\"'"
    })
final class UsersDeleteCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final OfCustomer of = new OfCustomer();
  @Mixin private final IfMatch ifMatch = new IfMatch();

  @Parameters(paramLabel = "USER", description = "The sign-in name or the id.")
  private String name = "";

  @Option(
      names = {"-y", "--yes"},
      description = "Does not ask.")
  private boolean isSure;

  @Override
  public Integer call() {
    Surroundings around = Surroundings.of(Objects.requireNonNull(spec));
    if (!isSure && !around.terminal().isInteractive()) {
      throw new CommandException(ExitCode.USAGE, "Nobody can be asked here. Add --yes to delete.");
    }
    UserClient user = of.names().active(name);
    PrintWriter err = spec.commandLine().getErr();
    if (!isSure && !isConfirmed(user.get(), around, err)) {
      err.println("Nothing was done.");
      err.flush();
      return ExitCode.REFUSED.number();
    }
    user.deleteWithResponse(ifMatch.options());
    err.println("Deleted. To take that back: vidame users restore " + Visible.text(name));
    err.flush();
    return 0;
  }

  private static boolean isConfirmed(CustomerUser user, Surroundings around, PrintWriter err) {
    err.print(
        Visible.text(
            "Delete " + user.userPrincipalName() + " (" + user.displayName() + ")? [y/N] "));
    err.flush();
    return InputLines.next(around.input())
        .filter(text -> text.strip().matches("(?i)y|yes"))
        .isPresent();
  }
}
