package dev.vidame.directory.operators;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.journal.FieldChanges;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.SecretHash;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The operators of a store and what they prove themselves with. Thread-safe. Each change is a row
 * of the service's own journal.
 *
 * <p>A secret reads {@code vop_<32 hex digits of the id>_<43 characters>}: the last part has 256
 * bits of chance, so that a fast hash of the whole is all that need be kept.
 */
public final class Operators {
  /** In whose name operators act on what is no partner's. */
  public static final PartnerId NO_PARTNER = new PartnerId(new UUID(0, 0));

  private static final int SECRET_BYTES = 32;
  private static final int HEX = 16;

  private static final Pattern SECRET =
      Pattern.compile("vop_([0-9a-f]{16})([0-9a-f]{16})_[A-Za-z0-9_-]{43}");

  private static final String ANY = "select 1 from operators limit 1";

  private static final String ANOTHER = "select 1 from operators where operator_id <> ? limit 1";

  private static final String INSERT =
      "insert into operators (operator_id, name, secret_hash, created_at) values (?,?,?,?)";

  private static final String COLUMNS =
      "select operator_id, name, created_at, secret_hash from operators";

  private static final String BY_ID = COLUMNS + " where operator_id = ?";

  private static final String PAGE =
      COLUMNS + " where operator_id > ? order by operator_id limit ?";

  private static final String DELETE = "delete from operators where operator_id = ?";

  private final Transactions transactions;
  private final Ledger ledger;
  private final SecureRandom random;
  private final Clock clock;

  /** Operators in a store. */
  public Operators(Transactions transactions, Ledger ledger, SecureRandom random, Clock clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.random = random;
    this.clock = clock;
  }

  /**
   * An operator who was just created.
   *
   * @param operator who
   * @param secret what it proves itself with; nobody can read it again, so null when this repeats
   *     an earlier request
   */
  public record Created(Operator operator, @Nullable String secret) {
    /** Never shows the secret. */
    @Override
    public String toString() {
      return "Created[" + operator + "]";
    }
  }

  /** Creates an operator where there is none yet; empty where there is one. */
  public Optional<Created> createFirst(String name) {
    return transactions.writeShared(session ->
        session.exists(ANY, arguments -> {})
            ? Optional.<Created>empty()
            : Optional.of(insert(session, name, byTheServer())));
  }

  private ChangeRequest byTheServer() {
    return ChangeRequest.once(Actor.operator(NO_PARTNER), NewIds.from(random));
  }

  /**
   * Creates an operator in nobody's name, for who has the store in hand but no operator's secret
   * any more.
   */
  public Created createAnother(String name) {
    return transactions.writeShared(session -> insert(session, name, byTheServer()));
  }

  /**
   * Creates an operator.
   *
   * @return empty where this repeats a request whose operator is gone since
   */
  public Optional<Done<Created>> create(String name, ChangeRequest request) {
    return transactions.writeShared(session -> {
      Optional<UUID> earlier = ledger.repeated(session, request);
      if (earlier.isPresent()) {
        return find(session, earlier.get())
            .map(found -> new Done<>(new Created(found.operator(), null), true));
      }
      return Optional.of(new Done<>(insert(session, name, request), false));
    });
  }

  private Created insert(Session session, String name, ChangeRequest request) throws SQLException {
    Operator operator =
        new Operator(NewIds.from(random), name, clock.instant().truncatedTo(ChronoUnit.MICROS));
    String secret = secret(operator.id());
    session.update(
        INSERT,
        arguments ->
            arguments
                .uuid(operator.id())
                .text(name)
                .bytes(SecretHash.of(secret))
                .instant(operator.createdAt()));
    ledger.append(
        session,
        Ledger.SERVICE,
        new Journal.Change(
            Operation.CREATE_OPERATOR,
            operator.id(),
            new FieldChanges().add("name", null, name).list()),
        request);
    return new Created(operator, secret);
  }

  private String secret(UUID id) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return "vop_%016x%016x_%s"
        .formatted(
            id.getMostSignificantBits(),
            id.getLeastSignificantBits(),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The operators behind an id, by id. */
  public List<Operator> page(UUID after, int size) {
    return transactions.query(session ->
        session.list(
            PAGE,
            arguments -> arguments.uuid(after).number(size),
            row -> Stored.of(row).operator()));
  }

  /** The operator, or empty where there is none. */
  public Optional<Operator> get(UUID id) {
    return transactions.query(session -> find(session, id)).map(Stored::operator);
  }

  /**
   * Deletes an operator, whose secret is good no more.
   *
   * @return empty where there is no such operator
   * @throws dev.vidame.directory.DirectoryException when it is the last one
   */
  public Optional<Done<UUID>> delete(UUID id, ChangeRequest request) {
    return transactions.writeShared(session -> {
      if (ledger.isReplay(session, request)) {
        return Optional.of(new Done<>(id, true));
      }
      if (find(session, id).isEmpty()) {
        return Optional.<Done<UUID>>empty();
      }
      if (!session.exists(ANOTHER, arguments -> arguments.uuid(id))) {
        throw new Failure.Invalid(List.of(Problem.of("id", Rule.LAST_OPERATOR))).asException();
      }
      session.update(DELETE, arguments -> arguments.uuid(id));
      ledger.append(session, Ledger.SERVICE, Ledger.bare(Operation.DELETE_OPERATOR, id), request);
      return Optional.of(new Done<>(id, false));
    });
  }

  /** The operator with this secret, or empty. Compares in constant time. */
  public Optional<Operator> authenticate(String secret) {
    Matcher parts = SECRET.matcher(secret);
    if (!parts.matches()) {
      return Optional.empty();
    }
    UUID id =
        new UUID(
            Long.parseUnsignedLong(parts.group(1), HEX),
            Long.parseUnsignedLong(parts.group(2), HEX));
    byte[] given = SecretHash.of(secret);
    return transactions
        .query(session -> find(session, id))
        .filter(stored -> MessageDigest.isEqual(stored.hash(), given))
        .map(Stored::operator);
  }

  private static Optional<Stored> find(Session session, UUID id) throws SQLException {
    return session.one(BY_ID, arguments -> arguments.uuid(id), Stored::of);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  private record Stored(Operator operator, byte[] hash) {
    static Stored of(Row row) throws SQLException {
      return new Stored(new Operator(row.uuid(1), row.text(2), row.instant(3)), row.bytes(4));
    }

    /** Never shows the hash. */
    @Override
    public String toString() {
      return "Stored[" + operator + "]";
    }
  }
}
