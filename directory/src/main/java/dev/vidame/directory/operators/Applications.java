package dev.vidame.directory.operators;

import dev.vidame.directory.Failure;
import dev.vidame.directory.audit.AuditTrail;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.journal.FieldChanges;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.ApplicationTable;
import dev.vidame.directory.partners.ApplicationTable.Secret;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.PartnerTable;
import dev.vidame.directory.partners.SecretHash;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What operators do to the applications of partners and to their secrets. Thread-safe. Each change
 * is a row of the partner's own journal and holds from the next request on: tokens that were had
 * with what is taken away are good no more.
 */
public final class Applications {
  /** Two, so that a new secret can be brought into use before the old one is taken away. */
  public static final int MOST_SECRETS = 2;

  private static final int SECRET_BYTES = 32;

  private final Transactions transactions;
  private final Ledger ledger;
  private final Standings standings;
  private final SecureRandom random;
  private final Clock clock;

  /** Operations over a store. */
  @SuppressWarnings("TooManyParameters") // everything that a change touches, once
  public Applications(
      Transactions transactions,
      Ledger ledger,
      Standings standings,
      SecureRandom random,
      Clock clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.standings = standings;
    this.random = random;
    this.clock = clock;
  }

  /**
   * A secret that was just made.
   *
   * @param secret which
   * @param text what the application proves itself with; null when this repeats an earlier request,
   *     because nobody can read it again
   */
  public record NewSecret(Secret secret, @Nullable String text) {
    /** Never shows the text. */
    @Override
    public String toString() {
      return "NewSecret[" + secret + "]";
    }
  }

  /**
   * An application that was just created.
   *
   * @param application which
   * @param secret its first secret; null for a public one, and when this repeats an earlier request
   */
  public record Created(Application application, @Nullable String secret) {
    /** Never shows the secret. */
    @Override
    public String toString() {
      return "Created[" + application + "]";
    }
  }

  /** A partner's applications behind an id, by id. */
  public List<Application> page(PartnerId partner, UUID after, int size) {
    return transactions.query(session -> ApplicationTable.page(session, partner, after, size));
  }

  /** The application, or empty where the partner has no such one. */
  public Optional<Application> get(PartnerId partner, ApplicationId id) {
    return transactions.query(session -> ApplicationTable.find(session, partner, id));
  }

  /**
   * Creates an application, with a secret unless it is a public one.
   *
   * @return empty where there is no such partner, or this repeats a request whose application is
   *     gone
   * @throws dev.vidame.directory.DirectoryException when the id is taken
   */
  public Optional<Done<Created>> create(Application application, ChangeRequest request) {
    return create(application, application.isConfidential() ? newText() : null, request);
  }

  /**
   * As {@link #create(Application, ChangeRequest)}, with a secret that is there already.
   *
   * @param text at least 128 bits of chance, since only a fast hash of it is kept; null for a
   *     public application
   */
  public Optional<Done<Created>> create(
      Application application, @Nullable String text, ChangeRequest request) {
    UUID secretId = newId();
    return transactions.writeShared(session -> {
      Optional<UUID> earlier = ledger.repeated(session, request);
      if (earlier.isPresent()) {
        return ApplicationTable.find(
                session, application.partner(), new ApplicationId(earlier.get()))
            .map(found -> new Done<>(new Created(found, null), true));
      }
      if (PartnerTable.find(session, application.partner()).isEmpty()) {
        return Optional.<Done<Created>>empty();
      }
      if (ApplicationTable.find(session, application.id()).isPresent()) {
        throw new Failure.Conflict("id").asException();
      }
      standings.change(session);
      ApplicationTable.insert(session, application, clock.instant());
      FieldChanges fields = new FieldChanges();
      fields.add("name", null, application.name());
      fields.add("public", null, !application.isConfidential());
      if (!application.redirectUris().isEmpty()) {
        fields.add("redirectUris", null, inWords(application));
      }
      if (text != null) {
        Secret secret = new Secret(secretId, clock.instant());
        ApplicationTable.insertSecret(session, application.id(), secret, SecretHash.of(text));
        fields.add("secret", null, secretId);
      }
      row(session, Operation.CREATE_APPLICATION, application, fields, request);
      return Optional.of(new Done<>(new Created(application, text), false));
    });
  }

  /**
   * Changes an application; null leaves a property alone. Through one that is disabled, or allowed
   * again, agents have to sign in anew.
   *
   * @return empty where the partner has no such application
   */
  public Optional<Done<Application>> update(
      PartnerId partner, ApplicationId id, Update update, ChangeRequest request) {
    return transactions.writeShared(session -> {
      boolean isReplay = ledger.isReplay(session, request);
      Optional<Application> found = ApplicationTable.find(session, partner, id);
      if (isReplay || found.isEmpty()) {
        return found.map(application -> new Done<>(application, isReplay));
      }
      Application old = found.get();
      Application changed = update.of(old);
      standings.change(session);
      ApplicationTable.update(session, old, changed, clock.instant());
      FieldChanges fields = new FieldChanges();
      fields.add("name", old.name(), changed.name());
      fields.add("redirectUris", inWords(old), inWords(changed));
      fields.add("disabled", old.isDisabled(), changed.isDisabled());
      row(session, Operation.UPDATE_APPLICATION, changed, fields, request);
      return Optional.of(new Done<>(changed, false));
    });
  }

  private static String inWords(Application application) {
    return String.join(" ", application.redirectUris());
  }

  /**
   * What is to change; null leaves it alone.
   *
   * @param name for people
   * @param isDisabled whether it may have no tokens
   * @param redirectUris where browsers may be sent, all of them
   */
  public record Update(
      @Nullable String name, @Nullable Boolean isDisabled, @Nullable List<String> redirectUris) {
    /** Copies the addresses. */
    public Update {
      redirectUris = redirectUris == null ? null : List.copyOf(redirectUris);
    }

    /** A change of the name, or of whether it may have tokens. */
    public Update(@Nullable String name, @Nullable Boolean isDisabled) {
      this(name, isDisabled, null);
    }

    private Application of(Application application) {
      return new Application(
          application.id(),
          application.partner(),
          name == null ? application.name() : name,
          application.isConfidential(),
          isDisabled == null ? application.isDisabled() : isDisabled,
          redirectUris == null ? application.redirectUris() : redirectUris);
    }
  }

  /**
   * Deletes an application with its secrets and keys, and ends the refresh tokens that were had
   * through it.
   *
   * @return empty where the partner has no such application
   */
  public Optional<Done<ApplicationId>> delete(
      PartnerId partner, ApplicationId id, ChangeRequest request) {
    return transactions.writeShared(session -> {
      if (ledger.isReplay(session, request)) {
        return Optional.of(new Done<>(id, true));
      }
      Optional<Application> found = ApplicationTable.find(session, partner, id);
      if (found.isEmpty()) {
        return Optional.<Done<ApplicationId>>empty();
      }
      standings.change(session);
      AuditTrail.keepName(session, partner, id.value(), found.get().name());
      ApplicationTable.delete(session, found.get(), clock.instant());
      ledger.append(
          session,
          PartnerRegistry.journalOf(partner),
          Ledger.bare(Operation.DELETE_APPLICATION, id.value()),
          request);
      return Optional.of(new Done<>(id, false));
    });
  }

  /** An application's secrets, oldest first, or empty where the partner has no such application. */
  public Optional<List<Secret>> secrets(PartnerId partner, ApplicationId id) {
    return transactions.read(session ->
        ApplicationTable.find(session, partner, id).isEmpty()
            ? Optional.<List<Secret>>empty()
            : Optional.of(ApplicationTable.secrets(session, id)));
  }

  /**
   * Makes another secret, which is good beside the one that there is.
   *
   * @return empty where the partner has no such application, or this repeats a request whose secret
   *     is gone
   * @throws dev.vidame.directory.DirectoryException when there are two already, or the application
   *     is a public one
   */
  public Optional<Done<NewSecret>> addSecret(
      PartnerId partner, ApplicationId id, ChangeRequest request) {
    String text = newText();
    UUID secretId = newId();
    return transactions.writeShared(session -> {
      Optional<Application> found = ApplicationTable.find(session, partner, id);
      if (found.isEmpty()) {
        return Optional.<Done<NewSecret>>empty();
      }
      List<Secret> known = ApplicationTable.secrets(session, id);
      Optional<UUID> earlier = ledger.repeated(session, request);
      if (earlier.isPresent()) {
        return known.stream()
            .filter(secret -> secret.id().equals(earlier.get()))
            .findFirst()
            .map(secret -> new Done<>(new NewSecret(secret, null), true));
      }
      requireRoom(found.get(), known);
      Secret secret = new Secret(secretId, clock.instant());
      ApplicationTable.insertSecret(session, id, secret, SecretHash.of(text));
      secretRow(session, Operation.ADD_SECRET, found.get(), secretId, request);
      return Optional.of(new Done<>(new NewSecret(secret, text), false));
    });
  }

  private static void requireRoom(Application application, List<Secret> known) {
    if (!application.isConfidential()) {
      throw new Failure.Invalid(List.of(Problem.of("secrets", Rule.PUBLIC_APPLICATION)))
          .asException();
    }
    if (known.size() >= MOST_SECRETS) {
      throw new Failure.Invalid(List.of(Problem.of("secrets", Rule.TOO_MANY_SECRETS, MOST_SECRETS)))
          .asException();
    }
  }

  /**
   * Takes a secret away, and with it the access tokens that it was exchanged for.
   *
   * @return empty where the partner has no such application, or it has no such secret
   */
  public Optional<Done<UUID>> removeSecret(
      PartnerId partner, ApplicationId id, UUID secret, ChangeRequest request) {
    return transactions.writeShared(session -> {
      if (ledger.isReplay(session, request)) {
        return Optional.of(new Done<>(secret, true));
      }
      Optional<Application> found = ApplicationTable.find(session, partner, id);
      if (found.isEmpty() || !ApplicationTable.deleteSecret(session, id, secret)) {
        return Optional.<Done<UUID>>empty();
      }
      standings.change(session);
      secretRow(session, Operation.REMOVE_SECRET, found.get(), secret, request);
      return Optional.of(new Done<>(secret, false));
    });
  }

  private String newText() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private UUID newId() {
    return NewIds.from(random);
  }

  private void row(
      Session session,
      Operation operation,
      Application application,
      FieldChanges fields,
      ChangeRequest request)
      throws SQLException {
    ledger.update(
        session,
        PartnerRegistry.journalOf(application.partner()),
        new Journal.Change(operation, application.id().value(), fields.list()),
        request);
  }

  private void secretRow(
      Session session,
      Operation operation,
      Application application,
      UUID secret,
      ChangeRequest request)
      throws SQLException {
    boolean isNew = operation == Operation.ADD_SECRET;
    FieldChanges fields = new FieldChanges();
    fields.add("application", isNew ? null : application.id(), isNew ? application.id() : null);
    ledger.append(
        session,
        PartnerRegistry.journalOf(application.partner()),
        new Journal.Change(operation, secret, fields.list()),
        request);
  }
}
