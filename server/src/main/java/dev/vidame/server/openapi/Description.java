package dev.vidame.server.openapi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of an operation beside what its routes say. Immutable.
 *
 * @param tag the group of operations that it belongs to
 * @param summary what it does, in a few words
 * @param text what is to be known of it
 * @param parameters names of parameters in {@code components.json}, without those of the path
 * @param body what it takes; null where it takes none
 * @param replies what it answers where it does not refuse, and refusals of another form than usual
 * @param refusals statuses of refusals of the usual form, beside those that every operation has
 */
record Description(
    String tag,
    String summary,
    String text,
    List<String> parameters,
    @Nullable Content body,
    List<Reply> replies,
    List<Integer> refusals) {

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  /**
   * What is in a body.
   *
   * @param mediaType of it
   * @param schema a name among the schemas; null where it is not JSON
   */
  record Content(String mediaType, @Nullable String schema) {}

  /**
   * An answer.
   *
   * @param status of it
   * @param text when it comes
   * @param content its body; null where it has none
   * @param headers names of headers in {@code components.json}
   */
  record Reply(int status, String text, @Nullable Content content, List<String> headers) {
    Reply {
      headers = List.copyOf(headers);
    }
  }

  Description {
    parameters = List.copyOf(parameters);
    replies = List.copyOf(replies);
    refusals = List.copyOf(refusals);
  }

  static Description of(String tag, String summary, String text) {
    return new Description(tag, summary, text, List.of(), null, List.of(), List.of());
  }

  Description with(String... names) {
    return new Description(tag, summary, text, List.of(names), body, replies, refusals);
  }

  Description takes(String schema) {
    return new Description(
        tag, summary, text, parameters, new Content(JSON, schema), replies, refusals);
  }

  Description takesForm(String schema) {
    return new Description(
        tag, summary, text, parameters, new Content(FORM, schema), replies, refusals);
  }

  /** Answers with JSON. */
  Description answers(int status, String schema, String when, String... headers) {
    return and(new Reply(status, when, new Content(JSON, schema), List.of(headers)));
  }

  /** Answers with something that no schema describes. */
  Description shows(int status, String mediaType, String when) {
    return and(new Reply(status, when, new Content(mediaType, null), List.of()));
  }

  /** Answers without a body. */
  Description answersEmpty(int status, String when, String... headers) {
    return and(new Reply(status, when, null, List.of(headers)));
  }

  private Description and(Reply reply) {
    List<Reply> more = new ArrayList<>(replies);
    more.add(reply);
    return new Description(tag, summary, text, parameters, body, more, refusals);
  }

  Description refuses(Integer... statuses) {
    return new Description(tag, summary, text, parameters, body, replies, List.of(statuses));
  }
}
