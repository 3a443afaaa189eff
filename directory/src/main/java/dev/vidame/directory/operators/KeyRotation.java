package dev.vidame.directory.operators;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.journal.FieldChanges;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.partners.SigningKeys;
import dev.vidame.directory.partners.SigningKeys.KeptKey;
import dev.vidame.directory.partners.SigningKeys.StoredKey;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Exchanges the key that signs tokens for the next one. Thread-safe. Each exchange is a row of the
 * service's own journal, about an id that is made from the key's.
 */
public final class KeyRotation {
  /** Whoever checks tokens reads all keys, so there cannot be any number of them. */
  public static final int MOST_KEYS = 10;

  private final Transactions transactions;
  private final Ledger ledger;
  private final Clock clock;

  /** Rotation of a store's keys. */
  public KeyRotation(Transactions transactions, Ledger ledger, Clock clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Exchanges the key that signs.
   *
   * @param generator makes the next one; not asked where there can be none
   * @param lifetime how long the tokens live that it will sign
   * @return the next key, or empty where this repeats a request whose key is gone since
   * @throws dev.vidame.directory.DirectoryException when too many keys still verify
   */
  public Optional<Done<KeptKey>> rotate(
      Supplier<StoredKey> generator, Duration lifetime, ChangeRequest request) {
    Optional<Done<KeptKey>> known =
        transactions.writeShared(session -> {
          Optional<Done<KeptKey>> repeated = repeated(session, request);
          if (repeated.isEmpty()) {
            requireRoom(session);
          }
          return repeated;
        });
    if (known.isPresent()) {
      return known;
    }
    StoredKey next = generator.get();
    return transactions.writeShared(session -> {
      Optional<UUID> earlier = ledger.repeated(session, request);
      if (earlier.isPresent()) {
        return repeated(session, request);
      }
      requireRoom(session);
      replace(session, next, lifetime, request);
      return Optional.of(new Done<>(find(session, subject(next.id())).orElseThrow(), false));
    });
  }

  /** What became of a look at the age of the key that signs. */
  public enum Renewal {
    /** It was old, and another one signs now. */
    DONE,
    /** It is not old, or somebody else has just exchanged it. */
    NOT_DUE,
    /** It is old, but too many keys still verify. */
    NO_ROOM
  }

  /**
   * Exchanges the key that signs where it is as old as this or older. Of any number of calls at a
   * time, of whatever processes, one does.
   *
   * @param generator makes the next one; not asked where there need or can be none
   * @param lifetime how long the tokens live that it will sign
   */
  public Renewal renew(
      Supplier<StoredKey> generator, Duration lifetime, Duration age, ChangeRequest request) {
    Renewal wanted = transactions.writeShared(session -> due(session, age));
    if (wanted != Renewal.DONE) {
      return wanted;
    }
    StoredKey next = generator.get();
    return transactions.writeShared(session -> {
      Renewal due = due(session, age);
      if (due == Renewal.DONE) {
        replace(session, next, lifetime, request);
      }
      return due;
    });
  }

  /** What there is to do. */
  private Renewal due(Session session, Duration age) throws SQLException {
    Instant old = clock.instant().minus(age);
    if (SigningKeys.kept(session).getFirst().createdAt().isAfter(old)) {
      return Renewal.NOT_DUE;
    }
    return hasRoom(session) ? Renewal.DONE : Renewal.NO_ROOM;
  }

  private Optional<Done<KeptKey>> repeated(Session session, ChangeRequest request)
      throws SQLException {
    Optional<UUID> earlier = ledger.repeated(session, request);
    return earlier.isEmpty()
        ? Optional.empty()
        : find(session, earlier.get()).map(key -> new Done<>(key, true));
  }

  private void replace(Session session, StoredKey next, Duration lifetime, ChangeRequest request)
      throws SQLException {
    String before = SigningKeys.kept(session).getFirst().key().id();
    SigningKeys.replace(session, next, lifetime, clock.instant());
    ledger.append(
        session,
        Ledger.SERVICE,
        new Journal.Change(
            Operation.ROTATE_SIGNING_KEY,
            subject(next.id()),
            new FieldChanges().add("key", before, next.id()).list()),
        request);
  }

  private boolean hasRoom(Session session) throws SQLException {
    long needed =
        SigningKeys.kept(session).stream().filter(key -> key.isNeededAt(clock.instant())).count();
    return needed < MOST_KEYS;
  }

  private void requireRoom(Session session) throws SQLException {
    if (!hasRoom(session)) {
      throw new Failure.Invalid(List.of(Problem.of("keys", Rule.TOO_MANY_KEYS, MOST_KEYS)))
          .asException();
    }
  }

  private static Optional<KeptKey> find(Session session, UUID subject) throws SQLException {
    return SigningKeys.kept(session).stream()
        .filter(kept -> subject(kept.key().id()).equals(subject))
        .findFirst();
  }

  private static UUID subject(String keyId) {
    return UUID.nameUUIDFromBytes(keyId.getBytes(StandardCharsets.UTF_8));
  }
}
