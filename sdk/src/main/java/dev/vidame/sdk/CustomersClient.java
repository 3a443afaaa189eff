package dev.vidame.sdk;

import dev.vidame.wire.CustomerId;

/** The customers of a partner. Immutable and thread-safe. */
public final class CustomersClient {
  private final ApiCalls calls;

  CustomersClient(ApiCalls calls) {
    this.calls = calls;
  }

  /** One customer; nothing is sent yet. */
  public CustomerClient byId(CustomerId customer) {
    return new CustomerClient(calls, "/customers/" + customer);
  }
}
