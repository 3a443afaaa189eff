package dev.vidame.directory.audit;

import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.wire.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * A request that wanted to change something and was refused.
 *
 * @param request who asked, and how they named the request
 * @param customer whose directory was to change; null where the request names none
 * @param operation what was to be done, in the words of whoever records it
 * @param subject the account that the request names, as it names it; null where it names none
 * @param reason why it was refused
 */
public record RefusedRequest(
    ChangeRequest request,
    @Nullable CustomerId customer,
    String operation,
    @Nullable String subject,
    Reason reason) {

  /**
   * Why a request was refused.
   *
   * @param code the number that the caller was told
   * @param description the text, in English
   */
  public record Reason(int code, String description) {}
}
