package dev.vidame.cli.audit;

import dev.vidame.cli.client.ClientOptions;
import dev.vidame.cli.client.CustomerOption;
import dev.vidame.cli.client.Service;
import dev.vidame.cli.client.When;
import dev.vidame.cli.output.LimitOption;
import dev.vidame.cli.output.OutputOptions;
import dev.vidame.cli.output.Shape;
import dev.vidame.cli.terminal.Surroundings;
import dev.vidame.sdk.AuditEntry;
import dev.vidame.sdk.AuditFilter;
import dev.vidame.sdk.AuditQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vidame audit list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what was done, newest first, as far back as the service keeps it (90 days).",
      "The service takes one of --customer, --actor, --operation, --resource and --company."
    },
    footer = {
      "",
      "Examples:",
      "  vidame audit list --since 7d",
      "  vidame audit list --since 2026-01-01 --until 2026-01-31 --actor ada@contoso.example",
      "  vidame audit list --customer contoso.example --since 24h -o jsonl"
    })
final class AuditListCommand implements Callable<Integer> {
  private static final Duration USUAL = Duration.ofDays(1);

  private static final Shape<AuditEntry> SHAPE =
      Shape.<AuditEntry>builder()
          .inTable("operationDate", AuditEntry::operationDate)
          .inTable("operationType", entry -> entry.operationType().value())
          .inTable("operationStatus", entry -> entry.operationStatus().value())
          .inTable("userPrincipalName", entry -> entry.actor().userPrincipalName())
          .inTable("customerName", AuditEntry::customerName)
          .more("id", AuditEntry::id)
          .more("resourceType", entry -> entry.resourceType().value())
          .more("customerId", AuditEntry::customerId)
          .more("partnerId", entry -> entry.actor().partnerId())
          .more("applicationId", entry -> entry.actor().applicationId())
          .more("correlationId", entry -> entry.actor().correlationId())
          .more("resourceOldValue", AuditEntry::resourceOldValue)
          .more("resourceNewValue", AuditEntry::resourceNewValue)
          .more("customizedData", AuditEntry::customizedData)
          .build();

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ClientOptions client = new ClientOptions();
  @Mixin private final CustomerOption customer = new CustomerOption();
  @Mixin private final LimitOption limit = new LimitOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description =
          "A day (2026-01-31, UTC), a time, or how long ago (30m, 24h, 7d); 24h where absent.")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description = "The last day (all of it) or time, in the same words; now where absent.")
  private @Nullable String until;

  @Option(
      names = "--actor",
      paramLabel = "NAME@DOMAIN",
      description = "Only what this person did (Vidame only).")
  private @Nullable String actor;

  @Option(
      names = "--operation",
      paramLabel = "TYPE",
      description = "Only this operation, such as update_customer_user (Vidame only).")
  private @Nullable String operation;

  @Option(
      names = "--resource",
      paramLabel = "TYPE",
      description = "Only what is about this kind of thing, such as customer_user.")
  private @Nullable String resource;

  @Option(
      names = "--company",
      paramLabel = "TEXT",
      description = "Only customers whose company name holds this.")
  private @Nullable String company;

  @Override
  public Integer call() {
    Service service = client.open();
    output.open().list(SHAPE, service.client().auditRecords().list(query(service)), limit.limit());
    return 0;
  }

  private AuditQuery query(Service service) {
    Instant now = Surroundings.of(Objects.requireNonNull(spec)).clock().instant();
    AuditQuery query =
        switch (since == null ? new When.At(now.minus(USUAL)) : When.parse(since, now)) {
          case When.Day(var day) -> AuditQuery.since(day);
          case When.At(var time) -> AuditQuery.since(time);
        };
    if (until != null) {
      query =
          switch (When.parse(until, now)) {
            case When.Day(var day) -> query.withEnd(day);
            case When.At(var time) -> query.withEnd(time);
          };
    }
    query = query.withPageSize(limit.pageSize());
    AuditFilter filter = filter(service);
    return filter == null ? query : query.withFilter(filter);
  }

  private @Nullable AuditFilter filter(Service service) {
    AuditFilter filter = null;
    int count = 0;
    if (actor != null) {
      filter = AuditFilter.actor(actor);
      count++;
    }
    if (operation != null) {
      filter = AuditFilter.operationType(new AuditEntry.OperationType(operation));
      count++;
    }
    if (resource != null) {
      filter = AuditFilter.resourceType(new AuditEntry.ResourceType(resource));
      count++;
    }
    if (company != null) {
      filter = AuditFilter.companyNameContains(company);
      count++;
    }
    if (count > 1) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "The service takes one of --actor, --operation, --resource and --company. Look for the rest in the output.");
    }
    return filter == null && customer.isGiven(service)
        ? AuditFilter.customer(customer.resolve(service))
        : filter;
  }
}
