package dev.vidame.directory.operators;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.journal.FieldChanges;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.ApplicationKey;
import dev.vidame.directory.partners.ApplicationKeyTable;
import dev.vidame.directory.partners.ApplicationTable;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What operators do to the public keys of applications. Thread-safe. Each change is a row of the
 * partner's own journal, about the key, and holds from the next request on.
 */
public final class ApplicationKeys {
  /** Enough for two machines that each exchange theirs for the next. */
  public static final int MOST_KEYS = 4;

  private final Transactions transactions;
  private final Ledger ledger;
  private final Standings standings;
  private final Clock clock;

  /** Operations over a store. */
  public ApplicationKeys(
      Transactions transactions, Ledger ledger, Standings standings, Clock clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.standings = standings;
    this.clock = clock;
  }

  /**
   * A key that an application does not have yet.
   *
   * @param id what it will be called
   * @param publicKey as {@link ApplicationKey} holds it
   * @param names how assertions will call it
   * @param validity of its certificate, or null
   */
  public record NewKey(
      UUID id,
      String publicKey,
      ApplicationKey.Names names,
      ApplicationKey.@Nullable Validity validity) {
    private ApplicationKey addedAt(Instant now) {
      return new ApplicationKey(id, publicKey, names, validity, now);
    }
  }

  /** An application's keys, oldest first, or empty where the partner has no such application. */
  public Optional<List<ApplicationKey>> list(PartnerId partner, ApplicationId application) {
    return transactions.read(session ->
        ApplicationTable.find(session, partner, application).isEmpty()
            ? Optional.<List<ApplicationKey>>empty()
            : Optional.of(ApplicationKeyTable.all(session, application)));
  }

  /**
   * Gives an application another key.
   *
   * @return empty where the partner has no such application, or this repeats a request whose key is
   *     gone
   * @throws dev.vidame.directory.DirectoryException when the application has the key or as many as
   *     it may have, or is a public one, or when the certificate's time is over
   */
  public Optional<Done<ApplicationKey>> add(
      PartnerId partner, ApplicationId application, NewKey wanted, ChangeRequest request) {
    return transactions.writeShared(session -> {
      Optional<Application> found = ApplicationTable.find(session, partner, application);
      if (found.isEmpty()) {
        return Optional.<Done<ApplicationKey>>empty();
      }
      List<ApplicationKey> known = ApplicationKeyTable.all(session, application);
      Optional<UUID> earlier = ledger.repeated(session, request);
      if (earlier.isPresent()) {
        return known.stream()
            .filter(key -> key.id().equals(earlier.get()))
            .findFirst()
            .map(key -> new Done<>(key, true));
      }
      ApplicationKey key = wanted.addedAt(clock.instant());
      requireGood(found.get(), known, key);
      ApplicationKeyTable.insert(session, application, key);
      row(session, Operation.ADD_APPLICATION_KEY, found.get(), key.id(), request);
      return Optional.of(new Done<>(key, false));
    });
  }

  private static void requireGood(
      Application application, List<ApplicationKey> known, ApplicationKey key) {
    if (!application.isConfidential()) {
      throw invalid(Problem.of("keys", Rule.PUBLIC_APPLICATION));
    }
    if (known.stream().anyMatch(other -> other.publicKey().equals(key.publicKey()))) {
      throw new Failure.Conflict("key").asException();
    }
    ApplicationKey.Validity validity = key.validity();
    if (validity != null && !key.createdAt().isBefore(validity.until())) {
      throw invalid(Problem.of("certificate", Rule.CERTIFICATE_OVER));
    }
    if (known.size() >= MOST_KEYS) {
      throw invalid(Problem.of("keys", Rule.TOO_MANY_APPLICATION_KEYS, MOST_KEYS));
    }
  }

  private static RuntimeException invalid(Problem problem) {
    return new Failure.Invalid(List.of(problem)).asException();
  }

  /**
   * Takes a key away, and with it the access tokens that were had with it.
   *
   * @return empty where the partner has no such application, or it has no such key
   */
  public Optional<Done<UUID>> remove(
      PartnerId partner, ApplicationId application, UUID key, ChangeRequest request) {
    return transactions.writeShared(session -> {
      if (ledger.isReplay(session, request)) {
        return Optional.of(new Done<>(key, true));
      }
      Optional<Application> found = ApplicationTable.find(session, partner, application);
      if (found.isEmpty() || !ApplicationKeyTable.delete(session, application, key)) {
        return Optional.<Done<UUID>>empty();
      }
      standings.change(session);
      row(session, Operation.REMOVE_APPLICATION_KEY, found.get(), key, request);
      return Optional.of(new Done<>(key, false));
    });
  }

  @SuppressWarnings("TooManyParameters") // a row and where it goes
  private void row(
      Session session,
      Operation operation,
      Application application,
      UUID key,
      ChangeRequest request)
      throws SQLException {
    boolean isNew = operation == Operation.ADD_APPLICATION_KEY;
    FieldChanges fields = new FieldChanges();
    fields.add("application", isNew ? null : application.id(), isNew ? application.id() : null);
    ledger.append(
        session,
        PartnerRegistry.journalOf(application.partner()),
        new Journal.Change(operation, key, fields.list()),
        request);
  }
}
