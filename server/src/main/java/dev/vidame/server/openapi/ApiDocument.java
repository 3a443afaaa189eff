package dev.vidame.server.openapi;

import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes an OpenAPI 3.1 document of a route table. Used by one thread. */
final class ApiDocument {
  private static final Pattern BRACES = Pattern.compile("\\{(\\w+)}");
  private static final List<String> EVERYWHERE = List.of("RequestId", "CorrelationId");
  private static final List<String> WITH_TOKEN = List.of("Locale", "ContractVersion");
  private static final String ON_CUSTOMER = "/v1/customers/{customer}";

  private final Components components = Components.load();
  private final Set<String> operationIds = new HashSet<>();
  private final Set<String> tags = new HashSet<>();

  private ApiDocument() {}

  /**
   * The document in UTF-8. Routes come in the order of the table.
   *
   * @throws IllegalStateException when something of a route is not described
   */
  static byte[] of(List<Route> routes) {
    return JsonTree.write(new ApiDocument().tree(routes));
  }

  private Map<String, Object> tree(List<Route> routes) {
    Map<String, Object> paths = new LinkedHashMap<>();
    List<Object> tagList = new ArrayList<>();
    for (Route route : routes) {
      Description description = Descriptions.of(route);
      if (tags.add(description.tag())) {
        tagList.add(Map.of("name", description.tag()));
      }
      paths.putIfAbsent(route.template(), new LinkedHashMap<String, Object>());
      JsonTree.member(paths, route.template())
          .put(route.method().toLowerCase(Locale.ROOT), operation(route, description));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put("info", info());
    document.put("servers", List.of(Map.of("url", "/")));
    document.put("tags", tagList);
    document.put("paths", paths);
    document.put("components", components.neededBy(paths));
    return document;
  }

  private static Map<String, Object> info() {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("title", "Vidame");
    info.put("version", "v1");
    info.put(
        "description",
        "Customers of resellers and their user accounts, as clients of Partner Center know them."
            + " Requests are read tolerantly: paths, names of members and enum values match in any"
            + " case, null means absent, unknown members and parameters are ignored. Answers are"
            + " exact.");
    return info;
  }

  private Map<String, Object> operation(Route route, Description description) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("tags", List.of(description.tag()));
    operation.put("summary", description.summary());
    operation.put("description", description.text());
    operation.put("operationId", operationId(route));
    if (route.isTolerated()) {
      operation.put("deprecated", true);
    }
    operation.put("parameters", parameters(route, description));
    Description.Content body = description.body();
    if (body != null) {
      Map<String, Object> requestBody = new LinkedHashMap<>();
      requestBody.put("required", true);
      requestBody.put("content", content(body));
      operation.put("requestBody", requestBody);
    }
    operation.put("responses", responses(route, description));
    operation.put("security", security(route));
    return operation;
  }

  /** The operation's name; for another route of the same operation, what its path says. */
  private String operationId(Route route) {
    boolean isNamedByPath =
        route.isTolerated() || operation(route) == Operation.ASK_FOR_OTHER_SERVICES;
    String name = camelCase(Arrays.asList(route.name().split("_", -1)));
    if (!isNamedByPath && operationIds.add(name)) {
      return name;
    }
    List<String> words = new ArrayList<>(List.of(route.method()));
    words.addAll(Arrays.asList(route.template().replaceFirst("^/v1", "").split("\\W+", -1)));
    String byPath = camelCase(words);
    if (!operationIds.add(byPath)) {
      throw new IllegalStateException("Two operations are called " + byPath);
    }
    return byPath;
  }

  private static String camelCase(List<String> words) {
    StringBuilder name = new StringBuilder();
    for (String word : words) {
      if (!word.isEmpty()) {
        String lower = word.toLowerCase(Locale.ROOT);
        name.append(
            name.isEmpty()
                ? lower
                : lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1));
      }
    }
    return name.toString();
  }

  private static @Nullable Operation operation(Route route) {
    return switch (route.access()) {
      case Route.Open open -> null;
      case Route.ForOperator ours -> null;
      case Route.Page page -> null;
      case Route.OnCustomer on -> on.operation();
      case Route.OnPartner on -> on.operation();
    };
  }

  private static boolean isOpen(Route route) {
    return route.access() instanceof Route.Open;
  }

  private List<Object> parameters(Route route, Description description) {
    List<String> names = new ArrayList<>();
    BRACES.matcher(route.template()).results().map(found -> found.group(1)).forEach(names::add);
    names.addAll(description.parameters());
    names.addAll(EVERYWHERE);
    if (!isOpen(route)) {
      names.addAll(WITH_TOKEN);
    }
    List<Object> parameters = new ArrayList<>();
    names.forEach(name -> parameters.add(components.reference("parameters", name)));
    return parameters;
  }

  private Map<String, Object> content(Description.Content content) {
    Map<String, Object> schema =
        content.schema() == null ? Map.of() : components.reference("schemas", content.schema());
    return Map.of(content.mediaType(), schema.isEmpty() ? schema : Map.of("schema", schema));
  }

  private Map<String, Object> responses(Route route, Description description) {
    Map<Integer, Object> byStatus = new TreeMap<>();
    for (int status : refusals(route, description)) {
      byStatus.put(status, components.reference("responses", Integer.toString(status)));
    }
    for (Description.Reply reply : description.replies()) {
      byStatus.put(reply.status(), response(reply, route));
    }
    Map<String, Object> responses = new LinkedHashMap<>();
    byStatus.forEach((status, response) -> responses.put(Integer.toString(status), response));
    return responses;
  }

  /** What an operation may be refused with before it is asked, and what it says itself. */
  private static Set<Integer> refusals(Route route, Description description) {
    Set<Integer> statuses = new HashSet<>(description.refusals());
    statuses.addAll(List.of(400, 500, 503));
    if (!isOpen(route)) {
      statuses.addAll(List.of(401, 406, 429));
    }
    if (operation(route) != null) {
      statuses.add(403);
    }
    if (route.template().startsWith(ON_CUSTOMER)) {
      statuses.add(404);
    }
    if (description.body() != null && !isOpen(route)) {
      statuses.addAll(List.of(413, 415));
    }
    return statuses;
  }

  private Map<String, Object> response(Description.Reply reply, Route route) {
    Map<String, Object> headers = new LinkedHashMap<>();
    for (String name : List.of("MS-RequestId", "MS-CorrelationId")) {
      headers.put(name, components.reference("headers", name));
    }
    for (String name : reply.headers()) {
      headers.put(name, components.reference("headers", name));
    }
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("description", reply.text());
    response.put("headers", headers);
    Description.Content content = reply.content();
    if (content != null && !route.method().equals("HEAD")) {
      response.put("content", content(content));
    }
    return response;
  }

  private static List<Object> security(Route route) {
    if (route.access() instanceof Route.ForOperator) {
      return List.of(Map.of("Operator", List.of()));
    }
    Operation operation = operation(route);
    if (operation == null) {
      return List.of();
    }
    List<Object> schemes = new ArrayList<>();
    schemes.add(Map.of("AppUser", List.of()));
    if (operation.isOpenToApplications()) {
      schemes.add(Map.of("App", List.of()));
    }
    return schemes;
  }
}
