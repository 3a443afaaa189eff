package dev.vidame.server.audit;

import dev.vidame.server.http.ApiErrors;
import dev.vidame.wire.AuditRecord;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Filter;
import dev.vidame.wire.FilterOperator;
import dev.vidame.wire.Guid;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which records a caller wants (wire-spec §6.3). Immutable.
 *
 * @param condition what they must be like
 * @param customerOrNull the only customer that they can be about; null where they can be about any
 */
record AuditFilter(Predicate<AuditRecord> condition, @Nullable CustomerId customerOrNull) {
  /** Every record. */
  static final AuditFilter ALL = new AuditFilter(record -> true, null);

  /**
   * Reads a filter.
   *
   * @throws dev.vidame.server.http.ApiException when it names a field, an operator or a value that
   *     records cannot be filtered by
   */
  static AuditFilter of(Filter filter) {
    return switch (filter) {
      case Filter.Compound(Filter left, Filter right, FilterOperator operator) ->
          operator == FilterOperator.AND ? of(left).and(of(right)) : of(left).or(of(right));
      case Filter.Simple simple -> of(simple);
    };
  }

  private AuditFilter and(AuditFilter other) {
    return new AuditFilter(
        condition.and(other.condition),
        customerOrNull == null ? other.customerOrNull : customerOrNull);
  }

  private AuditFilter or(AuditFilter other) {
    return new AuditFilter(
        condition.or(other.condition),
        Objects.equals(customerOrNull, other.customerOrNull) ? customerOrNull : null);
  }

  private static AuditFilter of(Filter.Simple filter) {
    String wanted = folded(filter.value());
    return switch (folded(filter.field())) {
      case "companyname" -> {
        require(filter, FilterOperator.SUBSTRING);
        yield text(record -> contains(record.customer().name(), filter.value()));
      }
      case "customerid" -> customer(filter);
      case "resourcetype" -> {
        require(filter, FilterOperator.EQUALS);
        yield text(record -> folded(record.operation().resourceType()).equals(wanted));
      }
      case "operationtype" -> {
        require(filter, FilterOperator.EQUALS);
        yield text(record -> folded(record.operation().type()).equals(wanted));
      }
      case "userprincipalname" -> {
        require(filter, FilterOperator.EQUALS);
        String name = filter.value().strip();
        yield text(record -> name.equalsIgnoreCase(record.userPrincipalName()));
      }
      default ->
          throw ApiErrors.invalidProperty(
              "filter", "The field %s cannot be filtered by.", filter.field());
    };
  }

  private static AuditFilter text(Predicate<AuditRecord> condition) {
    return new AuditFilter(condition, null);
  }

  private static AuditFilter customer(Filter.Simple filter) {
    require(filter, FilterOperator.EQUALS);
    CustomerId id =
        Guid.parse(filter.value().strip())
            .map(CustomerId::new)
            .orElseThrow(() ->
                ApiErrors.invalidProperty("filter", "The value of CustomerId must be a GUID."));
    return new AuditFilter(record -> id.equals(record.customer().id()), id);
  }

  private static void require(Filter.Simple filter, FilterOperator operator) {
    if (filter.operator() != operator) {
      throw ApiErrors.operatorNotAllowed(filter.field(), filter.operator().wire());
    }
  }

  /** Names and enum values match in any case, with or without underscores. */
  private static String folded(String text) {
    return text.strip().replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static boolean contains(@Nullable String name, String part) {
    return Optional.ofNullable(name)
        .filter(text -> text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)))
        .isPresent();
  }
}
