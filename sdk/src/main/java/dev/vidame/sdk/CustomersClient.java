package dev.vidame.sdk;

import dev.vidame.wire.CustomerId;

/**
 * The customers of a partner. Immutable and thread-safe.
 *
 * {@snippet :
 * for (Customer customer : partner.customers().list()) {
 *   System.out.println(customer.id() + " " + customer.companyProfile().companyName());
 * }
 * Customer customer = partner.customers().byId(customerId).get();
 * }
 */
public final class CustomersClient {
  private static final String PATH = "/customers";

  private final ApiCalls calls;

  CustomersClient(ApiCalls calls) {
    this.calls = calls;
  }

  /** One customer; nothing is sent yet. */
  public CustomerClient byId(CustomerId customer) {
    return new CustomerClient(calls, PATH + "/" + customer);
  }

  /** All customers; nothing is sent yet. */
  public Pages<Customer> list() {
    return list(CustomerQuery.all());
  }

  /** Some customers; nothing is sent yet. */
  public Pages<Customer> list(CustomerQuery query) {
    return new Pages<>(calls, PATH, query.toString(), Customer::from);
  }

  /**
   * Creates a customer with its first administrator, whose password the answer tells once.
   *
   * @throws OutcomeUnknownException when the customer may have been created
   * @throws NameTakenException when the domain belongs to somebody
   * @throws PartnerException with status 400 when a property is wrong, which {@link
   *     PartnerException#data()} names, or code 800018 when a sandbox is full
   */
  public Customer create(NewCustomer customer) {
    return createWithResponse(customer, RequestOptions.none()).value();
  }

  /**
   * As {@link #create}, with options and the answer's headers. Where the answer is {@link
   * PartnerResponse#replayed() replayed} it tells no password.
   */
  public PartnerResponse<Customer> createWithResponse(
      NewCustomer customer, RequestOptions options) {
    return calls.make(ApiCall.post(PATH, customer.toJson(), Customer::fromJson), options);
  }
}
