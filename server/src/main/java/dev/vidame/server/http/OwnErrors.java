package dev.vidame.server.http;

import dev.vidame.server.texts.Text;
import java.util.List;

/** The refusals of operations that no other server of this API has; a part of {@link ApiErrors}. */
public final class OwnErrors {
  private static final String SINCE = "since";
  private static final int KIBI = 1024;

  private OwnErrors() {}

  /**
   * One more request that wants to wait for changes than there is room for. Not 429, whose form
   * here is that of the gateway before the live service, and says nothing of waiting.
   */
  public static ApiException tooManyWaiters() {
    return ApiErrors.error(
            503,
            990004,
            "As many requests as may wait for changes do so already. Ask again later, or without"
                + " waiting.",
            ApiErrors.CONTROLLERS)
        .with("Retry-After", "5");
  }

  /** A file that a page is given. */
  static ApiException fileTooLarge(int mostBytes) {
    return ApiErrors.error(
        413,
        800002,
        "The file is larger than %s KiB. Split it into several files.",
        ApiErrors.FRONT_DOOR,
        mostBytes / KIBI);
  }

  static ApiException noSuchPlace(boolean isAhead) {
    if (isAhead) {
      return ApiErrors.invalidProperty(
          SINCE,
          "The cursor lies behind the end of the journal, as after the restoration of a backup."
              + " Read the customer anew and go on from now.");
    }
    return ApiErrors.invalidProperty(
        SINCE,
        "The journal has another row at the cursor, as after the restoration of a backup. Read the"
            + " customer anew and go on from now.");
  }

  static ApiException noUnitsLeft(List<String> skuIds) {
    return new ApiException(
        409,
        60012,
        Text.of("No license is left of products that the account held. Nothing was changed."),
        skuIds.stream().map(ApiErrors::literally).toList(),
        ApiErrors.FRONT_DOOR);
  }

  static ApiException nameTakenMeanwhile(String name) {
    return new ApiException(
        409,
        990001,
        Text.of(
            "The sign-in name %s belongs to another account by now. Send another one as rename.",
            name),
        List.of(ApiErrors.literally("userPrincipalName"), ApiErrors.literally(name)),
        ApiErrors.ACCOUNTS);
  }
}
