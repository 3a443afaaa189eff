package dev.vidame.server.tokens;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a browser carries back to an application.
 *
 * @param redirectUri where to, one of the application's own
 * @param isPosted whether as a form, and not in the address
 * @param members what, in order
 */
public record SentBack(String redirectUri, boolean isPosted, Map<String, String> members) {
  /** Copies the members. */
  public SentBack {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** The address with all that it carries, for what is not posted. */
  public String location() {
    String query =
        members.entrySet().stream()
            .map(member -> member.getKey() + "=" + encoded(member.getValue()))
            .collect(Collectors.joining("&"));
    return redirectUri + (redirectUri.contains("?") ? "&" : "?") + query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Never shows what is carried. */
  @Override
  public String toString() {
    return "SentBack[" + redirectUri + "]";
  }
}
