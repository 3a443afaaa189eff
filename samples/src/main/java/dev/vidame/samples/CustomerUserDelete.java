package dev.vidame.samples;

import dev.vidame.sdk.NotFoundException;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.UserClient;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.UserId;
import java.io.PrintStream;
import java.util.Map;

/**
 * Deletes a user account, which can be restored for 30 days. Prints what is left of it.
 *
 * <p>Thread-safe.
 */
public final class CustomerUserDelete {
  private CustomerUserDelete() {}

  /**
   * Deletes the account.
   *
   * @return the account as it is now, with the time of its deletion
   * @throws NotFoundException when there is none
   */
  public static CustomerUser run(PartnerClient partner, CustomerId customer, UserId userId) {
    UserClient user = partner.customers().byId(customer).users().byId(userId);
    user.delete();
    return user.get();
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
