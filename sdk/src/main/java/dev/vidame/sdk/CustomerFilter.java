package dev.vidame.sdk;

import dev.vidame.wire.FilterOperator;

/**
 * Which customers a list holds. Immutable. Texts are compared ignoring case. The API takes one
 * condition, so there is no way to join two.
 */
public final class CustomerFilter {
  private static final String COMPANY_NAME = "CompanyName";
  private static final String DOMAIN = "Domain";

  private final String json;

  private CustomerFilter(String field, String value, FilterOperator operator) {
    this.json = FilterJson.simple(field, value, operator);
  }

  /** Customers whose company's name begins so. */
  public static CustomerFilter companyNameStartsWith(String prefix) {
    return new CustomerFilter(COMPANY_NAME, prefix, FilterOperator.STARTS_WITH);
  }

  /** Customers whose company has this name. */
  public static CustomerFilter companyName(String name) {
    return new CustomerFilter(COMPANY_NAME, name, FilterOperator.EQUALS);
  }

  /** Customers whose default domain begins so. */
  public static CustomerFilter domainStartsWith(String prefix) {
    return new CustomerFilter(DOMAIN, prefix, FilterOperator.STARTS_WITH);
  }

  /** Customers with this default domain. */
  public static CustomerFilter domain(String name) {
    return new CustomerFilter(DOMAIN, name, FilterOperator.EQUALS);
  }

  /** Customers of an indirect reseller; Vidame has none, so finds nobody. */
  public static CustomerFilter indirectReseller(String mpnId) {
    return new CustomerFilter("IndirectReseller", mpnId, FilterOperator.EQUALS);
  }

  /** The JSON that is sent. */
  @Override
  public String toString() {
    return json;
  }
}
