package dev.vidame.samples;

import dev.vidame.sdk.CustomerClient;
import dev.vidame.sdk.DirectoryRole;
import dev.vidame.sdk.DirectoryRoleClient;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerException;
import dev.vidame.sdk.RoleId;
import dev.vidame.sdk.RoleMember;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Gives a directory role to a user account, shows the roles that it has and who else has this one,
 * and takes the role away again. Prints the roles.
 *
 * <p>Thread-safe.
 */
public final class CustomerUserRoles {
  private CustomerUserRoles() {}

  /**
   * Gives, shows and takes the role.
   *
   * @return the roles that the account had in between
   * @throws PartnerException when a step is refused
   * @throws IllegalStateException when the account is not among those that have the role
   */
  public static List<DirectoryRole> run(
      PartnerClient partner, CustomerId customerId, UserId userId) {
    CustomerClient customer = partner.customers().byId(customerId);
    DirectoryRoleClient helpdesk = customer.directoryRoles().byId(RoleId.HELPDESK_ADMINISTRATOR);

    helpdesk.addMember(userId);
    try {
      try (Stream<RoleMember> members = helpdesk.members().stream()) {
        if (members.noneMatch(member -> userId.equals(member.id()))) {
          throw new IllegalStateException("The account did not get the role");
        }
      }
      return customer.users().byId(userId).directoryRoles().toList();
    } finally {
      helpdesk.removeMember(userId);
    }
  }

  /** Runs the scenario with the settings of the environment. */
  public static void main(String[] arguments) {
    System.exit(main(System.getenv(), System.out, System.err));
  }

  static int main(Map<String, String> environment, PrintStream out, PrintStream err) {
    return new SampleRunner(environment, out, err)
        .run(settings -> run(settings.partner(), settings.customer(), settings.user()));
  }
}
