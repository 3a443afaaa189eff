package dev.vidame.server.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parameters of a request's query, decoded. Names match in any case. Immutable.
 *
 * <p>A plus sign is a blank, because a client encodes it so. A question mark within the query that
 * stands before a known name is read as an ampersand, because published examples have it (wire-spec
 * §2.1).
 */
public final class Query {
  private static final Pattern SEPARATOR =
      Pattern.compile(
          "&|\\?(?=(?i:size|filter|sortfield|sortdirection|seekoperation|startdate|enddate"
              + "|licensegroupids|ms-continuationtoken)=)");

  private final List<Parameter> parameters;

  private Query(List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  private record Parameter(String name, String value) {}

  /**
   * Reads a query.
   *
   * @param raw as sent, without the question mark
   * @throws ApiException when a percent sign is not followed by two hex digits; it names the
   *     parameter
   */
  public static Query of(String raw) {
    List<Parameter> parameters = new ArrayList<>();
    for (String part : SEPARATOR.split(raw, -1)) {
      if (!part.isEmpty()) {
        int sign = part.indexOf('=');
        String name = sign < 0 ? part : part.substring(0, sign);
        String value = sign < 0 ? "" : part.substring(sign + 1);
        parameters.add(
            new Parameter(
                decoded(name)
                    .orElseThrow(() ->
                        ApiErrors.invalidRequest(
                            "The query holds a percent sign that is not followed by two hex"
                                + " digits.")),
                decoded(value)
                    .orElseThrow(() ->
                        ApiErrors.invalidRequest(
                            "The value of %s holds a percent sign that is not followed by two hex"
                                + " digits.",
                            name))));
      }
    }
    return new Query(parameters);
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the sign stands alone
    }
  }

  /** The first value of a parameter that is not blank. */
  public Optional<String> first(String name) {
    return all(name).stream().filter(value -> !value.isBlank()).findFirst();
  }

  /** Every value of a parameter, in order. */
  public List<String> all(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name().equalsIgnoreCase(name))
        .map(Parameter::value)
        .toList();
  }
}
