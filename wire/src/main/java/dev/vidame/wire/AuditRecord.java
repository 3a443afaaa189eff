package dev.vidame.wire;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Who did, or tried, what (wire-spec §6.2). Immutable. What is null is left out.
 *
 * @param id the record's name
 * @param partnerId whose record it is
 * @param customer what it was about
 * @param userPrincipalName the person who acted; null where an application acted on its own
 * @param applicationId what they acted with
 * @param originalCorrelationId the caller's name for what the request was part of
 * @param operation what was done
 * @param operationDate when
 * @param operationStatus how it ended
 * @param customizedData further facts, in order
 */
public record AuditRecord(
    String id,
    UUID partnerId,
    Customer customer,
    @Nullable String userPrincipalName,
    String applicationId,
    UUID originalCorrelationId,
    Operation operation,
    Instant operationDate,
    Status operationStatus,
    List<Item> customizedData) {

  /** Seven digits behind the point, always. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** How an operation ended. */
  public enum Status {
    /** It was done. */
    SUCCEEDED,
    /** It was refused. */
    FAILED
  }

  /**
   * Whom a record is about.
   *
   * @param id the customer; null where a request named none
   * @param name what the partner knows it as; null where it does not
   */
  public record Customer(@Nullable CustomerId id, @Nullable String name) {}

  /**
   * What was done.
   *
   * @param resourceType to what kind of thing, such as {@code customer_user}
   * @param oldValue the thing before it, as {@link AuditValue} writes it; null for a new one
   * @param newValue the thing after it; null where it is gone
   * @param type the operation, such as {@code create_customer_user}
   */
  public record Operation(
      String resourceType, @Nullable String oldValue, @Nullable String newValue, String type) {}

  /**
   * A further fact.
   *
   * @param key its name
   * @param value shown even where it is null
   */
  public record Item(String key, @Nullable String value) {}

  /** Copies the further facts. */
  public AuditRecord {
    customizedData = List.copyOf(customizedData);
  }

  /** The same with other words for what was done, and other further facts. */
  public AuditRecord with(Operation other, List<Item> facts) {
    return new AuditRecord(
        id,
        partnerId,
        customer,
        userPrincipalName,
        applicationId,
        originalCorrelationId,
        other,
        operationDate,
        operationStatus,
        facts);
  }

  /** The JSON in UTF-8. */
  public byte[] toJson() {
    return Json.write(out -> {
      out.writeStringProperty("id", id);
      out.writeStringProperty("partnerId", partnerId.toString());
      Json.text(out, "customerId", customer.id() == null ? null : customer.id().toString());
      Json.text(out, "customerName", customer.name());
      Json.text(out, "userPrincipalName", userPrincipalName);
      out.writeStringProperty("applicationId", applicationId);
      out.writeStringProperty("originalCorrelationId", originalCorrelationId.toString());
      out.writeStringProperty("resourceType", operation.resourceType());
      Json.text(out, "resourceOldValue", operation.oldValue());
      Json.text(out, "resourceNewValue", operation.newValue());
      out.writeStringProperty("operationType", operation.type());
      out.writeStringProperty("operationDate", DATE.format(operationDate));
      out.writeStringProperty("operationStatus", operationStatus.name().toLowerCase(Locale.ROOT));
      out.writeArrayPropertyStart("customizedData");
      customizedData.forEach(item -> write(out, item));
      out.writeEndArray();
      Json.attributes(out, "AuditRecord");
    });
  }

  private static void write(JsonGenerator out, Item item) {
    out.writeStartObject();
    out.writeStringProperty("key", item.key());
    out.writeName("value");
    if (item.value() == null) {
      out.writeNull();
    } else {
      out.writeString(item.value());
    }
    out.writeEndObject();
  }
}
