package dev.vidame.server.audit;

import dev.vidame.directory.audit.AuditEntry;
import dev.vidame.directory.audit.AuditTrail;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record's id, taken apart: the partner, the customer, the operation, and a number. Immutable.
 *
 * @param partner whose record it is
 * @param customerOrNull whom it is about; null where a refused request named nobody
 * @param isRefused whether the number counts refused requests, and not the customer's changes
 * @param number the number
 */
record RecordId(
    PartnerId partner, @Nullable CustomerId customerOrNull, boolean isRefused, long number) {
  /** Stands before the number of a refused request. */
  static final String REFUSED = "f";

  private static final String GUID = "[0-9a-f-]{36}";
  private static final Pattern FORM =
      Pattern.compile(
          "(?i)(?<partner>"
              + GUID
              + ")(?:_(?<customer>"
              + GUID
              + "))?_[a-z]{1,64}_(?<refused>f?)(?<number>[0-9]{1,18}|[0-8][0-9]{18})"
              + "(?:\\.[0-9]{1,3})?");

  /** Reads an id; empty where the text is none. */
  static Optional<RecordId> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String customer = form.group("customer");
    boolean isRefused = !form.group("refused").isEmpty();
    return Guid.parse(form.group("partner"))
        .filter(partner -> customer == null ? isRefused : Guid.parse(customer).isPresent())
        .map(partner ->
            new RecordId(
                new PartnerId(partner),
                customer == null ? null : Guid.parse(customer).map(CustomerId::new).orElseThrow(),
                isRefused,
                Long.parseLong(form.group("number"))));
  }

  /** What the record is of, if there is such a thing. */
  Optional<AuditEntry> find(AuditTrail trail) {
    if (isRefused) {
      return trail.refusal(partner, number);
    }
    return customerOrNull == null
        ? Optional.empty()
        : trail.change(partner, customerOrNull, number);
  }
}
