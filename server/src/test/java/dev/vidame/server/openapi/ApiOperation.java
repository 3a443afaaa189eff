package dev.vidame.server.openapi;

import dev.vidame.server.harness.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An operation as a document describes it.
 *
 * @param id its name
 * @param method upper case
 * @param template its path
 * @param parameters what it can be told, beside its body
 * @param bodyType the media type of its body; null where it takes none
 * @param body the schema of its body
 * @param answers what it answers, by status; empty for no body
 */
public record ApiOperation(
    String id,
    String method,
    String template,
    List<Parameter> parameters,
    @Nullable String bodyType,
    @Nullable JsonNode body,
    Map<Integer, Optional<Content>> answers) {

  private static final String ADMIN = "/admin/";

  /** Whether it is one for operators, who have another credential. */
  public boolean isForOperators() {
    return template.startsWith(ADMIN);
  }

  /**
   * Something that an operation can be told.
   *
   * @param name of it
   * @param place {@code path}, {@code query} or {@code header}
   * @param schema of its value
   */
  public record Parameter(String name, String place, JsonNode schema) {}

  /**
   * What is in an answer.
   *
   * @param mediaType of it
   * @param schema a reference into the document; empty where it is not JSON
   */
  public record Content(String mediaType, String schema) {}

  /** All operations of a document. */
  public static List<ApiOperation> of(JsonNode document) {
    List<ApiOperation> operations = new ArrayList<>();
    document
        .get("paths")
        .members()
        .forEach((template, methods) ->
            methods
                .members()
                .forEach((method, operation) ->
                    operations.add(
                        of(document, template, method.toUpperCase(Locale.ROOT), operation))));
    return operations;
  }

  private static ApiOperation of(
      JsonNode document, String template, String method, JsonNode operation) {
    List<Parameter> parameters =
        operation.get("parameters").items().stream()
            .map(parameter -> resolved(document, parameter))
            .map(it -> new Parameter(it.get("name").text(), it.get("in").text(), it.get("schema")))
            .toList();
    Map<Integer, Optional<Content>> answers = new TreeMap<>();
    operation
        .get("responses")
        .members()
        .forEach((status, response) ->
            answers.put(Integer.valueOf(status), content(resolved(document, response))));
    Optional<Map.Entry<String, JsonNode>> body =
        operation.has("requestBody")
            ? operation.get("requestBody").get("content").members().entrySet().stream().findFirst()
            : Optional.empty();
    return new ApiOperation(
        operation.get("operationId").text(),
        method,
        template,
        parameters,
        body.map(Map.Entry::getKey).orElse(null),
        body.map(entry -> entry.getValue().get("schema")).orElse(null),
        answers);
  }

  private static Optional<Content> content(JsonNode response) {
    if (!response.has("content")) {
      return Optional.empty();
    }
    var entry = response.get("content").members().entrySet().iterator().next();
    return Optional.of(
        new Content(
            entry.getKey(),
            entry.getValue().has("schema")
                ? entry.getValue().get("schema").get("$ref").text()
                : ""));
  }

  /** What a reference stands for; anything else is itself. */
  public static JsonNode resolved(JsonNode document, JsonNode node) {
    if (!node.has("$ref")) {
      return node;
    }
    JsonNode found = document;
    for (String name : node.get("$ref").text().substring(2).split("/", -1)) {
      found = found.get(name);
    }
    return found;
  }

  /** Whether a schema lets a text stand there that nobody chose beforehand, or a list of such. */
  static boolean isText(JsonNode document, JsonNode reference) {
    JsonNode schema = resolved(document, reference);
    if (schema.has("items")) {
      return isOneText(resolved(document, schema.get("items")));
    }
    return isOneText(schema);
  }

  private static boolean isOneText(JsonNode schema) {
    if (schema.has("enum") || schema.has("const") || !schema.has("type")) {
      return false;
    }
    return schema.get("type").value() instanceof String type
        ? type.equals("string")
        : schema.get("type").texts().contains("string");
  }

  /** The names of the fields and parameters that take such a text. */
  Set<String> texts(JsonNode document) {
    Set<String> names = new TreeSet<>();
    parameters.stream()
        .filter(parameter -> !parameter.place().equals("path"))
        .forEach(parameter -> names.add(parameter.name()));
    if (body != null) {
      collectTexts(document, body, names);
    }
    return names;
  }

  private static void collectTexts(JsonNode document, JsonNode reference, Set<String> names) {
    JsonNode schema = resolved(document, reference);
    if (schema.has("items")) {
      collectTexts(document, schema.get("items"), names);
    }
    if (schema.has("properties")) {
      schema
          .get("properties")
          .members()
          .forEach((name, property) -> {
            if (isText(document, property)) {
              names.add(name);
            } else {
              collectTexts(document, property, names);
            }
          });
    }
  }
}
