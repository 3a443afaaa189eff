package dev.vidame.samples;

import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerException;
import dev.vidame.sdk.UserClient;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.io.PrintStream;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Updates the user account of a customer: new names, a new country of use, a new sign-in name in
 * the domain that the account is in, and a temporary password that its owner must change, all in
 * one request. Prints the account that comes back.
 *
 * <p>Thread-safe.
 */
public final class CustomerUserUpdate {
  private final Supplier<UUID> random;

  /**
   * A scenario with a source of random ids.
   *
   * @param random makes the local part of the new sign-in name
   */
  CustomerUserUpdate(Supplier<UUID> random) {
    this.random = random;
  }

  /**
   * Updates the account.
   *
   * @return the account with its new values
   * @throws PartnerException when the account cannot be read or the update is refused
   * @throws IllegalStateException when the account has no sign-in name whose domain could be kept
   */
  public static CustomerUser run(PartnerClient partner, CustomerId customer, UserId user) {
    return new CustomerUserUpdate(UUID::randomUUID).update(partner, customer, user);
  }

  CustomerUser update(PartnerClient partner, CustomerId customerId, UserId userId) {
    UserClient user = partner.customers().byId(customerId).users().byId(userId);
    CustomerUser specifiedUser = user.get();

    dev.vidame.wire.CustomerUserUpdate userToUpdate =
        dev.vidame.wire.CustomerUserUpdate.builder()
            .passwordProfile(PasswordProfile.temporary("testPw@!122B"))
            .displayName("DisplayNameChange")
            .firstName("FirstNameChange")
            .lastName("LastNameChange")
            .usageLocation("US")
            .userPrincipalName(hexDigits(random.get()) + "@" + domainOf(specifiedUser))
            .build();

    return user.patch(userToUpdate);
  }

  private static String hexDigits(UUID id) {
    return id.toString().replace("-", "");
  }

  private static String domainOf(CustomerUser user) {
    String name = user.userPrincipalName();
    int at = name == null ? -1 : name.lastIndexOf('@');
    if (name == null || at < 0 || at == name.length() - 1) {
      throw new IllegalStateException("The account has no user principal name with a domain");
    }
    return name.substring(at + 1);
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
