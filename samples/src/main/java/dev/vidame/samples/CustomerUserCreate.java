package dev.vidame.samples;

import dev.vidame.sdk.CustomerClient;
import dev.vidame.sdk.NameTakenException;
import dev.vidame.sdk.NewUser;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerException;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUser;
import java.io.PrintStream;
import java.util.Map;

/**
 * Creates a user account in the customer's default domain, with a temporary password that its owner
 * must change. Prints the account.
 *
 * <p>Thread-safe.
 */
public final class CustomerUserCreate {
  private CustomerUserCreate() {}

  /**
   * Creates the account.
   *
   * @throws NameTakenException when there is an account of this name
   * @throws PartnerException when the customer cannot be read or the account is refused
   */
  public static CustomerUser run(PartnerClient partner, CustomerId customerId) {
    CustomerClient customer = partner.customers().byId(customerId);
    String domain = customer.get().companyProfile().domain();

    NewUser user =
        NewUser.builder()
            .userPrincipalName("sample.user@" + domain)
            .displayName("Sample User")
            .firstName("Sample")
            .lastName("User")
            .usageLocation("US")
            .temporaryPassword("testPw@!122B")
            .build();

    return customer.users().create(user);
  }

  /** Runs the scenario with the settings of the environment. */
  public static void main(String[] arguments) {
    System.exit(main(System.getenv(), System.out, System.err));
  }

  static int main(Map<String, String> environment, PrintStream out, PrintStream err) {
    return new SampleRunner(environment, out, err)
        .run(settings -> run(settings.partner(), settings.customer()));
  }
}
