package dev.vidame.samples;

import dev.vidame.sdk.NameTakenException;
import dev.vidame.sdk.NotFoundException;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.UserId;
import java.io.PrintStream;
import java.util.Map;

/**
 * Restores a deleted user account. Prints it.
 *
 * <p>Thread-safe.
 */
public final class CustomerUserRestore {
  private CustomerUserRestore() {}

  /**
   * Restores the account.
   *
   * @throws NameTakenException when somebody else has its sign-in name by now
   * @throws NotFoundException when there is none, or its time is over
   */
  public static CustomerUser run(PartnerClient partner, CustomerId customer, UserId user) {
    return partner.customers().byId(customer).users().byId(user).restore();
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
