package dev.vidame.cli.users;

import dev.vidame.cli.client.CommandGroup;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.output.OutputOptions;
import dev.vidame.cli.output.Shape;
import dev.vidame.sdk.CustomerClient;
import dev.vidame.sdk.DirectoryRole;
import dev.vidame.sdk.RoleId;
import dev.vidame.wire.Guid;
import dev.vidame.wire.UserId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vidame users roles}. */
@Command(
    name = "roles",
    mixinStandardHelpOptions = true,
    description = {
      "The directory roles of an account.",
      "A role is named by its id or its name: 'Company Administrator'."
    },
    footer = {
      "",
      "Examples:",
      "  vidame users roles list ada@contoso.example",
      "  vidame users roles add ada@contoso.example 'Helpdesk Administrator'"
    })
final class UsersRolesCommand extends CommandGroup {
  private static final String ROLE = "The role's id or name.";

  private static final Shape<DirectoryRole> SHAPE =
      Shape.<DirectoryRole>builder()
          .inTable("name", DirectoryRole::name)
          .inTable("id", DirectoryRole::id)
          .build();

  @Spec private @Nullable CommandSpec command;

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the roles of an account; without one, those that there are.",
      footer = {
        "",
        "Examples:",
        "  vidame users roles list",
        "  vidame users roles list ada@contoso.example -o json"
      })
  int list(
      @Mixin OfCustomer of,
      @Mixin OutputOptions output,
      @Parameters(arity = "0..1", paramLabel = "USER", description = "The sign-in name or the id.")
          @Nullable String user) {
    output
        .open()
        .list(
            SHAPE,
            user == null
                ? of.customer().directoryRoles().list()
                : of.names().active(user).directoryRoles());
    return 0;
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Gives an account a role; one that it has already stays.",
      footer = {
        "",
        "Examples:",
        "  vidame users roles add ada@contoso.example 'Helpdesk Administrator'"
      })
  int add(
      @Mixin OfCustomer of,
      @Parameters(index = "0", paramLabel = "USER", description = "The sign-in name or the id.")
          String user,
      @Parameters(index = "1", paramLabel = "ROLE", description = ROLE) String role) {
    UserId id = of.names().activeId(user);
    of.customer().directoryRoles().byId(role(of.customer(), role)).addMember(id);
    say("The account has the role.");
    return 0;
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Takes a role from an account.",
      footer = {
        "",
        "Examples:",
        "  vidame users roles remove ada@contoso.example 'Helpdesk Administrator'"
      })
  int remove(
      @Mixin OfCustomer of,
      @Parameters(index = "0", paramLabel = "USER", description = "The sign-in name or the id.")
          String user,
      @Parameters(index = "1", paramLabel = "ROLE", description = ROLE) String role) {
    UserId id = of.names().activeId(user);
    of.customer().directoryRoles().byId(role(of.customer(), role)).removeMember(id);
    say("The account has the role no more.");
    return 0;
  }

  private void say(String sentence) {
    var err = Objects.requireNonNull(command).commandLine().getErr();
    err.println(sentence);
    err.flush();
  }

  private static RoleId role(CustomerClient customer, String text) {
    Optional<RoleId> id = Guid.parse(text.strip()).map(RoleId::new);
    if (id.isPresent()) {
      return id.get();
    }
    List<DirectoryRole> all = customer.directoryRoles().list().toList();
    for (DirectoryRole each : all) {
      RoleId known = each.id();
      if (known != null && text.strip().equalsIgnoreCase(each.name())) {
        return known;
      }
    }
    throw new CommandException(
        ExitCode.NOT_FOUND,
        "There is no role "
            + text
            + ". There are: "
            + all.stream()
                .map(each -> String.valueOf(each.name()))
                .collect(Collectors.joining(", "))
            + ".");
  }
}
