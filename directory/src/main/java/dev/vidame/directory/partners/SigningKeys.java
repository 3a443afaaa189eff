package dev.vidame.directory.partners;

import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The keys that sign tokens, shared by all processes over one store. Thread-safe. */
public final class SigningKeys {
  /** What other clocks may differ by, and a request that was under way. */
  private static final Duration MARGIN = Duration.ofMinutes(2);

  private static final String COLUMNS =
      "select key_id, jwk, created_at, verifies_until from signing_keys";

  /** The one that signs comes first, even where two are equally old. */
  private static final String ALL =
      COLUMNS + " order by verifies_until is not null, created_at desc, key_id";

  private static final String COVER =
      "update signing_keys set token_seconds = ?1 where verifies_until is null and token_seconds < ?1";

  private static final String INSERT_NEXT =
      "insert into signing_keys (key_id, jwk, created_at, token_seconds) values (?,?,?,?)";

  private static final String RETIRE =
      "update signing_keys set verifies_until = ? + token_seconds * 1000000"
          + " where verifies_until is null";

  private static final String PURGE = "delete from signing_keys where verifies_until <= ?";

  private static final String INSERT =
      "insert into signing_keys (key_id, jwk, created_at, token_seconds) values (?,?,?,0)";

  private static final String REWRITE = "update signing_keys set jwk = ? where key_id = ?";

  private final Transactions transactions;
  private final Clock clock;

  /** Keys in a store. */
  public SigningKeys(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * A key as it is stored.
   *
   * @param id the {@code kid}
   * @param jwk the whole key, private part included, as a JSON Web Key
   */
  public record StoredKey(String id, String jwk) {
    /** Never shows the key. */
    @Override
    public String toString() {
      return "StoredKey[" + id + "]";
    }
  }

  /**
   * A key with its times.
   *
   * @param key which
   * @param createdAt since when it is there
   * @param verifiesUntil when the last token that it signed is gone; null while it may sign
   */
  public record KeptKey(StoredKey key, Instant createdAt, @Nullable Instant verifiesUntil) {
    private static KeptKey of(Row row) throws SQLException {
      return new KeptKey(
          new StoredKey(row.text(1), row.text(2)), row.instant(3), row.optionalInstant(4));
    }

    /** Whether tokens that it signed can still be good. */
    public boolean isNeededAt(Instant now) {
      return verifiesUntil == null || now.isBefore(verifiesUntil);
    }
  }

  /** All keys with their times, newest first. */
  public List<KeptKey> kept() {
    return transactions.query(SigningKeys::kept);
  }

  /** Those of a unit of work. */
  public static List<KeptKey> kept(Session session) throws SQLException {
    return session.list(ALL, arguments -> {}, KeptKey::of);
  }

  /** From now on keys sign tokens that live this long. */
  public void signFor(Duration lifetime) {
    transactions.writeShared(
        session -> session.update(COVER, arguments -> arguments.number(lifetime.toSeconds())));
  }

  /**
   * Puts a key in the place of the one that signs, which verifies until its last token is gone.
   * Keys whose time is over are deleted, private halves and all.
   */
  public static void replace(Session session, StoredKey next, Duration lifetime, Instant now)
      throws SQLException {
    session.update(PURGE, arguments -> arguments.instant(now));
    session.update(RETIRE, arguments -> arguments.instant(now.plus(MARGIN)));
    session.update(
        INSERT_NEXT,
        arguments ->
            arguments.text(next.id()).text(next.jwk()).instant(now).number(lifetime.toSeconds()));
  }

  /** All keys, newest first; the first one made by {@code generator} where there is none. */
  public List<StoredKey> loadOrCreate(Supplier<StoredKey> generator) {
    List<StoredKey> known = transactions.query(SigningKeys::all);
    return known.isEmpty() ? create(generator.get()) : known;
  }

  /** Another process may have been faster, and then its key is the one. */
  private List<StoredKey> create(StoredKey first) {
    return transactions.writeShared(session -> {
      List<StoredKey> known = all(session);
      if (!known.isEmpty()) {
        return known;
      }
      session.update(
          INSERT,
          arguments -> arguments.text(first.id()).text(first.jwk()).instant(clock.instant()));
      return List.of(first);
    });
  }

  /**
   * Stores each key in another form.
   *
   * @return how many forms have changed
   */
  public int rewrite(UnaryOperator<StoredKey> form) {
    return transactions.writeShared(session -> {
      int changed = 0;
      for (StoredKey key : all(session)) {
        StoredKey other = form.apply(key);
        if (!other.jwk().equals(key.jwk())) {
          session.leaveNoTrace();
          session.update(REWRITE, arguments -> arguments.text(other.jwk()).text(key.id()));
          changed++;
        }
      }
      return changed;
    });
  }

  private static List<StoredKey> all(Session session) throws SQLException {
    return session.list(ALL, arguments -> {}, row -> new StoredKey(row.text(1), row.text(2)));
  }
}
