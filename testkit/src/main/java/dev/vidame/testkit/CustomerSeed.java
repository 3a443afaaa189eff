package dev.vidame.testkit;

import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.wire.CustomerId;
import org.jspecify.annotations.Nullable;

/** A customer to be made. Not thread-safe. */
public final class CustomerSeed {
  private final Vidame vidame;
  private final PartnerId partner;
  private String companyName = "Test customer";
  private @Nullable CustomerId id;
  private @Nullable String domain;

  CustomerSeed(Vidame vidame, PartnerId partner) {
    this.vidame = vidame;
    this.partner = partner;
  }

  /** Its id; one of its own where none is given. */
  public CustomerSeed id(CustomerId value) {
    id = value;
    return this;
  }

  /** Its name. */
  public CustomerSeed companyName(String value) {
    companyName = value;
    return this;
  }

  /** Its default domain; one of its own where none is given. */
  public CustomerSeed domain(String value) {
    domain = value;
    return this;
  }

  /**
   * Makes it.
   *
   * @throws IllegalArgumentException when the server's rules forbid it
   */
  public SeededCustomer create() {
    CustomerId customer = id == null ? new CustomerId(vidame.ids().next()) : id;
    String name = domain == null ? "customer" + vidame.ids().text() + ".test" : domain;
    NewCustomer properties = new NewCustomer(customer, companyName, name);
    vidame.change(
        partner, (directory, request) -> directory.customers().create(properties, request));
    return new SeededCustomer(vidame, partner, customer, name);
  }
}
