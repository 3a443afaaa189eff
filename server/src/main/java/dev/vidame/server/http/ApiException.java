package dev.vidame.server.http;

import dev.vidame.server.texts.Language;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.ErrorBody;
import java.util.List;

/** A refusal, ready to be sent. Refusals are ordinary, so there is no stack trace. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST_TEXT = 512;

  /** Enough to mend a request by, whatever a caller sent of what is wrong. */
  private static final int MOST_DATA = 100;

  private final int status;
  private final int code;
  private final transient Text description;
  private final transient List<Text> data;
  private final String source;
  private final transient List<Answer.Header> headers;

  ApiException(int status, int code, Text description, List<Text> data, String source) {
    this(status, code, description, data, source, List.of());
  }

  private ApiException(
      int status,
      int code,
      Text description,
      List<Text> data,
      String source,
      List<Answer.Header> headers) {
    super(status + " " + code + " " + description.in(Language.ENGLISH), null, false, false);
    this.status = status;
    this.code = code;
    this.description = description;
    this.data = List.copyOf(data);
    this.source = source;
    this.headers = List.copyOf(headers);
  }

  /** The same with a header. */
  ApiException with(String name, String value) {
    return new ApiException(
        status, code, description, data, source, List.of(new Answer.Header(name, value)));
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** What the caller is told, in a language. */
  public String description(Language language) {
    return shortened(description.in(language));
  }

  /** What else the caller is told, in a language. */
  public List<String> details(Language language) {
    return data.stream().limit(MOST_DATA).map(text -> shortened(text.in(language))).toList();
  }

  /** The number that tells refusals of a status apart. */
  public int code() {
    return code;
  }

  /** What the caller is told, in English. */
  public String description() {
    return description(Language.ENGLISH);
  }

  /** The refusal as an answer in a language. */
  Answer answer(Language language) {
    ErrorBody body = new ErrorBody(code, description(language), details(language), source);
    return new Answer(status, headers, body.toJson());
  }

  /**
   * Texts may quote the caller, and clients rely on the description's length. Never cut within a
   * surrogate pair.
   */
  private static String shortened(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int end = LONGEST_TEXT - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
