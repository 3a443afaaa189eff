package dev.vidame.server.dashboard;

import dev.vidame.directory.audit.AuditEntry;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.users.User;
import dev.vidame.server.http.Call;
import dev.vidame.server.texts.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Finds what was done to an account since somebody looked at it. Thread-safe. */
final class Meanwhile {
  private static final int ROWS_AT_ONCE = 500;

  /** Beyond that many rows of the customer nobody is kept waiting. */
  private static final int MOST_READS = 20;

  private final Desk desk;

  Meanwhile(Desk desk) {
    this.desk = desk;
  }

  /**
   * Something that was done.
   *
   * @param at when
   * @param who by whom, as far as the reader may know
   * @param fields what changed, as people call it
   */
  record Change(Instant at, Text who, List<Text> fields) {
    Change {
      fields = List.copyOf(fields);
    }
  }

  /** What was done to the account behind a version of it, the oldest first. */
  List<Change> since(Call call, User now, long version) {
    List<Change> changes = new ArrayList<>();
    long seen = version;
    for (int read = 0; version > 0 && seen < now.version() && read < MOST_READS; read++) {
      List<Entry> entries = desk.directory().journal(call.customer(), seen, ROWS_AT_ONCE);
      if (entries.isEmpty()) {
        return changes;
      }
      entries.stream()
          .filter(entry -> entry.subject().equals(now.id().value()))
          .map(entry -> change(call, entry))
          .forEach(changes::add);
      seen = entries.getLast().seq();
    }
    return changes;
  }

  private Change change(Call call, Entry entry) {
    List<Text> fields =
        entry.changes().stream().map(RecordTexts::field).filter(Objects::nonNull).toList();
    return new Change(entry.at(), who(call, entry), fields);
  }

  /** Of who is not of the reader's partner, no more is told than that. */
  private Text who(Call call, Entry entry) {
    Actor actor = entry.request().actor();
    if (actor.isOperator()) {
      return Text.of("an operator of this service");
    }
    if (!actor.partner().equals(call.caller().partner())) {
      return Text.of("another partner");
    }
    return desk.directory()
        .audit()
        .change(actor.partner(), entry.customer(), entry.seq())
        .map(AuditEntry::who)
        .map(RecordTexts::who)
        .orElseGet(() -> Text.of("somebody of your partner"));
  }
}
