package dev.vidame.server.secrets;

import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.openapi.ApiOperation;
import dev.vidame.wire.JsonBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bodies in JSON with secrets in each of their members, as the document describes them, and bodies
 * that nothing describes. Used by one thread.
 */
final class PlantedBodies {
  private final Planting planting;
  private final JsonNode document;
  private int made;

  /**
   * Prepares.
   *
   * @param document what {@code /openapi.json} says
   */
  PlantedBodies(Planting planting, JsonNode document) {
    this.planting = planting;
    this.document = document;
  }

  /** Bodies for an operation. */
  List<String> of(ApiOperation operation) {
    JsonNode schema = schema(document, operation);
    List<String> bodies = new ArrayList<>();
    Set<List<String>> members = new LinkedHashSet<>(members(schema));
    members.removeIf(member ->
        Planting.isKept(member.stream().filter(name -> !name.equals("[]")).toList().getLast()));
    for (Set<List<String>> at : Planting.turns(members)) {
      Object body = example(operation, schema);
      for (List<String> member : at) {
        body = with(body, member, planting.plant());
      }
      bodies.add(json(body));
    }
    bodies.addAll(
        List.of(
            planting.plant(),
            "\"" + planting.plant() + "\"",
            "{\"password\":\"" + planting.plant(),
            "{\"unknown\":\"" + planting.plant() + "\"}",
            "{\"" + planting.plant() + "\":1}",
            "[\"" + planting.plant() + "\"]"));
    if (operation.id().equals("adminAddApplicationKey")) {
      bodies.add("{\"jwk\":{\"kty\":\"RSA\",\"e\":\"AQAB\",\"d\":\"" + planting.plant() + "\"}}");
      bodies.add("{\"jwk\":{\"kty\":\"oct\",\"k\":\"" + planting.plant() + "\"}}");
      bodies.add("{\"certificate\":\"-----BEGIN PRIVATE KEY-----\\n" + planting.plant() + "\"}");
    }
    return bodies;
  }

  /** How an operation's body is described. */
  static JsonNode schema(JsonNode document, ApiOperation operation) {
    JsonNode body = operation.body();
    if (body == null) {
      throw new AssertionError(operation.id() + " has no body");
    }
    return ApiOperation.resolved(document, body);
  }

  /** The paths to all members that have none of their own. */
  private List<List<String>> members(JsonNode reference) {
    JsonNode schema = ApiOperation.resolved(document, reference);
    if (schema.has("items")) {
      return behind("[]", members(schema.get("items")));
    }
    if (!schema.has("properties")) {
      return List.of(List.of());
    }
    List<List<String>> all = new ArrayList<>();
    schema
        .get("properties")
        .members()
        .forEach((name, property) -> all.addAll(behind(name, members(property))));
    return all;
  }

  private static List<List<String>> behind(String name, List<List<String>> members) {
    return members.stream()
        .map(member -> {
          List<String> longer = new ArrayList<>(List.of(name));
          longer.addAll(member);
          return longer;
        })
        .toList();
  }

  /** What the document shows, with names that are new; but for what would leave the customer. */
  private Object example(ApiOperation operation, JsonNode schema) {
    boolean isLeaving = operation.id().equals("removeRelationship");
    return isLeaving || !schema.has("examples")
        ? new LinkedHashMap<String, Object>()
        : plain(schema.get("examples").items().getFirst(), operation.isForOperators());
  }

  private Object plain(JsonNode node, boolean isAgents) {
    return switch (node.value()) {
      case Map<?, ?> any -> {
        Map<String, Object> members = new LinkedHashMap<>();
        node.members()
            .forEach((name, member) -> {
              if (name.equals("userPrincipalName")) {
                members.put(name, "p" + ++made + "@" + (isAgents ? "p.example" : Tenancy.DOMAIN));
              } else if (name.equals("domain") && member.value() instanceof String) {
                members.put(name, "p" + ++made + ".planted.example");
              } else if (member.value() != null) {
                members.put(name, plain(member, isAgents));
              }
            });
        yield members;
      }
      case List<?> any -> {
        List<Object> items = new ArrayList<>();
        node.items().forEach(item -> items.add(plain(item, isAgents)));
        yield items;
      }
      case null -> "";
      case Object other -> other;
    };
  }

  /** The same with something else at one place, which is made where there is none. */
  @SuppressWarnings("unchecked") // made of maps and lists above
  private static Object with(Object base, List<String> member, String planted) {
    if (member.isEmpty()) {
      return planted;
    }
    List<String> rest = member.subList(1, member.size());
    if (member.getFirst().equals("[]")) {
      List<Object> items = new ArrayList<>(base instanceof List ? (List<Object>) base : List.of());
      Object first = items.isEmpty() ? Map.of() : items.removeFirst();
      items.addFirst(with(first, rest, planted));
      return items;
    }
    Map<String, Object> members =
        new LinkedHashMap<>(base instanceof Map ? (Map<String, Object>) base : Map.of());
    Object own = members.getOrDefault(member.getFirst(), Map.of());
    members.put(member.getFirst(), with(own, rest, planted));
    return members;
  }

  @SuppressWarnings("unchecked") // the body is an object
  private static String json(Object body) {
    return new String(JsonBody.write((Map<String, Object>) body), StandardCharsets.UTF_8);
  }
}
