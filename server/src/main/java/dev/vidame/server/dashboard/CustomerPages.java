package dev.vidame.server.dashboard;

import dev.vidame.directory.customers.Customer;
import dev.vidame.directory.customers.CustomerDetails;
import dev.vidame.directory.customers.CustomerQuery;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.partners.GranularRoles;
import dev.vidame.directory.users.UserCounts;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The pages of customers. Thread-safe. */
final class CustomerPages {
  private static final String SEARCH = "q";
  private static final String SORT = "sort";

  private final Desk desk;

  CustomerPages(Desk desk) {
    this.desk = desk;
  }

  /**
   * A list of customers.
   *
   * @param frame what every page has
   * @param search what was searched for
   * @param sort what it is sorted by
   * @param customers those on the page
   * @param neighbours the pages before and behind
   */
  @SuppressWarnings("TooManyParameters") // all that the page shows
  record Listed(
      Frame frame,
      String search,
      String sort,
      List<Customer> customers,
      Lists.Neighbours neighbours) {}

  /**
   * A customer.
   *
   * @param frame what every page has
   * @param head what pages on a customer have
   * @param details the customer
   * @param roles the reader's own on this customer
   * @param users how many accounts it has; null where the reader may not see them
   */
  @SuppressWarnings("TooManyParameters") // all that the page shows
  record Account(
      Frame frame,
      CustomerHead head,
      CustomerDetails details,
      List<GranularRoles.Held> roles,
      UserCounts.@Nullable Counted users) {}

  List<Route> routes() {
    return List.of(
        Route.pageOnPartner("GET", SignInRoutes.HOME, Operation.LIST_CUSTOMERS, this::list),
        Route.pageOnCustomer(
            "GET", SignInRoutes.HOME + "/{customer}", Operation.GET_CUSTOMER, this::account));
  }

  private Answer list(Call call) {
    String search = call.query().first(SEARCH).orElse("").strip();
    CustomerQuery.Sort sort =
        call.query().first(SORT).filter("domain"::equals).isPresent()
            ? CustomerQuery.Sort.DOMAIN
            : CustomerQuery.Sort.COMPANY_NAME;
    String sortName = sort == CustomerQuery.Sort.DOMAIN ? "domain" : "name";
    CustomerQuery query = new CustomerQuery(condition(search), sort, false);
    Map<String, String> parameters = new LinkedHashMap<>();
    if (!search.isEmpty()) {
      parameters.put(SEARCH, search);
    }
    parameters.put(SORT, sortName);
    Page<Customer> page =
        desk.directory()
            .customers()
            .page(call.caller().partner(), query, desk.lists().wanted(call, parameters));
    return desk.templates()
        .page(
            200,
            "customers",
            new Listed(
                desk.frame(call, Text.of("Customers")),
                search,
                sortName,
                page.items(),
                desk.lists().neighbours(call, SignInRoutes.HOME, parameters, page, query::key)));
  }

  private static @Nullable Predicate<Customer> condition(String search) {
    if (search.isEmpty()) {
      return null;
    }
    String wanted = Folded.of(search);
    return customer ->
        Folded.of(customer.companyName()).contains(wanted)
            || customer.defaultDomain().contains(wanted)
            || customer.id().toString().equals(wanted);
  }

  private Answer account(Call call) {
    CustomerDetails details = desk.directory().customers().details(call.customer());
    CustomerHead head = desk.head(call);
    return desk.templates()
        .page(
            200,
            "account",
            new Account(
                desk.frame(call, Text.of("Account")),
                head,
                details,
                desk.rights().rolesOn(call, call.customer()),
                head.hasUsers() ? desk.directory().userCounts().of(call.customer()) : null));
  }
}
