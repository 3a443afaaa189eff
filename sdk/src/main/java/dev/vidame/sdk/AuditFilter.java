package dev.vidame.sdk;

import dev.vidame.wire.CustomerId;
import dev.vidame.wire.FilterOperator;

/**
 * Which audit records a list holds. Immutable. The API takes one condition, so there is no way to
 * join two.
 */
public final class AuditFilter {
  private final String json;

  private AuditFilter(String field, String value, FilterOperator operator) {
    this.json = FilterJson.simple(field, value, operator);
  }

  /** Records about this customer. */
  public static AuditFilter customer(CustomerId customer) {
    return new AuditFilter("CustomerId", customer.toString(), FilterOperator.EQUALS);
  }

  /** Records about customers whose company's name holds this text, in any case. */
  public static AuditFilter companyNameContains(String text) {
    return new AuditFilter("CompanyName", text, FilterOperator.SUBSTRING);
  }

  /** Records about this kind of thing. */
  public static AuditFilter resourceType(AuditEntry.ResourceType type) {
    return new AuditFilter("ResourceType", type.value(), FilterOperator.EQUALS);
  }

  /** Records of this operation; Partner Center does not know this filter. */
  public static AuditFilter operationType(AuditEntry.OperationType type) {
    return new AuditFilter("OperationType", type.value(), FilterOperator.EQUALS);
  }

  /** Records of what this person did; Partner Center does not know this filter. */
  public static AuditFilter actor(String userPrincipalName) {
    return new AuditFilter("UserPrincipalName", userPrincipalName, FilterOperator.EQUALS);
  }

  /** The JSON that is sent. */
  @Override
  public String toString() {
    return json;
  }
}
