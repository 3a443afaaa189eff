package dev.vidame.directory.journal;

import dev.vidame.wire.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One change as the journal holds it.
 *
 * @param customer whose directory changed
 * @param seq its place in that customer's journal, counted from 1 without gaps
 * @param at when, in microseconds
 * @param operation what was done
 * @param subject what it was done to: an account, or the customer itself
 * @param request who asked, and how they named the request
 * @param changes the properties that changed
 */
public record Entry(
    CustomerId customer,
    long seq,
    Instant at,
    Operation operation,
    UUID subject,
    ChangeRequest request,
    List<FieldChange> changes) {

  /** Copies the changes. */
  public Entry {
    changes = List.copyOf(changes);
  }
}
