package dev.vidame.server.oauth;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** As much of a browser as forms need: it keeps cookies and finds hidden fields. */
final class Browser {
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

  private final TestServer server;
  private final String language;
  private @Nullable String cookie;
  private @Nullable String address;

  Browser(TestServer server) {
    this(server, "en");
  }

  Browser(TestServer server, String language) {
    this.server = server;
    this.language = language;
  }

  /** From now on behind a proxy, which says that it comes from this address. */
  Browser from(String proxied) {
    address = proxied;
    return this;
  }

  RawAnswer get(String target) {
    return exchange(RawRequest.get(target));
  }

  /** Sends a form, whose fields are names and values in turn. */
  RawAnswer post(String target, Map<String, String> fields) {
    return exchange(
        RawRequest.of("POST", target)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(form(fields)));
  }

  private RawAnswer exchange(RawRequest request) {
    RawRequest sent =
        request.header("Accept", "text/html,*/*;q=0.8").header("Accept-Language", language);
    if (cookie != null) {
      sent = sent.header("Cookie", "other=1; " + cookie);
    }
    if (address != null) {
      sent = sent.header("X-Forwarded-For", address);
    }
    try (RawConnection connection = server.connect()) {
      RawAnswer answer = connection.exchange(sent);
      answer
          .first("Set-Cookie")
          .ifPresent(header -> cookie = header.substring(0, header.indexOf(';')));
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * A sign-in page's own fields, with what the tenancy's admin agent puts in.
   *
   * @param decision the button that is pressed, {@code allow} or {@code deny}
   */
  Map<String, String> filled(RawAnswer page, String decision) {
    Map<String, String> fields = hidden(page);
    fields.put("username", server.tenancy().agent(Role.ADMIN_AGENT).userPrincipalName());
    fields.put("password", Tenancy.AGENT_PASSWORD);
    fields.put("decision", decision);
    return fields;
  }

  /** The hidden fields of a page. */
  static Map<String, String> hidden(RawAnswer page) {
    Map<String, String> fields = new LinkedHashMap<>();
    HIDDEN
        .matcher(page.text())
        .results()
        .forEach(found -> fields.put(unescaped(found.group(1)), unescaped(found.group(2))));
    return fields;
  }

  private static String unescaped(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
