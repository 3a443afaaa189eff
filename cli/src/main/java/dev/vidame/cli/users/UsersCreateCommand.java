package dev.vidame.cli.users;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.output.OutputOptions;
import dev.vidame.sdk.NewUser;
import dev.vidame.sdk.RequestOptions;
import dev.vidame.sdk.UsersClient;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vidame users create}. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = {
      "Creates an account and shows it.",
      "Its password comes from standard input, is generated, or is asked for on a terminal."
    },
    footer = {
      "",
      "Examples:",
      "  vidame users create grace@contoso.example --display-name 'Grace Hopper' --usage-location US --generate-password",
      "  pwgen 16 1 | vidame users create grace@contoso.example --display-name 'Grace Hopper' --password-stdin"
    })
final class UsersCreateCommand implements Callable<Integer> {
  @Mixin private final OfCustomer of = new OfCustomer();
  @Mixin private final UserOptions properties = new UserOptions();
  @Mixin private final PasswordOption password = new PasswordOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "NAME@DOMAIN",
      description = "The sign-in name, in the customer's domain.")
  private String name = "";

  @Override
  public Integer call() {
    if (properties.displayName() == null) {
      throw new CommandException(ExitCode.USAGE, "An account needs a --display-name.");
    }
    UsersClient users = of.customer().users();
    PasswordOption.Chosen chosen = password.choose();
    output
        .open()
        .item(
            UserAnswer.SHAPE,
            UserAnswer.of(
                users.createWithResponse(user(chosen), RequestOptions.none()), chosen.shown()));
    return 0;
  }

  private NewUser user(PasswordOption.Chosen chosen) {
    NewUser.Builder user =
        NewUser.builder().userPrincipalName(name.strip()).passwordProfile(chosen.profile());
    Optional.ofNullable(properties.displayName()).ifPresent(user::displayName);
    Optional.ofNullable(properties.firstName()).ifPresent(user::firstName);
    Optional.ofNullable(properties.lastName()).ifPresent(user::lastName);
    Optional.ofNullable(properties.usageLocation()).ifPresent(user::usageLocation);
    Optional.ofNullable(properties.phoneNumber()).ifPresent(user::phoneNumber);
    Optional.ofNullable(properties.immutableId()).ifPresent(user::immutableId);
    return user.build();
  }
}
