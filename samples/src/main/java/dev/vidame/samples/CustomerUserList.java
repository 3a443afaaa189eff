package dev.vidame.samples;

import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerException;
import dev.vidame.sdk.SortDirection;
import dev.vidame.sdk.UserField;
import dev.vidame.sdk.UserQuery;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUser;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lists a customer's user accounts, the newest page fetched when the one before it is used up.
 * Prints one account a line.
 *
 * <p>Thread-safe.
 */
public final class CustomerUserList {
  private CustomerUserList() {}

  /**
   * Lists the accounts by display name, a hundred in each page.
   *
   * @throws PartnerException when a page is refused
   */
  public static List<CustomerUser> run(PartnerClient partner, CustomerId customer) {
    UserQuery query =
        UserQuery.all().withSort(UserField.DISPLAY_NAME, SortDirection.ASCENDING).withPageSize(100);
    try (Stream<CustomerUser> users =
        partner.customers().byId(customer).users().list(query).stream()) {
      return users.toList();
    }
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
