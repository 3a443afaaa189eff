package dev.vidame.server.harness;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of an OpenAPI document, to hold JSON against. Thread-safe. */
public final class ApiSchemas {
  private static final String ADDRESS = "https://localhost/openapi.json";

  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  public ApiSchemas(byte[] document) {
    String text = new String(document, StandardCharsets.UTF_8);
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, it -> it.schemas(Map.of(ADDRESS, text)));
  }

  /**
   * What is wrong with a JSON text.
   *
   * @param reference such as {@code #/components/schemas/ErrorBody}
   */
  public List<String> faults(String reference, byte[] json) {
    Schema schema =
        schemas.computeIfAbsent(
            reference, it -> registry.getSchema(SchemaLocation.of(ADDRESS + it)));
    synchronized (schema) {
      return schema
          .validate(
              new String(json, StandardCharsets.UTF_8),
              InputFormat.JSON,
              context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
          .stream()
          .map(Object::toString)
          .toList();
    }
  }
}
