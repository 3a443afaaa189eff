package dev.vidame.samples;

import dev.vidame.sdk.ChangeCursor;
import dev.vidame.sdk.ChangesQuery;
import dev.vidame.sdk.FollowedChange;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerException;
import dev.vidame.wire.CustomerId;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Reads what changed of a customer, the oldest first. Prints one change a line with its cursor;
 * whoever keeps the last one goes on behind it the next time. Vidame only.
 *
 * <p>Thread-safe.
 */
public final class CustomerChanges {
  private CustomerChanges() {}

  /**
   * Reads the changes behind a place, up to the last one that there is.
   *
   * @throws PartnerException when the changes may not be read
   */
  public static List<FollowedChange> run(
      PartnerClient partner, CustomerId customer, ChangeCursor since) {
    return partner.customers().byId(customer).changes().stream(ChangesQuery.since(since)).toList();
  }

  /** Runs the scenario with the settings of the environment. */
  public static void main(String[] arguments) {
    System.exit(main(System.getenv(), System.out, System.err));
  }

  static int main(Map<String, String> environment, PrintStream out, PrintStream err) {
    return new SampleRunner(environment, out, err)
        .run(settings -> run(settings.partner(), settings.customer(), ChangeCursor.BEGINNING));
  }
}
