package dev.vidame.samples;

import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerException;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUser;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Lists the deleted user accounts of a customer that can still be restored. Prints one a line.
 *
 * <p>Thread-safe.
 */
public final class CustomerDeletedUsers {
  private CustomerDeletedUsers() {}

  /**
   * Lists the deleted accounts.
   *
   * @throws PartnerException when a page is refused
   */
  public static List<CustomerUser> run(PartnerClient partner, CustomerId customer) {
    return partner.customers().byId(customer).users().deleted().toList();
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
