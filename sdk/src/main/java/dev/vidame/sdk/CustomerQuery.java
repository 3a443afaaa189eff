package dev.vidame.sdk;

import org.jspecify.annotations.Nullable;

/**
 * Which customers to list, in which order, in pages of which size. Immutable: each {@code with}
 * method answers a changed copy.
 *
 * {@snippet :
 * CustomerQuery query =
 *     CustomerQuery.all().withFilter(CustomerFilter.companyNameStartsWith("Cont"));
 * List<Customer> customers = partner.customers().list(query).toList();
 * }
 */
public final class CustomerQuery {
  private static final CustomerQuery ALL = new CustomerQuery(null, null, null, null);

  private final @Nullable CustomerFilter filter;
  private final @Nullable Field sortField;
  private final @Nullable SortDirection direction;
  private final @Nullable Integer size;

  /** A property of customers by which lists are sorted; Partner Center does not sort them. */
  public enum Field {
    /** The company's name. */
    COMPANY_NAME("CompanyName"),
    /** The default domain. */
    DOMAIN("Domain");

    private final String wire;

    Field(String wire) {
      this.wire = wire;
    }
  }

  private CustomerQuery(
      @Nullable CustomerFilter filter,
      @Nullable Field sortField,
      @Nullable SortDirection direction,
      @Nullable Integer size) {
    this.filter = filter;
    this.sortField = sortField;
    this.direction = direction;
    this.size = size;
  }

  /** All customers in the service's order. */
  public static CustomerQuery all() {
    return ALL;
  }

  /** Only customers that pass. */
  public CustomerQuery withFilter(CustomerFilter wanted) {
    return new CustomerQuery(wanted, sortField, direction, size);
  }

  /** In this order. */
  public CustomerQuery withSort(Field field, SortDirection wanted) {
    return new CustomerQuery(filter, field, wanted, size);
  }

  /**
   * In pages of at most so many customers; by default the service decides.
   *
   * @throws IllegalArgumentException when the number is not from 1 to 500
   */
  public CustomerQuery withPageSize(int items) {
    return new CustomerQuery(filter, sortField, direction, QueryText.requireSize(items));
  }

  /** Empty, or what stands behind the path. */
  @Override
  public String toString() {
    return new QueryText()
        .add("size", size)
        .add("filter", filter)
        .add("sortField", sortField == null ? null : sortField.wire)
        .add("sortDirection", direction == null ? null : direction.wire())
        .toString();
  }
}
