package dev.vidame.directory.journal;

import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.LockedHeads.Head;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import java.nio.BufferUnderflowException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;

/**
 * Appends to the journal, reads it, and checks its chain.
 *
 * <p>Appending happens on the writing side only, which runs one unit of work of a customer at a
 * time; reading and verifying need no more than their session.
 */
public final class Journal {
  private static final int SALT_BYTES = 16;
  private static final int VERIFY_PAGE = 1_000;

  static final String COLUMNS =
      "customer_id, seq, at, partner_id, actor_id, application_id, operation, subject_id, request_id,"
          + " correlation_id, request_key, body_hash, changes, salt, payload_hash, hash";

  private static final String INSERT =
      "insert into journal (" + COLUMNS + ", position) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

  private static final ByDialect PAGE =
      ByDialect.rowsOfCustomer(COLUMNS, "of_seq > ?2", " order by of_seq limit ?3");

  private static final ByDialect SEQ_AT =
      ByDialect.rowsOfCustomer("seq", "at <= ?2", " order by of_seq desc limit 1");

  private static final ByDialect END =
      ByDialect.rowsOfCustomer("seq, hash", "of_seq > 0", " order by of_seq desc limit 1");

  private static final String ANY_OTHER =
      "select 1 from journal where operation not in (?,?) limit 1";

  private static final ByDialect OF_SUBJECT_SINCE =
      ByDialect.rowsOfCustomer(COLUMNS, "of_seq > ?2 and subject_id = ?3", " order by of_seq desc");

  private final Clock clock;
  private final RandomGenerator salts;
  private final Replays replays;
  private final JournalEnds ends;
  private final CommitBells bells = new CommitBells();
  private final CommitCounts counts = new CommitCounts();

  /**
   * A journal.
   *
   * @param clock stamps the rows
   * @param salts a source of unpredictable numbers
   * @param replays is told of each row, so that a repeated request finds it
   * @param dialect where it is kept
   */
  public Journal(Clock clock, RandomGenerator salts, Replays replays, Dialect dialect) {
    this.clock = clock;
    this.ends = JournalEnds.in(dialect, clock);
    this.salts = salts;
    this.replays = replays;
  }

  /**
   * Appends a change to its customer's journal.
   *
   * @return the change with its place and time
   */
  public Entry append(Session session, CustomerId customer, Change change, ChangeRequest request)
      throws SQLException {
    Head head = ends.head(session, customer);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<FieldChange> fields = marked(change.fields(), request);
    ChangeRequest kept = request.withBodyHash(replays.kept(request.bodyHash()));
    Entry entry =
        new Entry(
            customer, head.seq() + 1, now, change.operation(), change.subject(), kept, fields);
    byte[] salt = new byte[SALT_BYTES];
    salts.nextBytes(salt);
    String changes = ChangesJson.write(fields);
    byte[] payloadHash = Chain.payloadHash(changes, salt);
    byte[] hash = Chain.hash(head.hash(), entry, payloadHash);
    long position = ends.nextPosition(session);
    insert(session, new SealedEntry(entry, changes, salt, payloadHash, hash), position);
    ends.appended(session, customer, new Head(entry.seq(), hash), position);
    replays.remember(session, request.key(), position);
    session.onCommit(() -> {
      counts.count(customer);
      bells.ring(customer);
    });
    return entry;
  }

  /** What rings for each row that was committed here. */
  public CommitBells bells() {
    return bells;
  }

  /** How many rows were committed here. */
  public CommitCounts counts() {
    return counts;
  }

  private static List<FieldChange> marked(List<FieldChange> fields, ChangeRequest request) {
    if (request.ofMany() == 0) {
      return fields;
    }
    List<FieldChange> marked = new ArrayList<>(fields);
    marked.add(new FieldChange(FieldChange.MASS, null, Integer.toString(request.ofMany())));
    return marked;
  }

  private static void insert(Session session, SealedEntry row, long position) throws SQLException {
    Entry entry = row.entry();
    ChangeRequest request = entry.request();
    session.updateLater(
        INSERT,
        arguments ->
            arguments
                .uuid(entry.customer().value())
                .number(entry.seq())
                .instant(entry.at())
                .uuid(request.actor().partner().value())
                .uuid(request.actor().agent().map(AgentId::value).orElse(null))
                .uuid(request.actor().application().value())
                .text(entry.operation().code())
                .uuid(entry.subject())
                .uuid(request.requestId())
                .uuid(request.correlationId())
                .bytes(request.key().bytes())
                .bytes(request.bodyHash().bytes())
                .text(row.changes())
                .bytes(row.salt())
                .bytes(row.payloadHash())
                .bytes(row.hash())
                .number(position));
  }

  /**
   * The last {@code seq} of the customer's journal, 0 where nothing ever changed. For the writing
   * side.
   */
  public long lastSeq(Session session, CustomerId customer) throws SQLException {
    return ends.lastSeq(session, customer);
  }

  /** A position behind all rows of all customers, or that of the last. For the writing side. */
  public long lastPosition(Session session) throws SQLException {
    return ends.lastPosition(session);
  }

  /** The lowest position that a row of this moment has in a store that several servers share. */
  public static long positionOf(Instant moment) {
    return EndsInStore.position(moment);
  }

  /** What happened to one subject after a point of its customer's journal, newest first. */
  public static List<Entry> changesSince(
      Session session, CustomerId customer, UUID subject, long seq) throws SQLException {
    return sealedChangesSince(session, customer, subject, seq).stream()
        .map(SealedEntry::entry)
        .toList();
  }

  /** As {@link #changesSince}, each row with whether it was erased. */
  public static List<SealedEntry> sealedChangesSince(
      Session session, CustomerId customer, UUID subject, long seq) throws SQLException {
    return session.list(
        OF_SUBJECT_SINCE.in(session),
        arguments -> arguments.uuid(customer.value()).number(seq).uuid(subject),
        Journal::sealed);
  }

  /** The last row of a customer that is not later than a moment; 0 where there is none. */
  public static long seqAt(Session session, CustomerId customer, Instant moment)
      throws SQLException {
    return session
        .one(
            SEQ_AT.in(session),
            arguments -> arguments.uuid(customer.value()).instant(moment),
            row -> row.number(1))
        .orElse(0L);
  }

  /** Whether there is any row of another operation than these two. */
  public static boolean isAny(Session session, Operation except, Operation andExcept)
      throws SQLException {
    return session.exists(
        ANY_OTHER, arguments -> arguments.text(except.code()).text(andExcept.code()));
  }

  /** A customer's changes after a point, oldest first, at most {@code limit}. */
  public static List<Entry> page(Session session, CustomerId customer, long afterSeq, int limit)
      throws SQLException {
    return sealedPage(session, customer, afterSeq, limit).stream().map(SealedEntry::entry).toList();
  }

  /** As {@link #page}, each row with what its hash is made of. A single statement. */
  public static List<SealedEntry> sealedPage(
      Session session, CustomerId customer, long afterSeq, int limit) throws SQLException {
    return session.list(
        PAGE.in(session),
        arguments -> arguments.uuid(customer.value()).number(afterSeq).number(limit),
        Journal::sealed);
  }

  /**
   * Rows up to one that cannot be read.
   *
   * @param rows those that can, in order
   * @param isEndReadable whether it is not such a row that ended them
   */
  record ReadableRows(List<SealedEntry> rows, boolean isEndReadable) {}

  /** As {@link #sealedPage}, but up to a row that nobody ever wrote so. A single statement. */
  static ReadableRows readableRows(Session session, CustomerId customer, long afterSeq, int limit)
      throws SQLException {
    List<SealedEntry> rows = new ArrayList<>();
    AtomicBoolean isReadable = new AtomicBoolean(true);
    session.scan(
        PAGE.in(session),
        arguments -> arguments.uuid(customer.value()).number(afterSeq).number(limit),
        row -> {
          try {
            rows.add(sealed(row));
          } catch (IllegalStateException
              | IllegalArgumentException
              | BufferUnderflowException
              | JacksonException e) {
            isReadable.set(false); // what is wrong is told by whoever checks the rows
          }
          return isReadable.get();
        });
    return new ReadableRows(rows, isReadable.get());
  }

  /** The end of a customer's journal, as the rows say. A single statement. */
  public static Head end(Session session, CustomerId customer) throws SQLException {
    return session
        .one(
            END.in(session),
            arguments -> arguments.uuid(customer.value()),
            row -> new Head(row.number(1), row.bytes(2)))
        .orElseGet(() -> new Head(0, Chain.start()));
  }

  /**
   * Checks every row of a customer: no gap, no altered column, no altered payload, no broken link.
   */
  public static Verification verify(Session session, CustomerId customer) throws SQLException {
    ChainCheck check = ChainCheck.fromStart();
    while (true) {
      List<SealedEntry> page = sealedPage(session, customer, check.seq(), VERIFY_PAGE);
      for (SealedEntry row : page) {
        Optional<String> fault = check.next(row);
        if (fault.isPresent()) {
          return new Verification(check.seq(), fault);
        }
      }
      if (page.size() < VERIFY_PAGE) {
        return new Verification(check.seq(), Optional.empty());
      }
    }
  }

  static Entry entry(Row row) throws SQLException {
    return sealed(row).entry();
  }

  private static SealedEntry sealed(Row row) throws SQLException {
    UUID agent = row.optionalUuid(5);
    Actor actor =
        new Actor(
            new PartnerId(row.uuid(4)),
            agent == null ? null : new AgentId(agent),
            new ApplicationId(row.uuid(6)));
    ChangeRequest request =
        new ChangeRequest(
            actor,
            row.uuid(9),
            row.uuid(10),
            Fingerprint.of(row.bytes(11)),
            Fingerprint.of(row.bytes(12)));
    String changes = row.text(13);
    Entry entry =
        new Entry(
            new CustomerId(row.uuid(1)),
            row.number(2),
            row.instant(3),
            Operation.of(row.text(7)),
            row.uuid(8),
            request,
            ChangesJson.read(changes));
    return new SealedEntry(entry, changes, row.bytes(14), row.bytes(15), row.bytes(16));
  }

  /**
   * What a change does.
   *
   * @param operation the kind
   * @param subject the account, or the customer itself
   * @param fields the properties, secrets blanked
   */
  public record Change(Operation operation, UUID subject, List<FieldChange> fields) {}

  /**
   * What a check of a customer's chain found.
   *
   * @param verifiedUpTo the last {@code seq} that is good
   * @param fault what is wrong with the next row, or empty when all rows are good
   */
  public record Verification(long verifiedUpTo, Optional<String> fault) {
    /** Whether every row is as it was written. */
    public boolean isIntact() {
      return fault.isEmpty();
    }
  }
}
