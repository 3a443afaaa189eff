package dev.vidame.server.dashboard;

import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.paging.PageQuery.Seek;
import dev.vidame.server.http.Call;
import dev.vidame.server.paging.Continuation;
import dev.vidame.server.paging.ContinuationTokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lists page by page: the addresses of their neighbours carry where they begin. Thread-safe. What
 * was put into an address by anybody else, or an hour ago, leads to the first page.
 */
final class Lists {
  /** How many are on a page. */
  static final int SIZE = 50;

  private static final String AFTER = "after";
  private static final String BEFORE = "before";

  private final ContinuationTokens tokens;

  Lists(ContinuationTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The addresses of a page's neighbours.
   *
   * @param previous null where there is none
   * @param next null where there is none
   */
  record Neighbours(@Nullable String previous, @Nullable String next) {}

  /** The part of the list that is wanted. */
  PageQuery wanted(Call call, Map<String, String> parameters) {
    Optional<Continuation> after = open(call, AFTER, parameters);
    if (after.isPresent()) {
      return new PageQuery(SIZE, Seek.AFTER, after.get().last());
    }
    return open(call, BEFORE, parameters)
        .map(before -> new PageQuery(SIZE, Seek.BEFORE, before.first()))
        .orElseGet(() -> PageQuery.first(SIZE));
  }

  /**
   * One that was asked for with other parameters has another order, where its key means nothing.
   */
  private Optional<Continuation> open(Call call, String name, Map<String, String> parameters) {
    return call.query()
        .first(name)
        .flatMap(token -> tokens.open(call.caller().partner(), call.canonicalPath(), token))
        .filter(known -> known.parameters().equals(parameters));
  }

  /**
   * Where the neighbours of a page are.
   *
   * @param path of the list
   * @param parameters what the list was asked for with; none is empty
   * @param key an item's sort key
   */
  @SuppressWarnings("TooManyParameters") // all that an address is made of
  <T> Neighbours neighbours(
      Call call,
      String path,
      Map<String, String> parameters,
      Page<T> page,
      Function<T, List<String>> key) {
    if (page.items().isEmpty()) {
      return new Neighbours(null, null);
    }
    Continuation here =
        new Continuation(
            parameters, key.apply(page.items().getFirst()), key.apply(page.items().getLast()));
    String token = tokens.issue(call.caller().partner(), call.canonicalPath(), here);
    return new Neighbours(
        page.hasPrevious() ? address(path, parameters, BEFORE, token) : null,
        page.hasNext() ? address(path, parameters, AFTER, token) : null);
  }

  private static String address(
      String path, Map<String, String> parameters, String name, String token) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.put(name, token);
    return address(path, all);
  }

  /** A path with parameters. */
  static String address(String path, Map<String, String> parameters) {
    return parameters.isEmpty()
        ? path
        : parameters.entrySet().stream()
            .map(entry ->
                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", path + "?", ""));
  }
}
