package dev.vidame.directory.journal;

import dev.vidame.directory.journal.Replays.Found;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests by their place in the store, in an index that the only writer keeps in memory
 * (docs/decisions/0015). A repetition that arrives while the first is in the same batch finds it
 * too.
 */
final class RequestsInMemory implements PastRequests {
  /*
   * At most some four million requests, 46 MB once that many came within the window; ordinary loads need a fraction, because
   * the tables grow with use. Beyond that the oldest are forgotten first, as docs/decisions says. A full table of this size is
   * as full as it may be.
   */
  private static final int ENTRIES_PER_GENERATION = 3 << 17;
  private static final int GENERATIONS = 11;

  private static final int LOAD_PAGE = 10_000;
  private static final int PURGE_EVERY = 10_000;

  private static final String INSERT_UNCHANGED =
      "insert into unchanged_requests"
          + " (position, customer_id, subject_id, seq, at, request_key, body_hash)"
          + " values (?,?,?,?,?,?,?)";

  private static final String PURGE_UNCHANGED = "delete from unchanged_requests where at < ?";

  private final Clock clock;
  private final RequestIndex index = new RequestIndex(ENTRIES_PER_GENERATION, GENERATIONS);

  /**
   * Places of the batch that is not yet on disk. A place is a journal position, or minus the other
   * table's.
   */
  private final Map<Long, Long> uncommitted = new HashMap<>();

  private boolean isLoaded;
  private long lastUnchanged;
  private int untilPurge = PURGE_EVERY;

  RequestsInMemory(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Found> find(Session session, Fingerprint key, Instant oldest)
      throws SQLException {
    load(session);
    Long place = uncommitted.get(key.high());
    if (place != null) {
      Optional<Found> found = at(session, place, key, oldest);
      if (found.isPresent()) {
        return found;
      }
    }
    Candidates candidates = new Candidates();
    index.find(key.high(), candidates::add);
    for (long candidate : candidates.places()) {
      Optional<Found> found = at(session, candidate, key, oldest);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** There is one index for all. */
  @Override
  public Optional<Found> findAnywhere(Session session, Fingerprint key, Instant oldest)
      throws SQLException {
    return find(session, key, oldest);
  }

  private static Optional<Found> at(Session session, long place, Fingerprint key, Instant oldest)
      throws SQLException {
    return session
        .one(
            (place > 0 ? Table.JOURNAL : Table.UNCHANGED).atPosition,
            arguments -> arguments.number(Math.abs(place)),
            Found::of)
        .filter(found -> found.key().equals(key) && !found.at().isBefore(oldest));
  }

  @Override
  public void remember(Session session, Fingerprint key, long position) {
    rememberPlace(session, key, position);
  }

  @Override
  public void rememberUnchanged(
      Session session, ChangeRequest request, Replays.Replay replay, Instant now)
      throws SQLException {
    load(session);
    long position = ++lastUnchanged;
    session.update(
        INSERT_UNCHANGED,
        arguments ->
            arguments
                .number(position)
                .uuid(replay.customer().value())
                .uuid(replay.subject())
                .number(replay.seq())
                .instant(now)
                .bytes(request.key().bytes())
                .bytes(request.bodyHash().bytes()));
    rememberPlace(session, request.key(), -position);
    if (--untilPurge == 0) {
      untilPurge = PURGE_EVERY;
      session.update(PURGE_UNCHANGED, arguments -> arguments.instant(now.minus(Replays.WINDOW)));
    }
  }

  private void rememberPlace(Session session, Fingerprint key, long place) {
    uncommitted.put(key.high(), place);
    session.onRollback(() -> uncommitted.remove(key.high(), place));
    session.onCommit(() -> {
      uncommitted.remove(key.high(), place);
      index.add(key.high(), place);
    });
  }

  /** Fills the index from the store, once, before the first request after a start. */
  private void load(Session session) throws SQLException {
    if (isLoaded) {
      return;
    }
    load(session, Table.JOURNAL);
    lastUnchanged = load(session, Table.UNCHANGED);
    isLoaded = true;
  }

  /** Adds a table's recent requests, oldest first, and tells the table's last position. */
  private long load(Session session, Table table) throws SQLException {
    long last = table.positions.last(session);
    long capacity = (long) ENTRIES_PER_GENERATION * GENERATIONS;
    Instant oldest = clock.instant().minus(Replays.WINDOW);
    long first = table.positions.firstSince(session, last, oldest);
    long from = Math.max(first, last - capacity + 1);
    List<Recent> page;
    do {
      long start = from;
      page =
          session.list(
              table.keysFrom, arguments -> arguments.number(start).number(LOAD_PAGE), Recent::of);
      page.forEach(recent -> index.add(recent.key().high(), table.sign * recent.position()));
      from = page.isEmpty() ? from : page.getLast().position() + 1;
    } while (page.size() == LOAD_PAGE);
    return last;
  }

  /** The two tables that hold requests, and the sign of their positions in the index. */
  private enum Table {
    JOURNAL("journal", Positions.OF_JOURNAL, 1),
    UNCHANGED("unchanged_requests", Positions.OF_UNCHANGED, -1);

    private final int sign;
    private final Positions positions;
    private final String keysFrom;
    private final String atPosition;

    Table(String name, Positions positions, int sign) {
      this.sign = sign;
      this.positions = positions;
      keysFrom =
          "select position, request_key from "
              + name
              + " where position >= ? order by position limit ?";
      atPosition =
          "select customer_id, subject_id, seq, at, request_key, body_hash from "
              + name
              + " where position = ?";
    }
  }

  private record Recent(long position, Fingerprint key) {
    static Recent of(Row row) throws SQLException {
      return new Recent(row.number(1), Fingerprint.of(row.bytes(2)));
    }
  }

  /** Collects every place under a key. */
  private static final class Candidates {
    private final List<Long> places = new ArrayList<>(1);

    boolean add(long place) {
      places.add(place);
      return false;
    }

    List<Long> places() {
      return places;
    }
  }
}
