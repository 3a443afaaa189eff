package dev.vidame.sdk;

import dev.vidame.wire.JsonBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the service remarks about licences that it did assign. Vidame never does. Immutable.
 *
 * @param code for programs
 * @param message for people
 * @param servicePlans the parts that it is about
 */
public record LicenseWarning(
    @Nullable String code, @Nullable String message, List<String> servicePlans) {
  /** Copies the parts. */
  public LicenseWarning {
    servicePlans = List.copyOf(servicePlans);
  }

  static LicenseWarning from(JsonBody in) {
    return new LicenseWarning(
        Members.text(in, "code"),
        Members.text(in, "message"),
        in.texts("servicePlans").orElse(List.of()));
  }
}
