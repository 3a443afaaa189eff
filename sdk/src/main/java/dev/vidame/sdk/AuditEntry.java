package dev.vidame.sdk;

import dev.vidame.wire.CustomerId;
import dev.vidame.wire.JsonBody;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An audit record: who did, or tried, what. Immutable.
 *
 * @param id the record's name, for {@link AuditRecordsClient#get}
 * @param actor who acted
 * @param customerId whom it was about; null where a request named nobody
 * @param customerName what the partner knows the customer as
 * @param resourceType to what kind of thing it was done
 * @param operationType what was done
 * @param operationStatus how it ended
 * @param operationDate when
 * @param resourceOldValue the thing before, as JSON in Pascal case
 * @param resourceNewValue the thing after, likewise
 * @param customizedData further facts by name; a null value is shown as the empty text
 */
public record AuditEntry(
    @Nullable String id,
    Actor actor,
    @Nullable CustomerId customerId,
    @Nullable String customerName,
    ResourceType resourceType,
    OperationType operationType,
    OperationStatus operationStatus,
    @Nullable Instant operationDate,
    @Nullable String resourceOldValue,
    @Nullable String resourceNewValue,
    Map<String, String> customizedData) {

  /**
   * Who acted.
   *
   * @param partnerId for which partner
   * @param userPrincipalName the person; null where an application acted on its own
   * @param applicationId with which application: its name or its id
   * @param correlationId the caller's name for what the request was part of
   */
  public record Actor(
      @Nullable UUID partnerId,
      @Nullable String userPrincipalName,
      @Nullable String applicationId,
      @Nullable String correlationId) {}

  /**
   * A kind of thing. Values that this version does not know are kept.
   *
   * @param value in lower case with underscores, such as {@code customer_user}
   */
  public record ResourceType(String value) {
    /** A user account. */
    public static final ResourceType CUSTOMER_USER = new ResourceType("customer_user");

    /** A customer. */
    public static final ResourceType CUSTOMER = new ResourceType("customer");

    /** The licences of an account. */
    public static final ResourceType LICENSE = new ResourceType("license");

    /** A directory role. */
    public static final ResourceType CUSTOMER_DIRECTORY_ROLE =
        new ResourceType("customer_directory_role");

    /** Spells the value in one way. */
    public ResourceType {
      value = Members.snake(value);
    }

    /** The value. */
    @Override
    public String toString() {
      return value;
    }
  }

  /**
   * A kind of operation. Values that this version does not know are kept.
   *
   * @param value in lower case with underscores, such as {@code create_customer_user}
   */
  public record OperationType(String value) {
    /** An account was created. */
    public static final OperationType CREATE_CUSTOMER_USER =
        new OperationType("create_customer_user");

    /** An account was changed. */
    public static final OperationType UPDATE_CUSTOMER_USER =
        new OperationType("update_customer_user");

    /** An account was deleted. */
    public static final OperationType DELETE_CUSTOMER_USER =
        new OperationType("delete_customer_user");

    /** An account was restored. */
    public static final OperationType RESTORE_CUSTOMER_USER =
        new OperationType("restore_customer_user");

    /** An account was given a password. */
    public static final OperationType RESET_CUSTOMER_USER_PASSWORD =
        new OperationType("reset_customer_user_password");

    /** An account's licences were changed. */
    public static final OperationType UPDATE_CUSTOMER_USER_LICENSES =
        new OperationType("update_customer_user_licenses");

    /** Spells the value in one way. */
    public OperationType {
      value = Members.snake(value);
    }

    /** The value. */
    @Override
    public String toString() {
      return value;
    }
  }

  /**
   * How an operation ended. Values that this version does not know are kept.
   *
   * @param value in lower case, such as {@code succeeded}
   */
  public record OperationStatus(String value) {
    /** It was done. */
    public static final OperationStatus SUCCEEDED = new OperationStatus("succeeded");

    /** It was refused. */
    public static final OperationStatus FAILED = new OperationStatus("failed");

    /** Spells the value in one way. */
    public OperationStatus {
      value = Members.snake(value);
    }

    /** The value. */
    @Override
    public String toString() {
      return value;
    }
  }

  /** Copies the further facts, in order. */
  public AuditEntry {
    customizedData = Collections.unmodifiableMap(new LinkedHashMap<>(customizedData));
  }

  static AuditEntry fromJson(byte[] json) {
    return from(JsonBody.parse(json));
  }

  static AuditEntry from(JsonBody in) {
    return new AuditEntry(
        Members.text(in, "id"),
        new Actor(
            Members.uuid(in, "partnerId"),
            Members.text(in, "userPrincipalName"),
            Members.text(in, "applicationId"),
            Members.text(in, "originalCorrelationId")),
        Members.customer(in, "customerId"),
        Members.text(in, "customerName"),
        new ResourceType(in.scalar("resourceType").orElse("undefined")),
        new OperationType(in.scalar("operationType").orElse("undefined")),
        new OperationStatus(in.scalar("operationStatus").orElse("undefined")),
        Members.instant(in, "operationDate"),
        Members.text(in, "resourceOldValue"),
        Members.text(in, "resourceNewValue"),
        facts(in.objects("customizedData")));
  }

  private static Map<String, String> facts(List<JsonBody> items) {
    Map<String, String> facts = new LinkedHashMap<>();
    items.forEach(
        item -> facts.put(item.scalar("key").orElse(""), item.scalar("value").orElse("")));
    return facts;
  }
}
