package dev.vidame.server.paging;

import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.paging.PageQuery.Seek;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Query;
import dev.vidame.wire.CollectionPage;
import dev.vidame.wire.Link;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what a request wants of a list, and shows a page with its links. Thread-safe. */
public final class Paging {
  private static final String TOKEN = "MS-ContinuationToken";
  private static final String SIZE = "size";
  private static final String SEEK = "seekOperation";

  private final ContinuationTokens tokens;

  /** Paging with these tokens. */
  public Paging(ContinuationTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * What the call wants.
   *
   * @throws dev.vidame.server.http.ApiException when a paging parameter or the token is not good,
   *     or a parameter differs from what the token remembers
   */
  public ListRequest read(Call call, ListRules rules) {
    Query query = call.query();
    Map<String, String> sent = sent(query, rules);
    Optional<Continuation> continuation = token(call, query).map(token -> open(call, token));
    Map<String, String> parameters = new HashMap<>(sent);
    continuation.ifPresent(known -> merge(parameters, known.parameters()));
    int size = size(parameters.remove(SIZE), rules);
    return new ListRequest(
        pageQuery(query.first(SEEK), continuation.orElse(null), size), parameters, sent);
  }

  private static Map<String, String> sent(Query query, ListRules rules) {
    Map<String, String> sent = new LinkedHashMap<>();
    query.first(SIZE).ifPresent(value -> sent.put(SIZE, value.strip()));
    for (String name : rules.parameters()) {
      query.first(name).ifPresent(value -> sent.put(name, value));
    }
    return sent;
  }

  /** One client sends the token as a parameter of the query, all others as a header. */
  private static Optional<String> token(Call call, Query query) {
    return call.request()
        .header(TOKEN)
        .map(String::strip)
        .filter(token -> !token.isEmpty())
        .or(() -> query.first(TOKEN));
  }

  private Continuation open(Call call, String token) {
    return tokens
        .open(call.caller().partner(), call.canonicalPath(), token)
        .orElseThrow(() ->
            ApiErrors.invalidProperty(
                "continuationToken",
                "The token is not one of this list, or is older than an hour. Start from the first"
                    + " page."));
  }

  private static void merge(Map<String, String> explicit, Map<String, String> remembered) {
    explicit.forEach((name, value) -> {
      if (!name.equals(SIZE) && !value.equals(remembered.get(name))) {
        throw ApiErrors.invalidProperty(
            name, "The value differs from the one that the continuation token stands for.");
      }
    });
    remembered.forEach(explicit::putIfAbsent);
  }

  private static int size(@Nullable String text, ListRules rules) {
    if (text == null) {
      return rules.defaultSize();
    }
    if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw ApiErrors.invalidRequest("size must be a whole number from 0 to %s.", rules.maxSize());
    }
    String digits = text.replaceFirst("^0+", "");
    if (digits.isEmpty()) {
      return rules.defaultSize();
    }
    boolean isHuge = digits.length() > Integer.toString(rules.maxSize()).length();
    return isHuge ? rules.maxSize() : Math.min(Integer.parseInt(digits), rules.maxSize());
  }

  private static PageQuery pageQuery(
      Optional<String> seekOperation, @Nullable Continuation continuation, int size) {
    String seek =
        seekOperation
            .map(text -> text.strip().toLowerCase(Locale.ROOT))
            .orElse(continuation == null ? "first" : "next");
    return switch (seek) {
      case "first" -> PageQuery.first(size);
      case "next" -> new PageQuery(size, Seek.AFTER, required(continuation).last());
      case "previous" -> new PageQuery(size, Seek.BEFORE, required(continuation).first());
      case "last", "pageindex" -> throw ApiErrors.seekNotSupported();
      default -> throw ApiErrors.unknownEnum(seekOperation.orElse(""));
    };
  }

  private static Continuation required(@Nullable Continuation continuation) {
    if (continuation == null) {
      throw ApiErrors.invalidProperty(
          "continuationToken", "This seekOperation needs the token of a page.");
    }
    return continuation;
  }

  /**
   * A page as it is answered.
   *
   * @param path the list's path in links, such as {@code /customers}
   * @param key an item's sort key, as the list's {@link PageQuery} has it
   * @param json an item's JSON
   */
  public <T> CollectionPage show(
      Call call,
      ListRequest request,
      String path,
      Page<T> page,
      Function<T, List<String>> key,
      Function<T, byte[]> json) {
    return show(call, request, path, ShownPage.of(page, key, json));
  }

  /** A page whose items are in JSON already, as it is answered; otherwise as the other one. */
  public CollectionPage show(Call call, ListRequest request, String path, ShownPage page) {
    Link self = Link.get(path + query(request.sent()));
    if (page.items().isEmpty()) {
      return new CollectionPage(page.items(), null, new CollectionPage.Links(self, null, null));
    }
    Map<String, String> remembered = new HashMap<>(request.parameters());
    String size = Integer.toString(request.page().size());
    remembered.put(SIZE, size);
    Continuation continuation = new Continuation(remembered, page.first(), page.last());
    String token =
        page.hasNext() || page.hasPrevious()
            ? tokens.issue(call.caller().partner(), call.canonicalPath(), continuation)
            : "";
    String neighbour = path + "?size=" + size + "&" + SEEK + "=";
    Link next = page.hasNext() ? follow(neighbour + "Next", token) : null;
    Link previous = page.hasPrevious() ? follow(neighbour + "Previous", token) : null;
    return new CollectionPage(
        page.items(),
        page.hasNext() ? token : null,
        new CollectionPage.Links(self, next, previous));
  }

  private static Link follow(String uri, String token) {
    return new Link(uri, "GET", List.of(new Link.Header(TOKEN, token)));
  }

  private static String query(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
