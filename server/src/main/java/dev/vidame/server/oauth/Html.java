package dev.vidame.server.oauth;

import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Answer.Header;
import dev.vidame.server.texts.Language;
import dev.vidame.server.texts.Text;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Pages for people: one column, no script, nothing from elsewhere. What is put into them is escaped
 * by who does so.
 */
final class Html {
  private static final String STYLE =
      """
      :root{color-scheme:light dark}
      body{font:1.125rem/1.5 system-ui,sans-serif;margin:0;padding:1rem}
      main{max-width:26rem;margin:2rem auto}
      h1{font-size:1.5rem;line-height:1.25}
      label{display:block;margin-top:1rem;font-weight:600}
      input{box-sizing:border-box;width:100%;min-height:2.75rem;padding:.5rem;font:inherit;border:1px solid;border-radius:.25rem}
      button{min-height:2.75rem;margin:1.5rem .75rem 0 0;padding:.5rem 1.25rem;font:inherit;border:1px solid;border-radius:.25rem;cursor:pointer}
      :focus-visible{outline:3px solid #1a66d6;outline-offset:2px}
      [role=alert]{border-left:.375rem solid #c62828;padding:.25rem 0 .25rem .75rem}
      """;

  private static final String STYLE_HASH = hash(STYLE);

  private Html() {}

  /** A text in a language, with nothing in it that HTML takes for more than text. */
  static String of(Text text, Language language) {
    return escape(text.in(language));
  }

  /** The same text for HTML, within an element or an attribute's double quotes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A field that nobody sees; the value is any text. */
  static String hidden(String name, String value) {
    return "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n"
        .formatted(escape(name), escape(value));
  }

  /**
   * What forms may lead to, for a policy: the host of an address, or the scheme of one that has no
   * host.
   */
  static String origin(String address) {
    URI uri = URI.create(address);
    return uri.getRawAuthority() == null || !uri.getScheme().startsWith("http")
        ? uri.getScheme() + ":"
        : uri.getScheme() + "://" + uri.getRawAuthority();
  }

  /**
   * A page.
   *
   * @param title of it, which is its heading, too
   * @param main what follows the heading, as HTML
   * @param formTargets where its forms may lead, as a policy says it
   */
  record Page(Language language, Text title, String main, List<String> formTargets) {
    Page {
      formTargets = List.copyOf(formTargets);
    }

    Answer answer(int status, List<Header> headers) {
      List<Header> all = new ArrayList<>();
      all.add(new Header("Content-Type", "text/html; charset=utf-8"));
      all.add(new Header("Content-Security-Policy", policy()));
      all.add(new Header("X-Frame-Options", "DENY"));
      all.add(new Header("Referrer-Policy", "no-referrer"));
      all.addAll(headers);
      return new Answer(status, all, html().getBytes(StandardCharsets.UTF_8));
    }

    private String policy() {
      String targets = formTargets.isEmpty() ? "'none'" : String.join(" ", formTargets);
      return "default-src 'none'; style-src 'sha256-%s'; form-action %s; base-uri 'none'; frame-ancestors 'none'"
          .formatted(STYLE_HASH, targets);
    }

    private String html() {
      return """
      <!doctype html>
      <html lang="%s">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <style>%s</style>
      </head>
      <body>
      <main>
      <h1>%s</h1>
      %s</main>
      </body>
      </html>
      """
          .formatted(
              language.locale().getLanguage(),
              of(title, language),
              STYLE,
              of(title, language),
              main);
    }
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
