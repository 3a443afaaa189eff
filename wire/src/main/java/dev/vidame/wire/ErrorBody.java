package dev.vidame.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error answer. Immutable.
 *
 * @param code the API's error code; meaningful only together with the HTTP status
 * @param description what is wrong, for a person
 * @param data details, one text each
 * @param source the part of the service that refused
 */
public record ErrorBody(int code, String description, List<String> data, String source) {

  /** Copies the details. */
  public ErrorBody {
    data = List.copyOf(data);
  }

  /** The JSON in UTF-8. */
  public byte[] toJson() {
    return ErrorBodyJson.write(this);
  }

  /**
   * Reads what any server of this API, or a gateway before it, answers on a failure: {@code code}
   * as number or text, {@code message} in place of {@code description}, {@code data} missing or of
   * another shape.
   *
   * @return null when the body is not a JSON object or has neither a code nor a description
   */
  public static @Nullable ErrorBody fromJson(byte[] json) {
    return ErrorBodyJson.read(json);
  }
}
