package dev.vidame.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * One change of a customer's directory, as the change feed tells it and as an export holds it: a
 * row of the customer's journal. Immutable. What is null is left out.
 *
 * @param customer whose directory changed
 * @param seq its place in the customer's journal, counted from 1 without gaps
 * @param at when, in microseconds
 * @param operation what was done, such as {@code user.update}; later versions may know others
 * @param subject what it was done to: an account, or the customer itself
 * @param actor who did it
 * @param requestId the caller's name for the request
 * @param correlationId the caller's name for what the request was part of
 * @param fields what changed, in order; none where it was erased
 * @param isErased whether the fields were erased on request
 * @param integrity what the row's hash is made of beside this
 */
public record Change(
    CustomerId customer,
    long seq,
    Instant at,
    String operation,
    UUID subject,
    Actor actor,
    UUID requestId,
    UUID correlationId,
    List<Field> fields,
    boolean isErased,
    Integrity integrity) {
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  /**
   * Who did something.
   *
   * @param partner for whom
   * @param agent the person; null where an application acted on its own
   * @param application with what
   */
  public record Actor(UUID partner, @Nullable UUID agent, UUID application) {}

  /**
   * A property before and after.
   *
   * @param name of the property; {@code role:} and {@code license:} begin what an account holds
   * @param before null where it was unset
   * @param after null where it is unset; both are null for a password, which is never told
   */
  public record Field(String name, @Nullable String before, @Nullable String after) {}

  /**
   * What the row's hash is made of, and the hash. All in lower-case hexadecimal digits.
   *
   * @param previousHash the hash of the row before; 64 zeros before the first
   * @param key tells the request from all others
   * @param bodyHash tells a repetition of it from another
   * @param salt hashed with the fields; empty where they were erased
   * @param payloadHash the hash of salt and fields
   * @param hash the row's
   */
  public record Integrity(
      String previousHash,
      String key,
      String bodyHash,
      String salt,
      String payloadHash,
      String hash) {
    private static final HexFormat HEX = HexFormat.of();
    private static final int HASH_BYTES = 32;
    private static final int KEY_BYTES = 16;

    /** These digits as bytes. */
    public static byte[] bytes(String digits) {
      return HEX.parseHex(digits);
    }

    /** These bytes as digits. */
    public static String digits(byte[] bytes) {
      return HEX.formatHex(bytes);
    }

    private static Integrity of(JsonObject object) {
      return new Integrity(
          hex(object, "previousHash", HASH_BYTES),
          hex(object, "key", KEY_BYTES),
          hex(object, "bodyHash", KEY_BYTES),
          object.text("salt") == null ? "" : hex(object, "salt", KEY_BYTES),
          hex(object, "payloadHash", HASH_BYTES),
          hex(object, "hash", HASH_BYTES));
    }

    /** In lower case, however it was spelled, so that what is written again can be compared. */
    private static String hex(JsonObject object, String name, int bytes) {
      String text = required(name, object.text(name));
      try {
        byte[] read = HEX.parseHex(text);
        if (read.length == bytes) {
          return HEX.formatHex(read);
        }
      } catch (IllegalArgumentException e) {
        throw unlike(name, "hexadecimal digits");
      }
      throw unlike(name, 2 * bytes + " hexadecimal digits");
    }

    private void write(JsonGenerator out) {
      out.writeObjectPropertyStart("integrity");
      out.writeStringProperty("previousHash", previousHash);
      out.writeStringProperty("key", key);
      out.writeStringProperty("bodyHash", bodyHash);
      Json.text(out, "salt", salt.isEmpty() ? null : salt);
      out.writeStringProperty("payloadHash", payloadHash);
      out.writeStringProperty("hash", hash);
      out.writeEndObject();
    }
  }

  /** Copies the fields. */
  public Change {
    fields = List.copyOf(fields);
  }

  /**
   * Reads one.
   *
   * @throws WireFormatException when the bytes are anything else, or something is missing
   */
  public static Change fromJson(byte[] json) {
    return of(Json.readObject(json));
  }

  static Change of(JsonObject object) {
    JsonObject integrity = required("integrity", object.object("integrity"));
    Change change =
        new Change(
            new CustomerId(guid(object, "customerId")),
            seq(object),
            at(object),
            required("operation", object.text("operation")),
            guid(object, "subject"),
            new Actor(
                guid(object, "partnerId"),
                object.text("agentId") == null ? null : guid(object, "agentId"),
                guid(object, "applicationId")),
            guid(object, "requestId"),
            guid(object, "correlationId"),
            fields(object),
            Boolean.TRUE.equals(object.bool("isErased")),
            Integrity.of(integrity));
    if (change.isErased && !(change.fields.isEmpty() && change.integrity.salt().isEmpty())) {
      throw unlike("isErased", "left out where there are changes or a salt");
    }
    return change;
  }

  /** In microseconds, as the row's hash has it: what is finer would not be proved by it. */
  private static Instant at(JsonObject object) {
    Instant at = required("at", object.instant("at"));
    if (at.isBefore(FIRST) || !at.isBefore(END) || !at.equals(at.truncatedTo(ChronoUnit.MICROS))) {
      throw unlike("at", "a date in microseconds");
    }
    return at;
  }

  static List<Field> fields(JsonObject object) {
    List<Field> fields = new ArrayList<>();
    for (JsonObject field : object.objects("changes")) {
      fields.add(
          new Field(
              required("field", field.text("field")), field.text("before"), field.text("after")));
    }
    return fields;
  }

  private static long seq(JsonObject object) {
    String text = required("seq", object.scalar("seq"));
    if (!text.matches("[1-9]\\d{0,17}")) {
      throw unlike("seq", "a positive whole number");
    }
    return Long.parseLong(text);
  }

  private static UUID guid(JsonObject object, String name) {
    return Guid.parse(required(name, object.text(name))).orElseThrow(() -> unlike(name, "a GUID"));
  }

  static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new WireFormatException(
          WireFormatException.Kind.UNREADABLE, name, "The member %s is missing.", name);
    }
    return value;
  }

  static WireFormatException unlike(String name, String wanted) {
    return new WireFormatException(
        WireFormatException.Kind.UNREADABLE, name, "The member %s must be %s.", name, wanted);
  }

  /** The JSON in UTF-8, always the same for the same change. */
  public byte[] toJson() {
    return Json.write(this::write);
  }

  void write(JsonGenerator out) {
    UUID agent = actor.agent();
    out.writeNumberProperty("seq", seq);
    out.writeStringProperty("at", at.toString());
    out.writeStringProperty("customerId", customer.toString());
    out.writeStringProperty("operation", operation);
    out.writeStringProperty("subject", subject.toString());
    out.writeStringProperty("partnerId", actor.partner().toString());
    Json.text(out, "agentId", agent == null ? null : agent.toString());
    out.writeStringProperty("applicationId", actor.application().toString());
    out.writeStringProperty("requestId", requestId.toString());
    out.writeStringProperty("correlationId", correlationId.toString());
    writeFields(out, fields);
    if (isErased) {
      out.writeBooleanProperty("isErased", true);
    }
    integrity.write(out);
    Json.attributes(out, "Change");
  }

  static void writeFields(JsonGenerator out, List<Field> fields) {
    out.writeArrayPropertyStart("changes");
    for (Field field : fields) {
      out.writeStartObject();
      out.writeStringProperty("field", field.name());
      Json.text(out, "before", field.before());
      Json.text(out, "after", field.after());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
