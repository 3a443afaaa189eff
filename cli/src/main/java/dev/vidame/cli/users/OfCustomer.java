package dev.vidame.cli.users;

import dev.vidame.cli.client.ClientOptions;
import dev.vidame.cli.client.CustomerOption;
import dev.vidame.cli.client.Service;
import dev.vidame.sdk.CustomerClient;
import dev.vidame.wire.CustomerId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** The options that say at which service, and whose accounts are meant. A mixin. */
public final class OfCustomer {
  @Mixin private final ClientOptions client = new ClientOptions();
  @Mixin private final CustomerOption customer = new CustomerOption();
  private @Nullable Service opened;
  private @Nullable CustomerId resolved;

  /** The service; the same each time. */
  public Service service() {
    Service service = opened;
    if (service == null) {
      service = client.open();
      opened = service;
    }
    return service;
  }

  /** The customer's id; it may be asked for, once. */
  public CustomerId customerId() {
    CustomerId id = resolved;
    if (id == null) {
      id = customer.resolve(service());
      resolved = id;
    }
    return id;
  }

  /** The customer. */
  public CustomerClient customer() {
    return service().client().customers().byId(customerId());
  }

  /** Its accounts by name. */
  public UserNames names() {
    return new UserNames(service(), customerId());
  }
}
