package dev.vidame.server.openapi;

import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes requests that are as the document says, or nearly so. Used by one thread. */
final class RequestMaker {
  private static final List<String> JUNK =
      List.of(
          "null",
          "true",
          "-1",
          "1e999999",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "{}",
          "[]",
          "[[[]]]",
          "[null]",
          "{\"a\":{\"b\":null}}",
          "NaN",
          "'single'",
          "/* no */ 1",
          "\"\uD83D\uDE00\"",
          "\"x@y\"",
          "12345678901234567890");

  private static final List<String> TEXTS =
      List.of(
          "0",
          "-1",
          "501",
          "99999999999999999999",
          "*",
          "\"3\"",
          "null",
          "{",
          "{}",
          "x",
          "..",
          "%",
          "\u00E9",
          "\uD83D\uDE00",
          "a b",
          "<script>",
          "' or 1=1",
          "2026-09-246",
          "6/1/2017 12:00:00 AM",
          "{\"Field\":\"UserState\"}",
          "{\"Field\":\"DisplayName\",\"Value\":\"a\",\"Operator\":\"starts_with\"}",
          "{\"LeftFilter\":null,\"Operator\":\"and\"}");

  private static final int PLANTED_PERCENT = 30;

  private final Random random;
  private final JsonNode document;
  private final FuzzWorld world;

  /** Whether the body must name an account, or the request comes to nothing. */
  private boolean needsId;

  /** Whether a name in the body is a domain's. */
  private boolean namesDomain;

  /** Stands in many places where a text may; null for texts of no meaning. */
  private @Nullable String plant;

  /** Where it stood, by the names of fields and parameters. */
  private final Set<String> planted = new HashSet<>();

  /** A domain that nobody has, the same wherever one request says it. */
  private String newDomain = "";

  RequestMaker(Random random, JsonNode document, FuzzWorld world) {
    this.random = random;
    this.document = document;
    this.world = world;
  }

  /** Puts a text in many places from now on. */
  RequestMaker planting(String text) {
    plant = text;
    return this;
  }

  /** In which fields and parameters of the last request that text is. */
  Set<String> planted() {
    return Set.copyOf(planted);
  }

  /** The text, where chance wants it in this place. */
  private Optional<String> plantedAt(String name) {
    if (plant == null || !chance(PLANTED_PERCENT)) {
      return Optional.empty();
    }
    planted.add(name);
    return Optional.of(plant);
  }

  RawRequest request(ApiOperation operation) {
    planted.clear();
    RawRequest request = RawRequest.of(operation.method(), target(operation));
    if (chance(97)) {
      request = request.token(token(operation));
    }
    for (ApiOperation.Parameter parameter : operation.parameters()) {
      if (parameter.place().equals("header") && chance(25)) {
        request = request.header(parameter.name(), printable(value(parameter)));
      }
    }
    String type = operation.bodyType();
    if (type == null) {
      return chance(95) ? request : request.body("{}");
    }
    request = request.header("Content-Type", chance(97) ? type : "text/plain");
    String body = type.endsWith("json") ? body(operation) : form(operation);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (chance(5) && bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return request.body(bytes);
  }

  /** After an example, or member by member. */
  private String body(ApiOperation operation) {
    needsId = List.of("patchCustomersCustomerUsers", "addRoleMember").contains(operation.id());
    namesDomain = operation.id().equals("addVerifiedDomain");
    newDomain = "n" + random.nextInt(1 << 30) + FuzzWorld.DOMAIN_END;
    JsonNode schema = ApiOperation.resolved(document, schema(operation));
    return !needsId && schema.has("examples") && chance(40)
        ? written(pick(schema.get("examples").items()), "")
        : json(schema, "", 0);
  }

  private static JsonNode schema(ApiOperation operation) {
    JsonNode schema = operation.body();
    if (schema == null) {
      throw new IllegalStateException(operation.id() + " takes no body");
    }
    return schema;
  }

  /** Nobody's credential opens what is others', so now and then the wrong kind is sent. */
  private String token(ApiOperation operation) {
    if (operation.isForOperators() == chance(98)) {
      return world.operatorSecret;
    }
    if (chance(80)) {
      return world.tokens.getFirst();
    }
    String token = pick(world.tokens);
    return chance(90) ? token : token.substring(0, random.nextInt(token.length()));
  }

  private String target(ApiOperation operation) {
    String path = operation.template();
    StringBuilder query = new StringBuilder();
    for (ApiOperation.Parameter parameter : operation.parameters()) {
      if (parameter.place().equals("path")) {
        String segment = encoded(segment(operation, parameter)).replace("+", "%20");
        path = path.replace("{" + parameter.name() + "}", segment);
      } else if (parameter.place().equals("query") && chance(isAskedForIt(operation) ? 95 : 30)) {
        query.append(query.isEmpty() ? '?' : '&');
        query.append(cased(parameter.name())).append('=').append(encoded(value(parameter)));
      }
    }
    return path + query;
  }

  /** What a question is about must all be there. */
  private static boolean isAskedForIt(ApiOperation operation) {
    return operation.id().equals("adminExplainAccess");
  }

  private String segment(ApiOperation operation, ApiOperation.Parameter parameter) {
    if (chance(6)) {
      return pick(
          List.of("x", "..", ".", "%", "\u00E9", "a/b", "{}", UUID.randomUUID().toString()));
    }
    return switch (parameter.name()) {
      case "customer" -> customer(operation);
      case "partner" ->
          operation.id().equals("adminDeletePartner") || chance(8)
              ? world.managed.pick(random, "partner")
              : world.managed.partner();
      case "agent", "application", "secret", "key", "operator", "issuer" ->
          world.managed.pick(random, parameter.name());
      case "user" -> user();
      case "domain" -> chance(50) ? world.domain : "free" + random.nextInt(100) + ".example";
      case "tenant" -> chance(70) ? world.partner.toString() : "common";
      default -> example(parameter.schema(), "x");
    };
  }

  /** The one customer that the others need is never left or deleted. */
  private String customer(ApiOperation operation) {
    if (operation.template().startsWith("/admin/v1/partners/")) {
      return world.customer.toString();
    }
    boolean isLast = List.of("deleteCustomer", "removeRelationship").contains(operation.id());
    if (isLast || (chance(10) && !world.spare.isEmpty())) {
      return world.spare.isEmpty() ? UUID.randomUUID().toString() : pick(world.spare);
    }
    return operation.isForOperators() || chance(97)
        ? cased(world.customer.toString())
        : Tenancy.OTHER_CUSTOMER.toString();
  }

  private String user() {
    if (world.users.isEmpty() || chance(5)) {
      return chance(50) ? Tenancy.OTHER_USER.toString() : "nobody@" + world.domain;
    }
    return pick(world.users);
  }

  private String value(ApiOperation.Parameter parameter) {
    JsonNode schema = parameter.schema();
    Optional<String> plantedHere = plantedAt(parameter.name());
    if (plantedHere.isPresent()) {
      return plantedHere.get();
    }
    if (parameter.name().equals("agent") && chance(90)) {
      return world.managed.pick(random, "agent");
    }
    if (parameter.name().equals("wait")) {
      return chance(50) ? "0" : "soon"; // nobody waits here
    }
    if (chance(25)) {
      return pick(TEXTS);
    }
    if (parameter.name().equals("client_id")) {
      return world.application.id().toString();
    }
    if (parameter.name().equals("redirect_uri")) {
      return FuzzWorld.REDIRECT_URI;
    }
    if (schema.has("items")) {
      schema = schema.get("items");
    }
    if (schema.has("enum")) {
      return cased(pick(schema.get("enum").texts()));
    }
    boolean isId = schema.has("format") && schema.get("format").text().equals("uuid");
    return isId ? new UUID(0x4000L, random.nextInt(300)).toString() : example(schema, "1");
  }

  private String form(ApiOperation operation) {
    Map<String, String> known =
        Map.of(
            "grant_type",
            operation.template().endsWith("/generatetoken")
                ? "jwt_token"
                : pick(List.of("client_credentials", "client_credentials", "password", "x")),
            "client_id",
            world.application.id().toString(),
            "client_secret",
            FuzzWorld.SECRET,
            "username",
            world.admin.userPrincipalName(),
            "password",
            FuzzWorld.AGENT_PASSWORD);
    return ApiOperation.resolved(document, schema(operation))
        .get("properties")
        .members()
        .keySet()
        .stream()
        .filter(name -> chance(known.containsKey(name) ? 95 : plant == null ? 5 : 50))
        .map(name -> name + "=" + encoded(plantedAt(name).orElseGet(() -> ofForm(known, name))))
        .collect(Collectors.joining("&"));
  }

  private String ofForm(Map<String, String> known, String name) {
    return chance(5) ? pick(TEXTS) : known.getOrDefault(name, "x");
  }

  private String json(JsonNode reference, String name, int depth) {
    JsonNode schema = ApiOperation.resolved(document, reference);
    if (chance(depth == 0 ? 1 : 4)) {
      return pick(JUNK);
    }
    if (ApiOperation.isText(document, schema)) {
      Optional<String> plantedHere = plantedAt(name);
      if (plantedHere.isPresent()) {
        String text = text(plantedHere.get());
        return schema.has("items") ? "[" + text + "]" : text;
      }
    }
    String own = ofWorld(name);
    if (own != null) {
      return own;
    }
    if (schema.has("const")) {
      return written(schema.get("const"), "");
    }
    List<JsonNode> choices =
        schema.has("enum")
            ? schema.get("enum").items()
            : schema.has("examples") && !schema.has("properties") && chance(80)
                ? schema.get("examples").items()
                : List.of();
    return choices.isEmpty() ? ofType(schema, depth) : written(pick(choices), "");
  }

  /** The JSON of what is there only in this world, or must be new. */
  private @Nullable String ofWorld(String name) {
    if (chance(15)) {
      return null;
    }
    return switch (name) {
      case "userPrincipalName" -> text("f" + random.nextInt(1 << 30) + "@" + world.domain);
      case "id" -> needsId && !world.users.isEmpty() ? text(pick(world.users)) : null;
      case "skuId" -> text(pick(List.of("efccb6f7-5641-4e0e-bd10-b4976e1bf68e", "EMS")));
      case "companyDomain", "verifiedDomainName" -> text(newDomain);
      case "name" -> namesDomain ? text(newDomain) : null;
      case "password" -> text(pick(List.of("Renew456*", "Other-Pass-12", "short", "alllowercase")));
      case "toSeq" -> Long.toString(world.recentSeq(random));
      default -> null;
    };
  }

  private String ofType(JsonNode schema, int depth) {
    return switch (type(schema)) {
      case "object" -> object(schema, depth);
      case "array" ->
          random
              .ints(random.nextInt(3), 0, 1)
              .mapToObj(i -> schema.has("items") ? json(schema.get("items"), "", depth + 1) : "1")
              .collect(Collectors.joining(",", "[", "]"));
      case "boolean" -> chance(90) ? Boolean.toString(random.nextBoolean()) : "\"true\"";
      case "integer" -> Integer.toString(random.nextInt(1000));
      case "null" -> "null";
      default ->
          text(chance(90) ? "Text " + random.nextInt(1000) : "x".repeat(random.nextInt(600)));
    };
  }

  private String type(JsonNode schema) {
    if (!schema.has("type")) {
      return "string";
    }
    return schema.get("type").value() instanceof String type
        ? type
        : chance(85) ? schema.get("type").texts().getFirst() : "null";
  }

  private String object(JsonNode schema, int depth) {
    StringBuilder json = new StringBuilder("{");
    List<String> required = schema.has("required") ? schema.get("required").texts() : List.of();
    if (schema.has("properties")) {
      schema
          .get("properties")
          .members()
          .forEach((name, property) -> {
            boolean isRare =
                name.equals("etag") || name.equals("attributes") || (name.equals("id") && !needsId);
            boolean isDomain =
                name.equals("domain")
                    && type(ApiOperation.resolved(document, property)).equals("string");
            if (chance(required.contains(name) ? 98 : isRare ? (plant == null ? 5 : 40) : 75)) {
              json.append(text(cased(name))).append(':');
              json.append(json(property, isDomain ? "companyDomain" : name, depth + 1)).append(',');
            }
          });
    }
    if (chance(5)) {
      json.append(text(pick(TEXTS))).append(':').append(pick(JUNK)).append(',');
    }
    return json.append(chance(99) ? "}" : "").toString();
  }

  private String example(JsonNode schema, String otherwise) {
    if (!schema.has("examples")) {
      return otherwise;
    }
    Object example = pick(schema.get("examples").items()).value();
    return example instanceof BigDecimal number ? number.toPlainString() : String.valueOf(example);
  }

  /** The JSON of an example, with what must be new or of this world put in its place. */
  private String written(JsonNode example, String name) {
    return switch (example.value()) {
      case Map<?, ?> any ->
          example.members().entrySet().stream()
              .map(it -> text(it.getKey()) + ":" + written(it.getValue(), it.getKey()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> any ->
          example.items().stream()
              .map(item -> written(item, name))
              .collect(Collectors.joining(",", "[", "]"));
      case String text -> {
        Optional<String> plantedHere = plantedAt(name);
        String own = ofWorld(name.equals("domain") ? "companyDomain" : name);
        yield plantedHere.map(RequestMaker::text).orElse(own == null ? text(text) : own);
      }
      case BigDecimal number -> {
        String own = ofWorld(name);
        yield own == null ? number.toPlainString() : own;
      }
      case null, default -> String.valueOf(example.value());
    };
  }

  private static String text(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private String cased(String text) {
    return chance(90) ? text : text.toUpperCase(Locale.ROOT);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String printable(String text) {
    return text.replaceAll("[^ -~]", "?");
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
