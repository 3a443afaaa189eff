package dev.vidame.samples;

import dev.vidame.sdk.AuditEntry;
import dev.vidame.sdk.AuditFilter;
import dev.vidame.sdk.AuditQuery;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerException;
import dev.vidame.wire.CustomerId;
import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Lists what was done to a customer in the last 30 days, and by whom, the newest first. Prints one
 * record a line.
 *
 * <p>Thread-safe.
 */
public final class CustomerUserAudit {
  private CustomerUserAudit() {}

  /**
   * Lists the records.
   *
   * @throws PartnerException when a page is refused
   */
  public static List<AuditEntry> run(PartnerClient partner, CustomerId customer) {
    return since(partner, customer, LocalDate.now(ZoneOffset.UTC).minusDays(30));
  }

  static List<AuditEntry> since(PartnerClient partner, CustomerId customer, LocalDate day) {
    AuditQuery query = AuditQuery.since(day).withFilter(AuditFilter.customer(customer));
    return partner.auditRecords().list(query).toList();
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
