package dev.vidame.sdk;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Takes the secrets out of what is shown.
 *
 * <p>A JSON body is parsed, and the text between the start and the end of a secret value is
 * replaced; all else stays as it was sent, blanks included. A body that is not JSON is shown only
 * when it does not even mention a password.
 */
final class Redaction {
  private static final String HIDDEN = "***";
  private static final String SECRET_MEMBER = "password";
  private static final Set<String> SECRET_HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");
  private static final JsonFactory JSON = new JsonFactory();

  private Redaction() {}

  static Map<String, List<String>> headers(HttpHeaders headers) {
    Map<String, List<String>> shown = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers
        .map()
        .forEach((name, values) ->
            shown.put(
                name,
                SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT))
                    ? List.of(HIDDEN)
                    : List.copyOf(values)));
    return Collections.unmodifiableMap(shown);
  }

  static String body(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    String json = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try {
      return withoutSecrets(json);
    } catch (JacksonException e) {
      return json.toLowerCase(Locale.ROOT).contains(SECRET_MEMBER)
          ? "(" + body.length + " bytes that are not JSON and may hold a password)"
          : json;
    }
  }

  private static String withoutSecrets(String json) {
    StringBuilder shown = new StringBuilder(json.length());
    int copied = 0;
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.PROPERTY_NAME
            || !SECRET_MEMBER.equalsIgnoreCase(parser.currentName())
            || parser.nextToken() == JsonToken.VALUE_NULL) {
          continue;
        }
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getCharOffset();
        shown.append(json, copied, start).append('"').append(HIDDEN).append('"');
        copied = end;
      }
    }
    return shown.append(json, copied, json.length()).toString();
  }
}
