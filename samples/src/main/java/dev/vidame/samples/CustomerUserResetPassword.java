package dev.vidame.samples;

import dev.vidame.sdk.NotFoundException;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.io.PrintStream;
import java.util.Map;

/**
 * Gives a user account a temporary password that its owner must change. Prints the account.
 *
 * <p>Thread-safe.
 */
public final class CustomerUserResetPassword {
  private CustomerUserResetPassword() {}

  /**
   * Sets the password.
   *
   * @throws NotFoundException when there is no such account
   */
  public static CustomerUser run(PartnerClient partner, CustomerId customer, UserId user) {
    return partner
        .customers()
        .byId(customer)
        .users()
        .byId(user)
        .resetPassword(PasswordProfile.temporary("testPw@!122B"));
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
