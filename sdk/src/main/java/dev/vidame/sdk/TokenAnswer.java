package dev.vidame.sdk;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The texts and numbers of a token endpoint's answer; what is nested is left out. */
final class TokenAnswer {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, String> members;

  private TokenAnswer(Map<String, String> members) {
    this.members = members;
  }

  /** Reads a JSON object; anything else reads as an object without members. */
  static TokenAnswer read(byte[] body) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        readMembers(parser, members);
      }
    } catch (JacksonException e) {
      return new TokenAnswer(Map.of());
    }
    return new TokenAnswer(members);
  }

  private static void readMembers(JsonParser parser, Map<String, String> members) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName().toLowerCase(Locale.ROOT);
      JsonToken value = parser.nextToken();
      if (value.isStructStart()) {
        parser.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) {
        members.put(name, parser.getString());
      }
    }
  }

  @Nullable String text(String name) {
    return members.get(name);
  }

  /** A number, which older endpoints write as a text; null where there is none. */
  @Nullable Long number(String name) {
    String text = members.get(name);
    try {
      return text == null ? null : Long.valueOf(text.trim());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
