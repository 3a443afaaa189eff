package dev.vidame.directory.partners;

import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The keys that sign tokens, shared by all processes over one store. Thread-safe. */
public final class SigningKeys {
  private static final String ALL =
      "select key_id, jwk from signing_keys order by created_at desc, key_id";

  private static final String INSERT =
      "insert into signing_keys (key_id, jwk, created_at) values (?,?,?)";

  private static final String REWRITE = "update signing_keys set jwk = ? where key_id = ?";

  /** What is replaced is overwritten, and not only marked as free. */
  private static final String OVERWRITE = "pragma secure_delete = on";

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
          var _ = session.list(OVERWRITE, arguments -> {}, row -> row.number(1));
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
