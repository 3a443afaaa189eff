package dev.vidame.directory.audit;

import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.wire.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done, or refused.
 *
 * @param at when, in microseconds
 * @param who who did it
 * @param customer whose directory it was about; null where a refused request named none
 * @param customerName what the partner knows the customer as; null for a customer that never was
 *     the partner's
 * @param correlationId the caller's name for what the request was part of
 * @param event what it was
 */
public record AuditEntry(
    Instant at,
    Who who,
    @Nullable CustomerId customer,
    @Nullable String customerName,
    UUID correlationId,
    Event event) {

  /**
   * Who did something.
   *
   * @param partner for whom
   * @param agent the person's principal name; null when an application acted on its own
   * @param application the application's name; null for whoever runs this server
   */
  public record Who(PartnerId partner, @Nullable String agent, @Nullable String application) {}

  /** What happened. */
  public sealed interface Event {}

  /**
   * A change.
   *
   * @param seq its place in the customer's journal
   * @param operation what was done
   * @param subject what it was done to: an account, or the customer itself
   * @param fields the properties that changed; secrets are blanked
   */
  public record Change(long seq, Operation operation, UUID subject, List<FieldChange> fields)
      implements Event {
    /** Copies the fields. */
    public Change {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A refused request.
   *
   * @param number its number among all refused requests
   * @param operation what was to be done, in the words of whoever recorded it
   * @param subject the account that the request named; null where it named none
   * @param reason why it was refused
   */
  public record Refusal(
      long number, String operation, @Nullable String subject, RefusedRequest.Reason reason)
      implements Event {}
}
