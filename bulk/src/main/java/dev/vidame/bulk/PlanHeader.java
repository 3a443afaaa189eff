package dev.vidame.bulk;

import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import dev.vidame.wire.JsonBody;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is about; its first line. Immutable.
 *
 * @param id the plan's own
 * @param service where its accounts are
 * @param customer whose they are
 * @param source from what it was made, and how that was read
 * @param sourceDigest the source's SHA-256
 * @param createdAt when
 */
public record PlanHeader(
    UUID id,
    String service,
    CustomerId customer,
    SourceOptions source,
    String sourceDigest,
    Instant createdAt) {
  static final String FORMAT = "vidame-bulk-plan";
  static final long VERSION = 1;

  byte[] toJson() {
    Map<String, @Nullable Object> from = new LinkedHashMap<>();
    from.put("file", source.file().toAbsolutePath().toString());
    from.put("sha256", sourceDigest);
    from.put("format", source.isJsonLines() ? "jsonl" : "csv");
    from.put("delimiter", source.delimiter());
    from.put("operation", source.operation().text());
    from.put("clear", source.clearToken());
    from.put("generatesPasswords", source.generatesPasswords());
    from.put("mapping", source.mapping().entrySet().stream().map(PlanHeader::pair).toList());
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("format", FORMAT);
    members.put("version", VERSION);
    members.put("plan", id);
    members.put("service", service);
    members.put("customer", customer);
    members.put("createdAt", createdAt);
    members.put("source", from);
    return JsonBody.write(members);
  }

  private static Map<String, String> pair(Map.Entry<String, String> mapped) {
    return Map.of("column", mapped.getKey(), "field", mapped.getValue());
  }

  /** Throws {@link java.util.NoSuchElementException} where something is missing. */
  static PlanHeader of(JsonBody body) {
    JsonBody from = body.object("source");
    Map<String, String> mapping = new LinkedHashMap<>();
    for (JsonBody pair : from.objects("mapping")) {
      mapping.put(pair.text("column").orElseThrow(), pair.text("field").orElseThrow());
    }
    boolean isJson = from.text("format").orElseThrow().equals("jsonl");
    SourceOptions source =
        new SourceOptions(
            Path.of(from.text("file").orElseThrow()),
            isJson ? SourceOptions.Format.JSON_LINES : SourceOptions.Format.CSV,
            from.text("delimiter").map(text -> text.charAt(0)).orElse(null),
            mapping,
            from.text("operation").flatMap(Operation::of).orElseThrow(),
            from.text("clear").orElseThrow(),
            from.bool("generatesPasswords").orElse(false));
    return new PlanHeader(
        body.text("plan").flatMap(Guid::parse).orElseThrow(),
        body.text("service").orElseThrow(),
        body.text("customer").map(CustomerId::of).orElseThrow(),
        source,
        from.text("sha256").orElseThrow(),
        Instant.parse(body.text("createdAt").orElseThrow()));
  }
}
