package dev.vidame.cli.users;

import dev.vidame.cli.output.OutputOptions;
import dev.vidame.sdk.UserClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vidame users reset-password}. */
@Command(
    name = "reset-password",
    mixinStandardHelpOptions = true,
    description = {
      "Gives an account another password and shows the account.",
      "The password comes from standard input, is generated, or is asked for on a terminal."
    },
    footer = {
      "",
      "Examples:",
      "  vidame users reset-password ada@contoso.example --generate-password",
      "  vidame users reset-password ada@contoso.example --password-stdin < new-password"
    })
final class UsersResetPasswordCommand implements Callable<Integer> {
  @Mixin private final OfCustomer of = new OfCustomer();
  @Mixin private final PasswordOption password = new PasswordOption();
  @Mixin private final IfMatch ifMatch = new IfMatch();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "USER", description = "The sign-in name or the id.")
  private String name = "";

  @Override
  public Integer call() {
    UserClient user = of.names().active(name);
    PasswordOption.Chosen chosen = password.choose();
    output
        .open()
        .item(
            UserAnswer.SHAPE,
            UserAnswer.of(
                user.resetPasswordWithResponse(chosen.profile(), ifMatch.options()),
                chosen.shown()));
    return 0;
  }
}
