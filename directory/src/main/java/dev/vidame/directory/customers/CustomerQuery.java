package dev.vidame.directory.customers;

import dev.vidame.directory.paging.AsciiLower;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which of a partner's customers are wanted, and in which order.
 *
 * @param condition what they must be like; null for all
 * @param sort what they are sorted by; equal ones by id
 * @param isDescending whether the last comes first
 */
public record CustomerQuery(
    @Nullable Predicate<Customer> condition, Sort sort, boolean isDescending) {

  /** What a list can be sorted by. Letters of ASCII sort the same in upper and lower case. */
  public enum Sort {
    /** The id: the only order that a page need not sort all customers for. */
    ID(null),
    /** The company's name. */
    COMPANY_NAME("lower(c.company_name)"),
    /** The default domain. */
    DOMAIN("c.default_domain");

    private final @Nullable String expression;

    Sort(@Nullable String expression) {
      this.expression = expression;
    }

    @Nullable String expression() {
      return expression;
    }

    String of(Customer customer) {
      return switch (this) {
        case ID -> "";
        case COMPANY_NAME -> AsciiLower.of(customer.companyName());
        case DOMAIN -> customer.defaultDomain();
      };
    }
  }

  /** All customers, by id. */
  public static CustomerQuery all() {
    return new CustomerQuery(null, Sort.ID, false);
  }

  /** A customer's sort key, as {@link dev.vidame.directory.paging.PageQuery} has it. */
  public List<String> key(Customer customer) {
    return List.of(sort.of(customer), customer.id().toString());
  }
}
