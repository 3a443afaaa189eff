package dev.vidame.directory.customers;

import dev.vidame.directory.customers.CustomerQuery.Sort;
import dev.vidame.directory.paging.Keyset;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.paging.PageQuery.Seek;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.storage.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The statements that list a partner's customers. Conditions are asked here, not in the store. */
final class CustomerList {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  private static final String OF_PARTNER =
      "select "
          + CustomerTable.COLUMNS
          + " from relationships r join customers c on c.customer_id = r.customer_id"
          + " where r.partner_id = ?";

  private CustomerList() {}

  static Page<Customer> page(
      Session session, PartnerId partner, CustomerQuery query, PageQuery page) throws SQLException {
    boolean isDescending = query.isDescending() != (page.seek() == Seek.BEFORE);
    Sort sort = query.sort();
    Keyset keyset = new Keyset(sort.expression(), "r.customer_id", isDescending);
    Predicate<Customer> condition = query.condition();
    int wanted = page.size() + 1;
    List<Customer> found = new ArrayList<>();
    session.scan(
        OF_PARTNER + (page.seek() == Seek.FIRST ? "" : keyset.behind()) + keyset.order(),
        arguments -> {
          arguments.uuid(partner.value());
          keyset.bind(arguments, page);
          arguments.number(condition == null ? wanted : NO_LIMIT);
        },
        row -> {
          Customer customer = CustomerTable.customer(row);
          if (condition == null || condition.test(customer)) {
            found.add(customer);
          }
          return found.size() < wanted;
        });
    return Page.of(page, found);
  }
}
