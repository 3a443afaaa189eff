package dev.vidame.server.dashboard;

import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Request;
import dev.vidame.server.oauth.FormBody;
import dev.vidame.wire.Guid;
import dev.vidame.wire.UserId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a page's form sent. Immutable. */
final class Form {
  /** The field by which a form shows that it is of this browser's session. */
  static final String TOKEN = "form_token";

  /** The field that tells a form that is sent twice from two forms. */
  static final String REQUEST = "request";

  private final Call call;
  private final Map<String, String> fields;
  private final @Nullable Multipart parts;

  private Form(Call call, Map<String, String> fields, @Nullable Multipart parts) {
    this.call = call;
    this.fields = fields;
    this.parts = parts;
  }

  static Form of(Call call) {
    Request request = call.request();
    Optional<Multipart> parts = parts(request);
    return parts.isPresent()
        ? new Form(call, parts.get().fields(), parts.get())
        : new Form(call, fields(request), null);
  }

  private static Optional<Multipart> parts(Request request) {
    Optional<String> type = request.header("Content-Type").filter(Multipart::is);
    try {
      return type.map(multipart -> Multipart.parse(multipart, request.body()));
    } catch (IllegalArgumentException e) {
      throw ApiErrors.invalidRequest("The form with the file did not arrive as a whole.");
    }
  }

  private static Map<String, String> fields(Request request) {
    Optional<Multipart> parts = parts(request);
    try {
      return parts.isPresent() ? parts.get().fields() : FormBody.parse(request.body());
    } catch (IllegalArgumentException e) {
      throw ApiErrors.invalidRequest(
          "The form holds a percent sign that is not followed by two hex digits.");
    }
  }

  /**
   * Whether a form is of this session. Browsers say from where a request comes; those that do not
   * are believed for the token alone.
   */
  static boolean isOurs(Request request, Session session, URI address) {
    Optional<String> site = request.header("Sec-Fetch-Site");
    Optional<String> origin = request.header("Origin");
    boolean isFromHere =
        site.map(value -> value.equals("same-origin"))
            .orElseGet(() -> origin.map(address.toString()::equalsIgnoreCase).orElse(true));
    String token = fields(request).getOrDefault(TOKEN, "");
    return isFromHere
        && MessageDigest.isEqual(
            token.getBytes(StandardCharsets.UTF_8),
            session.formToken().getBytes(StandardCharsets.UTF_8));
  }

  /** A field without blanks around it; empty where it is not there. */
  String field(String name) {
    return fields.getOrDefault(name, "").strip();
  }

  /** A file that was chosen; empty where none was. */
  Optional<Multipart.File> file(String name) {
    return parts == null
        ? Optional.empty()
        : parts.file(name).filter(file -> !file.name().isEmpty() || file.content().length > 0);
  }

  /** A field to the letter. */
  Optional<String> exact(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /**
   * This form as the journal remembers it: one that is sent again is the same request. One that was
   * filled in anew, which browsers allow who go back to it, is another.
   */
  ChangeRequest changeRequest() {
    byte[] body = call.request().body();
    return Guid.parse(field(REQUEST)).isPresent()
        ? call.changeRequest(UUID.nameUUIDFromBytes(body), body)
        : call.changeRequest(body);
  }

  /** A name for this form as it was filled in: the same when it is sent again. */
  UUID id() {
    return Guid.parse(field(REQUEST)).isPresent()
        ? UUID.nameUUIDFromBytes(call.request().body())
        : call.correlation().requestId();
  }

  /** The part of this form that is about one of several accounts: a request of its own. */
  ChangeRequest changeRequest(UserId account) {
    byte[] name = (id() + " " + account).getBytes(StandardCharsets.UTF_8);
    return call.changeRequest(UUID.nameUUIDFromBytes(name), call.request().body());
  }
}
