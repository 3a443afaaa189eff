package dev.vidame.directory.operators;

import dev.vidame.directory.partners.SecretHash;
import dev.vidame.directory.storage.Transactions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operators of a store and what they prove themselves with. Thread-safe.
 *
 * <p>A secret reads {@code vop_<32 hex digits of the id>_<43 characters>}: the last part has 256
 * bits of chance, so that a fast hash of the whole is all that need be kept.
 */
public final class Operators {
  private static final int SECRET_BYTES = 32;
  private static final int HEX = 16;

  private static final Pattern SECRET =
      Pattern.compile("vop_([0-9a-f]{16})([0-9a-f]{16})_[A-Za-z0-9_-]{43}");

  private static final String ANY = "select 1 from operators limit 1";

  private static final String INSERT =
      "insert into operators (operator_id, name, secret_hash, created_at) values (?,?,?,?)";

  private static final String BY_ID =
      "select operator_id, name, secret_hash from operators where operator_id = ?";

  private final Transactions transactions;
  private final SecureRandom random;
  private final Clock clock;

  /** Operators in a store. */
  public Operators(Transactions transactions, SecureRandom random, Clock clock) {
    this.transactions = transactions;
    this.random = random;
    this.clock = clock;
  }

  /**
   * An operator who was just created.
   *
   * @param operator who
   * @param secret what it proves itself with; nobody can read it again
   */
  public record Created(Operator operator, String secret) {
    /** Never shows the secret. */
    @Override
    public String toString() {
      return "Created[" + operator + "]";
    }
  }

  /** Creates an operator where there is none yet; empty where there is one. */
  public Optional<Created> createFirst(String name) {
    return create(name, true);
  }

  /** Creates an operator. */
  public Created create(String name) {
    return create(name, false).orElseThrow();
  }

  private Optional<Created> create(String name, boolean onlyFirst) {
    Operator operator = new Operator(new UUID(random.nextLong(), random.nextLong()), name);
    String secret = secret(operator.id());
    return transactions.writeShared(session -> {
      if (onlyFirst && session.exists(ANY, arguments -> {})) {
        return Optional.<Created>empty();
      }
      session.update(
          INSERT,
          arguments ->
              arguments
                  .uuid(operator.id())
                  .text(name)
                  .bytes(SecretHash.of(secret))
                  .instant(clock.instant()));
      return Optional.of(new Created(operator, secret));
    });
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
        .query(session ->
            session.one(
                BY_ID,
                arguments -> arguments.uuid(id),
                row -> new Stored(new Operator(row.uuid(1), row.text(2)), row.bytes(3))))
        .filter(stored -> MessageDigest.isEqual(stored.hash(), given))
        .map(Stored::operator);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  private record Stored(Operator operator, byte[] hash) {}
}
