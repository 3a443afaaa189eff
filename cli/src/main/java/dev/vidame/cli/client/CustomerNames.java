package dev.vidame.cli.client;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.sdk.Customer;
import dev.vidame.sdk.CustomerFilter;
import dev.vidame.sdk.CustomerQuery;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds customers by what people call them. */
public final class CustomerNames {
  private static final int ENOUGH = 6;

  private CustomerNames() {}

  /**
   * The customer with this id, domain or company name. An id is taken as it is; for the others the
   * service is asked with the filters that Partner Center has, too, which find beginnings.
   *
   * @throws CommandException where it is nobody's or that of several
   */
  public static CustomerId resolve(Service service, String text) {
    Optional<CustomerId> id = Guid.parse(text.strip()).map(CustomerId::new);
    if (id.isPresent()) {
      return id.get();
    }
    List<Customer> found = List.of();
    if (text.contains(".")) {
      found =
          matching(
              service,
              CustomerFilter.domainStartsWith(text),
              each -> text.equalsIgnoreCase(each.companyProfile().domain()));
    }
    if (found.isEmpty()) {
      found =
          matching(
              service,
              CustomerFilter.companyNameStartsWith(text),
              each -> text.equalsIgnoreCase(each.companyProfile().companyName()));
    }
    return only(text, found);
  }

  private static List<Customer> matching(
      Service service, CustomerFilter filter, Predicate<Customer> condition) {
    CustomerQuery query = CustomerQuery.all().withFilter(filter);
    try (Stream<Customer> all = service.client().customers().list(query).stream()) {
      return all.filter(each -> each.id() != null).filter(condition).limit(ENOUGH).toList();
    }
  }

  private static CustomerId only(String text, List<Customer> found) {
    if (found.isEmpty()) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "No customer has the domain or the company name "
              + text
              + ". vidame customers list shows them.");
    }
    CustomerId id = found.getFirst().id();
    if (found.size() > 1 || id == null) {
      throw new CommandException(
          ExitCode.USAGE,
          "Several customers are called "
              + text
              + ". Give the id of one:\n"
              + found.stream()
                  .map(each -> "  " + each.id() + "  " + each.companyProfile().domain())
                  .collect(Collectors.joining("\n")));
    }
    return id;
  }
}
