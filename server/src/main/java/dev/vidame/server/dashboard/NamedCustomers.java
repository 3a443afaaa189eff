package dev.vidame.server.dashboard;

import dev.vidame.directory.customers.Customer;
import dev.vidame.directory.customers.CustomerQuery;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Call;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import java.util.List;
import java.util.Optional;

/** Finds the customer that somebody means. Thread-safe. */
final class NamedCustomers {
  private final Desk desk;

  NamedCustomers(Desk desk) {
    this.desk = desk;
  }

  /**
   * The customer of a Microsoft ID, whosever it is; or the one of the reader's partner that has the
   * domain or the name, where there is one such only and the reader may know of it.
   */
  Optional<CustomerId> find(Call call, String text) {
    Optional<CustomerId> id = Guid.parse(text).map(CustomerId::new);
    if (id.isPresent()
        || text.isEmpty()
        || !desk.rights().mayForPartner(call.caller(), Operation.LIST_CUSTOMERS)) {
      return id;
    }
    String wanted = Folded.of(text);
    CustomerQuery query =
        new CustomerQuery(
            customer ->
                customer.defaultDomain().equals(wanted)
                    || Folded.of(customer.companyName()).equals(wanted),
            CustomerQuery.Sort.ID,
            false);
    List<Customer> found =
        desk.directory()
            .customers()
            .page(call.caller().partner(), query, PageQuery.first(2))
            .items();
    return found.size() == 1 ? Optional.of(found.getFirst().id()) : Optional.empty();
  }
}
