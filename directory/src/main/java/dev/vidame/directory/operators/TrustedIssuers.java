package dev.vidame.directory.operators;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.FieldChanges;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.partners.ExternalIssuer;
import dev.vidame.directory.partners.ExternalIssuerTable;
import dev.vidame.directory.partners.IssuerSignInTable;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.PartnerTable;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which identity providers operators trust for which partner. Thread-safe. Each change is a row of
 * the partner's own journal and holds from the next request on.
 */
public final class TrustedIssuers {
  private static final int MOST = 20;

  private final Transactions transactions;
  private final Ledger ledger;
  private final Standings standings;
  private final Clock clock;

  /** Operations over a store. */
  public TrustedIssuers(
      Transactions transactions, Ledger ledger, Standings standings, Clock clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.standings = standings;
    this.clock = clock;
  }

  /** A partner's issuers behind an id, by id. */
  public List<ExternalIssuer> page(PartnerId partner, UUID after, int size) {
    return transactions.query(session -> ExternalIssuerTable.page(session, partner, after, size));
  }

  /** The issuer, or empty where the partner has no such one. */
  public Optional<ExternalIssuer> get(PartnerId partner, UUID id) {
    return transactions.query(session -> ExternalIssuerTable.find(session, partner, id));
  }

  /**
   * Trusts an issuer.
   *
   * @return empty where there is no such partner, or this repeats a request whose issuer is gone
   * @throws dev.vidame.directory.DirectoryException when the id is taken, when whatever partner has
   *     the issuer with the audience, or when the partner has as many as it may have
   */
  public Optional<Done<ExternalIssuer>> add(ExternalIssuer issuer, ChangeRequest request) {
    return transactions.writeShared(session -> {
      Optional<UUID> earlier = ledger.repeated(session, request);
      if (earlier.isPresent()) {
        return ExternalIssuerTable.find(session, issuer.partner(), earlier.get())
            .map(found -> new Done<>(found, true));
      }
      if (PartnerTable.find(session, issuer.partner()).isEmpty()) {
        return Optional.<Done<ExternalIssuer>>empty();
      }
      requireRoom(session, issuer);
      standings.change(session);
      ExternalIssuerTable.insert(session, issuer, clock.instant());
      ledger.append(
          session,
          PartnerRegistry.journalOf(issuer.partner()),
          new Journal.Change(Operation.TRUST_ISSUER, issuer.id(), fields(issuer)),
          request);
      return Optional.of(new Done<>(issuer, false));
    });
  }

  private static void requireRoom(Session session, ExternalIssuer issuer) throws SQLException {
    if (ExternalIssuerTable.isIdTaken(session, issuer.id())) {
      throw new Failure.Conflict("id").asException();
    }
    if (ExternalIssuerTable.isTaken(session, issuer)) {
      throw new Failure.Conflict("audience").asException();
    }
    if (ExternalIssuerTable.page(session, issuer.partner(), new UUID(0, 0), MOST).size() == MOST) {
      throw new Failure.Invalid(List.of(Problem.of("issuer", Rule.TOO_MANY_ISSUERS, MOST)))
          .asException();
    }
  }

  private static List<FieldChange> fields(ExternalIssuer issuer) {
    return new FieldChanges()
        .add("issuer", null, issuer.issuer())
        .add("audience", null, issuer.audience())
        .add("jwksUrl", null, issuer.jwksUrl())
        .add("agentClaim", null, issuer.claims().agent())
        .add("applicationClaim", null, issuer.claims().application())
        .list();
  }

  /**
   * Trusts an issuer no more.
   *
   * @return empty where the partner has no such issuer
   */
  public Optional<Done<UUID>> remove(PartnerId partner, UUID id, ChangeRequest request) {
    return transactions.writeShared(session -> {
      if (ledger.isReplay(session, request)) {
        return Optional.of(new Done<>(id, true));
      }
      Optional<ExternalIssuer> found = ExternalIssuerTable.find(session, partner, id);
      if (found.isEmpty()) {
        return Optional.<Done<UUID>>empty();
      }
      standings.change(session);
      ExternalIssuerTable.delete(session, found.get());
      IssuerSignInTable.delete(session, partner, id);
      ledger.append(
          session,
          PartnerRegistry.journalOf(partner),
          Ledger.bare(Operation.DISTRUST_ISSUER, id),
          request);
      return Optional.of(new Done<>(id, false));
    });
  }
}
