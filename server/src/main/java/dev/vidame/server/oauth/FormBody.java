package dev.vidame.server.oauth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads {@code application/x-www-form-urlencoded}; of a name given twice the first value counts.
 */
public final class FormBody {
  private FormBody() {}

  /**
   * The fields.
   *
   * @throws IllegalArgumentException when a percent sign is not followed by two hex digits
   */
  public static Map<String, String> parse(byte[] body) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        fields.putIfAbsent(
            decode(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
