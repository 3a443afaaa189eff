package dev.vidame.cli.users;

import dev.vidame.cli.client.CommandGroup;
import picocli.CommandLine.Command;

/** {@code vidame users}: a customer's accounts. */
@Command(
    name = "users",
    mixinStandardHelpOptions = true,
    description = {
      "A customer's user accounts.",
      "An account is named by its sign-in name or its id; a deleted one by its id."
    },
    subcommands = {
      UsersListCommand.class,
      UsersGetCommand.class,
      UsersCreateCommand.class,
      UsersUpdateCommand.class,
      UsersDeleteCommand.class,
      UsersRestoreCommand.class,
      UsersResetPasswordCommand.class,
      UsersRolesCommand.class,
      UsersLicensesCommand.class,
      UsersRevertCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  vidame users list --customer contoso.example",
      "  vidame users get ada@contoso.example -o json"
    })
public final class UsersCommand extends CommandGroup {}
