package dev.vidame.server.dashboard;

import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Answer.Header;
import dev.vidame.server.http.Request;
import dev.vidame.server.texts.Language;
import dev.vidame.server.texts.Text;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes pages of templates, which the build has compiled. Thread-safe. The engine escapes whatever
 * a template shows, as the place in the page wants it.
 */
final class Templates {
  static final String HTML = "text/html; charset=utf-8";

  /** Nothing but what this server serves, and no script or style within a page. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final List<Header> HEADERS =
      List.of(
          new Header("Content-Type", HTML),
          new Header("Content-Security-Policy", POLICY),
          new Header("X-Frame-Options", "DENY"),
          new Header("Referrer-Policy", "same-origin"),
          new Header("Cross-Origin-Opener-Policy", "same-origin"),
          new Header("Cross-Origin-Resource-Policy", "same-origin"),
          new Header("Permissions-Policy", "camera=(), geolocation=(), microphone=()"));

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          Templates.class.getClassLoader(),
          Templates.class.getPackageName());

  private final Files files;
  private final Supplier<UUID> newIds;

  Templates(Files files, Supplier<UUID> newIds) {
    this.files = files;
    this.newIds = newIds;
  }

  /** What a page has that is shown in answer to a request of somebody who is not signed in. */
  Frame frame(Request request, Text title, @Nullable Notice notice) {
    return frame(request, title, new Frame.Reader(null, notice, any -> false, newIds));
  }

  /** What a page has that is shown to an agent. */
  Frame frame(Request request, Text title, Session session, Predicate<Operation> may) {
    return frame(request, title, new Frame.Reader(session, told(request, session), may, newIds));
  }

  /** A script shows a list of the page only, and what was to be told would be lost. */
  private static @Nullable Notice told(Request request, Session session) {
    return request.header(Dashboard.OF_SCRIPT).isPresent() ? null : session.told();
  }

  /** As above, with something to say that was not said by another page. */
  @SuppressWarnings("TooManyParameters") // those of a page, and what it says
  Frame frame(
      Request request, Text title, Session session, Predicate<Operation> may, Notice notice) {
    return frame(request, title, new Frame.Reader(session, notice, may, newIds));
  }

  private Frame frame(Request request, Text title, Frame.Reader reader) {
    return new Frame(language(request), zone(request), title, files, reader);
  }

  static Language language(Request request) {
    return Language.of(request.header("X-Locale"), request.header("Accept-Language"));
  }

  static ZoneId zone(Request request) {
    try {
      return Cookies.zone(request).map(ZoneId::of).orElse(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC; // a zone of a browser that knows more than we
    }
  }

  /**
   * A page.
   *
   * @param template by its name
   * @param model what it shows
   */
  Answer page(int status, String template, Object model) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    engine.render(template + ".jte", model, output);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(output.getContentLength());
    try {
      output.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail", e);
    }
    return new Answer(status, HEADERS, bytes.toByteArray());
  }
}
