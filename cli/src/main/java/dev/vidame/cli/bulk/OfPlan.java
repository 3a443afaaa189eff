package dev.vidame.cli.bulk;

import dev.vidame.bulk.BulkException;
import dev.vidame.bulk.Plan;
import dev.vidame.bulk.RunFiles;
import dev.vidame.cli.client.ClientOptions;
import dev.vidame.cli.client.CustomerOption;
import dev.vidame.cli.client.Service;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.sdk.RetryPolicy;
import dev.vidame.wire.CustomerId;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;

/** The options that say at which service, and whose accounts a plan is about. A mixin. */
final class OfPlan {
  @Mixin private final ClientOptions client = new ClientOptions();
  @Mixin private final CustomerOption customer = new CustomerOption();

  /** The accounts of the customer that the options name. */
  SdkAccounts accounts() {
    Service service = service();
    return accounts(service, customer.resolve(service));
  }

  /** The accounts of the customer that the plan is about, unless the options name another one. */
  SdkAccounts accounts(Plan plan) {
    Service service = service();
    CustomerId id = customer.isNamed() ? customer.resolve(service) : plan.header().customer();
    return accounts(service, id);
  }

  private Service service() {
    return client.open(
        builder -> builder.retryPolicy(RetryPolicy.none()).httpClient(manyRequests()));
  }

  /**
   * As the SDK's own, but that what it does between two threads is done by virtual ones: with many
   * small requests most of its time goes into waking threads up.
   */
  private static HttpClient manyRequests() {
    return HttpClient.newBuilder()
        .connectTimeout(Duration.ofSeconds(10))
        .followRedirects(HttpClient.Redirect.NEVER)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();
  }

  private static SdkAccounts accounts(Service service, CustomerId customer) {
    return new SdkAccounts(service.client(), service.endpoint(), customer);
  }

  static Plan open(Path named) {
    return told(() -> Plan.open(RunFiles.of(named)));
  }

  /** Does something whose failures are told by their kind. */
  static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (BulkException e) {
      ExitCode code =
          switch (e.kind()) {
            case DATA -> ExitCode.DATA;
            case FILE -> ExitCode.INPUT_OUTPUT;
            case UNAVAILABLE -> ExitCode.UNAVAILABLE;
            case SIGNED_OUT -> ExitCode.NOT_ALLOWED;
          };
      throw new CommandException(code, String.valueOf(e.getMessage()), e);
    }
  }
}
