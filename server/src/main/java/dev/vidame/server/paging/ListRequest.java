package dev.vidame.server.paging;

import dev.vidame.directory.paging.PageQuery;
import java.util.Map;
import java.util.Optional;

/**
 * What a request wants of a list: explicit parameters and those that its continuation token
 * remembers, as one.
 *
 * @param page which part
 * @param parameters the list's own parameters that are given, by the names of {@link ListRules}
 * @param sent what the request itself says, in the order of the rules, {@code size} first; its self
 *     link repeats that
 */
public record ListRequest(
    PageQuery page, Map<String, String> parameters, Map<String, String> sent) {

  /** A parameter, from the request or from its token. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
