package dev.vidame.directory.secrets;

import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Optional;

/** Secrets that the service makes for itself, shared by all who use one store. Thread-safe. */
public final class Secrets {
  private static final int BYTES = 32;

  private static final String FIND = "select secret from secrets where name = ?";
  private static final String INSERT = "insert into secrets (name, secret) values (?,?)";

  private final Transactions transactions;
  private final SecureRandom random;

  /** Secrets in a store. */
  public Secrets(Transactions transactions, SecureRandom random) {
    this.transactions = transactions;
    this.random = random;
  }

  /** The 32 bytes of this name, made when they are first asked for. */
  public byte[] get(String name) {
    Optional<byte[]> known = transactions.query(session -> find(session, name));
    return known.orElseGet(() -> create(name));
  }

  /** Somebody else may have been faster, and then that secret is the one. */
  private byte[] create(String name) {
    byte[] fresh = new byte[BYTES];
    random.nextBytes(fresh);
    return transactions.writeShared(session -> {
      Optional<byte[]> known = find(session, name);
      if (known.isPresent()) {
        return known.get();
      }
      session.update(INSERT, arguments -> arguments.text(name).bytes(fresh));
      return fresh;
    });
  }

  private static Optional<byte[]> find(Session session, String name) throws SQLException {
    return session.one(FIND, arguments -> arguments.text(name), row -> row.bytes(1));
  }
}
