package dev.vidame.cli.users;

import dev.vidame.cli.client.Service;
import dev.vidame.cli.client.ServiceKind;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.sdk.Pages;
import dev.vidame.sdk.UserClient;
import dev.vidame.sdk.UsersClient;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.Guid;
import dev.vidame.wire.UserId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the accounts of a customer by what people call them: id or sign-in name. */
public final class UserNames {
  private static final int ENOUGH = 6;

  private final UsersClient users;
  private final ServiceKind kind;

  /** Of this customer. Nothing is asked yet. */
  public UserNames(Service service, CustomerId customer) {
    users = service.client().customers().byId(customer).users();
    kind = service.kind();
  }

  /**
   * The account in use with this name. A Vidame takes names in addresses; Partner Center does not,
   * and has no filter for them, so its list is walked.
   *
   * @throws CommandException where the text is no name, or Partner Center knows none such
   */
  public UserClient active(String name) {
    Optional<UserId> id = id(name);
    if (id.isPresent()) {
      return users.byId(id.get());
    }
    return kind == ServiceKind.VIDAME
        ? users.byId(name.strip())
        : users.byId(only(name, matching(users.list(), name), "account"));
  }

  /** The id of the account in use with this name; it is asked for where the text is no id. */
  public UserId activeId(String name) {
    Optional<UserId> id = id(name);
    if (id.isPresent()) {
      return id.get();
    }
    UserId found = active(name).get().id();
    if (found == null) {
      throw unknown(name, "account");
    }
    return found;
  }

  /**
   * The deleted account with this name.
   *
   * @throws CommandException where the name is that of none, or of several
   */
  public UserClient deleted(String name) {
    Optional<UserId> id = id(name);
    return users.byId(
        id.orElseGet(() -> only(name, matching(users.deleted(), name), "deleted account")));
  }

  private static Optional<UserId> id(String name) {
    Optional<UserId> id = Guid.parse(name.strip()).map(UserId::new);
    if (id.isEmpty() && name.indexOf('@') < 0) {
      throw new CommandException(
          ExitCode.USAGE,
          name + " is neither an id nor a sign-in name. Sign-in names are like ada@contoso.example.");
    }
    return id;
  }

  private static List<CustomerUser> matching(Pages<CustomerUser> list, String name) {
    try (Stream<CustomerUser> all = list.stream()) {
      return all.filter(user -> user.id() != null)
          .filter(user -> name.strip().equalsIgnoreCase(user.userPrincipalName()))
          .limit(ENOUGH)
          .toList();
    }
  }

  private static UserId only(String name, List<CustomerUser> found, String what) {
    UserId id = found.isEmpty() ? null : found.getFirst().id();
    if (id == null) {
      throw unknown(name, what);
    }
    if (found.size() > 1) {
      throw new CommandException(
          ExitCode.USAGE,
          "There are several: give the id of one.\n"
              + found.stream()
                  .map(user -> "  " + user.id() + "  deleted " + user.softDeletionTime())
                  .collect(Collectors.joining("\n")));
    }
    return id;
  }

  private static CommandException unknown(String name, String what) {
    return new CommandException(
        ExitCode.NOT_FOUND,
        "There is no " + what + " " + name + ". vidame users list [--deleted] shows them.");
  }
}
