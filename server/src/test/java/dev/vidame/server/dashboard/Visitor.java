package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Agent;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of a browser as pages need: it keeps cookies, finds forms and sends them. */
public final class Visitor {
  /** The field by which a form shows that it is of this browser's session. */
  public static final String TOKEN = Form.TOKEN;

  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");
  private static final Pattern FIELD =
      Pattern.compile("<input id=\"[^\"]*\" name=\"([^\"]*)\" type=\"text\" value=\"([^\"]*)\"");

  private final TestServer server;
  private final String language;
  private final Map<String, String> cookies;
  private BiConsumer<RawRequest, RawAnswer> listener = (request, answer) -> {};

  public Visitor(TestServer server, String language) {
    this(server, language, new HashMap<>());
  }

  private Visitor(TestServer server, String language, Map<String, String> cookies) {
    this.server = server;
    this.language = language;
    this.cookies = cookies;
  }

  /** The same browser, whose requests reach another server. */
  Visitor at(TestServer other) {
    return new Visitor(other, language, cookies);
  }

  /** Somebody who has signed in with a password. */
  public static Visitor signedIn(TestServer server, Agent agent) {
    return signedIn(server, agent, "en");
  }

  static Visitor signedIn(TestServer server, Agent agent, String language) {
    Visitor visitor = new Visitor(server, language);
    RawAnswer answer = visitor.signIn("/dashboard/customers", agent.userPrincipalName());
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location")).isEqualTo("/dashboard/customers");
    return visitor;
  }

  /** Goes to a page, is sent to the form, and fills it in; the answer leads to the page. */
  public RawAnswer signIn(String page, String userName) {
    RawAnswer first = get(page);
    assertThat(first.status()).as(first.toString()).isEqualTo(303);
    RawAnswer begun = follow(first);
    String form = local(begun.header("Location"));
    Map<String, String> fields = hidden(get(form).text());
    fields.put("username", userName);
    fields.put("password", Tenancy.AGENT_PASSWORD);
    fields.put("decision", "allow");
    RawAnswer sent = post(form, fields);
    return sent.status() == 303 ? follow(sent) : sent;
  }

  public RawAnswer follow(RawAnswer answer) {
    return get(local(answer.header("Location")));
  }

  public String local(String address) {
    String own = server.server().address().toString();
    return address.startsWith(own) ? address.substring(own.length()) : address;
  }

  /** Asks for a page. */
  public RawAnswer get(String target) {
    return exchange(RawRequest.get(target));
  }

  public RawAnswer post(String target, Map<String, String> fields) {
    return exchange(
        RawRequest.of("POST", target)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(form(fields)));
  }

  /** Sends a form with a file in it, as browsers do. */
  public RawAnswer upload(String target, Map<String, String> fields, String fileName, byte[] file) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach((name, value) ->
        body.writeBytes(
            ("--gap\r\nContent-Disposition: form-data; name=\""
                    + name
                    + "\"\r\n\r\n"
                    + value
                    + "\r\n")
                .getBytes(StandardCharsets.UTF_8)));
    body.writeBytes(
        ("--gap\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + fileName
                + "\"\r\nContent-Type: text/csv\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(file);
    body.writeBytes("\r\n--gap--\r\n".getBytes(StandardCharsets.UTF_8));
    return exchange(
        RawRequest.of("POST", target)
            .header("Content-Type", "multipart/form-data; boundary=gap")
            .body(body.toByteArray()));
  }

  /** Sends the form of a page that goes to an address, with these fields put into it. */
  public RawAnswer submit(String page, String action, Map<String, String> fields) {
    RawAnswer shown = get(page);
    assertThat(shown.status()).as(shown.toString()).isEqualTo(200);
    return submit(shown, action, fields);
  }

  RawAnswer submit(RawAnswer page, String action, Map<String, String> fields) {
    Map<String, String> all = new LinkedHashMap<>(fieldsOf(page, action));
    all.putAll(fields);
    return post(action, all);
  }

  /** What the first form of a page that goes to an address would send as it is. */
  public static Map<String, String> fieldsOf(RawAnswer page, String action) {
    Matcher form =
        Pattern.compile(
                "<form[^>]*method=\"post\" action=\""
                    + Pattern.quote(action)
                    + "\"[^>]*>(.*?)</form>",
                Pattern.DOTALL)
            .matcher(page.text());
    assertThat(form.find()).as("a form to " + action + " in " + page.text()).isTrue();
    Map<String, String> fields = hidden(form.group(1));
    FIELD
        .matcher(form.group(1))
        .results()
        .forEach(found -> fields.put(found.group(1), unescaped(found.group(2))));
    return fields;
  }

  /** Somebody hears of each request, and of what is answered. */
  public void listening(BiConsumer<RawRequest, RawAnswer> listener) {
    this.listener = listener;
  }

  /** A request as this browser sends it. */
  public RawRequest asSent(RawRequest request) {
    RawRequest sent =
        request.header("Accept", "text/html,*/*;q=0.8").header("Accept-Language", language);
    return cookies.isEmpty()
        ? sent
        : sent.header(
            "Cookie",
            cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; ")));
  }

  RawAnswer exchange(RawRequest request) {
    RawRequest sent = asSent(request);
    try (RawConnection connection = server.connect()) {
      RawAnswer answer = connection.exchange(sent);
      listener.accept(sent, answer);
      answer.all("Set-Cookie").forEach(this::keep);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keep(String header) {
    int equals = header.indexOf('=');
    String name = header.substring(0, equals);
    String value = header.substring(equals + 1, header.indexOf(';'));
    if (header.contains("Max-Age=0")) {
      cookies.remove(name);
    } else {
      cookies.put(name, value);
    }
  }

  /** What is kept under a name; the test may take it away or change it. */
  public Map<String, String> cookies() {
    return cookies;
  }

  /** Fields as a form sends them. */
  public static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The hidden fields of a page or a form. */
  public static Map<String, String> hidden(String html) {
    Map<String, String> fields = new LinkedHashMap<>();
    HIDDEN
        .matcher(html)
        .results()
        .forEach(found -> fields.put(unescaped(found.group(1)), unescaped(found.group(2))));
    return fields;
  }

  static String unescaped(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
