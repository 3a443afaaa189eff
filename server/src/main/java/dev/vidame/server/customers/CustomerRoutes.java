package dev.vidame.server.customers;

import dev.vidame.directory.customers.Customer;
import dev.vidame.directory.customers.CustomerQuery;
import dev.vidame.directory.customers.CustomerQuery.Sort;
import dev.vidame.directory.customers.Customers;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.paging.ListRequest;
import dev.vidame.server.paging.ListRules;
import dev.vidame.server.paging.Paging;
import dev.vidame.wire.Filter;
import dev.vidame.wire.FilterOperator;
import dev.vidame.wire.ListedCustomer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The routes of customers (wire-spec §2). Thread-safe. */
public final class CustomerRoutes {
  private static final ListRules RULES = ListRules.of("filter", "sortField", "sortDirection");

  private final Customers customers;
  private final Paging paging;
  private final Options options;

  /**
   * What an operator chooses, and what the server knows.
   *
   * @param domainSuffixes what the domain of a new customer must end in, lower case, without a dot
   *     before it; empty for anything
   * @param relationshipAfterCreation what the answer to a create calls the relationship
   * @param address the address that callers use, without a slash at its end
   * @param newIds makes the ids of customers
   */
  public record Options(
      List<String> domainSuffixes,
      String relationshipAfterCreation,
      Supplier<URI> address,
      Supplier<UUID> newIds) {
    /** Copies the suffixes. */
    public Options {
      domainSuffixes = List.copyOf(domainSuffixes);
    }
  }

  /** Routes over the directory's customers. */
  public CustomerRoutes(Customers customers, Paging paging, Options options) {
    this.customers = customers;
    this.paging = paging;
    this.options = options;
  }

  /** The lines of the route table. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.onPartner("GET", "/v1/customers", Operation.LIST_CUSTOMERS, this::list));
    routes.addAll(new CustomerResources(customers, options).routes());
    routes.addAll(UnofferedRoutes.routes());
    return routes;
  }

  private Answer list(Call call) {
    ListRequest request = paging.read(call, RULES);
    CustomerQuery query =
        new CustomerQuery(
            request
                .parameter("filter")
                .map(Filter::fromJson)
                .map(CustomerRoutes::condition)
                .orElse(null),
            request.parameter("sortField").map(CustomerRoutes::sort).orElse(Sort.ID),
            request.parameter("sortDirection").filter(CustomerRoutes::isDescending).isPresent());
    return Answer.json(
        200,
        paging
            .show(
                call,
                request,
                "/customers",
                customers.page(call.caller().partner(), query, request.page()),
                query::key,
                CustomerRoutes::json)
            .toJson());
  }

  private static byte[] json(Customer customer) {
    return new ListedCustomer(
            customer.id(), customer.defaultDomain(), customer.companyName(), CustomerView.RESELLER)
        .toJson();
  }

  /** One prefix, or one value, in any case. Nobody here has an indirect reseller. */
  private static Predicate<Customer> condition(Filter filter) {
    if (!(filter instanceof Filter.Simple simple)
        || (simple.operator() != FilterOperator.STARTS_WITH
            && simple.operator() != FilterOperator.EQUALS)) {
      throw ApiErrors.customerSearchOperator();
    }
    String wanted = simple.value().toLowerCase(Locale.ROOT);
    Predicate<String> matches =
        simple.operator() == FilterOperator.EQUALS
            ? wanted::equals
            : value -> value.startsWith(wanted);
    return switch (simple.field().toLowerCase(Locale.ROOT)) {
      case "companyname", "displayname" -> of(Customer::companyName, matches);
      case "domain", "defaultdomainname" -> of(Customer::defaultDomain, matches);
      case "indirectreseller", "indirectcloudsolutionprovider" -> customer -> false;
      default ->
          throw ApiErrors.invalidProperty(
              "filter", "The field %s cannot be filtered by.", simple.field());
    };
  }

  private static Predicate<Customer> of(
      Function<Customer, String> field, Predicate<String> matches) {
    return customer -> matches.test(field.apply(customer).toLowerCase(Locale.ROOT));
  }

  /** Sorting is not documented for customers, so what is not understood is left alone. */
  private static Sort sort(String field) {
    return switch (field.strip().toLowerCase(Locale.ROOT)) {
      case "companyname" -> Sort.COMPANY_NAME;
      case "domain" -> Sort.DOMAIN;
      default -> Sort.ID;
    };
  }

  private static boolean isDescending(String direction) {
    String text = direction.strip().toLowerCase(Locale.ROOT);
    return text.equals("descending") || text.equals("desc");
  }
}
