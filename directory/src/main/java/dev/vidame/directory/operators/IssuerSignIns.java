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
import dev.vidame.directory.partners.IssuerSignIn;
import dev.vidame.directory.partners.IssuerSignInTable;
import dev.vidame.directory.partners.IssuerSignInTable.Offered;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * With which trusted issuers agents sign in to the dashboard. Thread-safe. Each change is a row of
 * the partner's own journal, which says of secrets only that there is another one.
 */
public final class IssuerSignIns {
  private final Transactions transactions;
  private final Ledger ledger;

  /** Operations over a store. */
  public IssuerSignIns(Transactions transactions, Ledger ledger) {
    this.transactions = transactions;
    this.ledger = ledger;
  }

  /** How agents sign in with an issuer of a partner; empty where they do not. */
  public Optional<IssuerSignIn> get(PartnerId partner, UUID issuer) {
    return transactions.query(session -> IssuerSignInTable.find(session, partner, issuer));
  }

  /** The issuer of this id, where its partner is not disabled and its agents sign in with it. */
  public Optional<Offered> offered(UUID issuer) {
    return transactions.query(session -> IssuerSignInTable.offered(session, issuer));
  }

  /** The same by the domain, in lower case, of the names of those who sign in there. */
  public Optional<Offered> offeredTo(String domain) {
    return transactions.query(session -> IssuerSignInTable.offered(session, domain));
  }

  /** Whether agents of any partner sign in with an issuer. */
  public boolean isAnyOffered() {
    return transactions.query(IssuerSignInTable::isAny);
  }

  /**
   * Lets agents sign in with an issuer, or in another way than before.
   *
   * @return empty where the partner has no such issuer, or this repeats a request whose sign-in is
   *     gone
   * @throws dev.vidame.directory.DirectoryException when another issuer has the domain
   */
  public Optional<Done<IssuerSignIn>> offer(
      PartnerId partner, UUID id, IssuerSignIn signIn, ChangeRequest request) {
    return transactions.writeShared(session -> {
      Optional<IssuerSignIn> before = IssuerSignInTable.find(session, partner, id);
      if (ledger.isReplay(session, request)) {
        return before.map(found -> new Done<>(found, true));
      }
      Optional<ExternalIssuer> issuer = ExternalIssuerTable.find(session, partner, id);
      if (issuer.isEmpty()) {
        return Optional.<Done<IssuerSignIn>>empty();
      }
      if (IssuerSignInTable.isTaken(session, id, signIn.domain())) {
        throw new Failure.Conflict("domain").asException();
      }
      session.leaveNoTrace();
      IssuerSignInTable.put(session, issuer.get(), signIn);
      row(session, issuer.get(), fields(before.orElse(null), signIn), request);
      return Optional.of(new Done<>(signIn, false));
    });
  }

  private void row(
      Session session, ExternalIssuer issuer, List<FieldChange> fields, ChangeRequest request)
      throws SQLException {
    ledger.append(
        session,
        PartnerRegistry.journalOf(issuer.partner()),
        new Journal.Change(Operation.TRUST_ISSUER, issuer.id(), fields),
        request);
  }

  private static List<FieldChange> fields(@Nullable IssuerSignIn before, IssuerSignIn after) {
    FieldChanges fields =
        new FieldChanges()
            .add("signInName", before == null ? null : before.name(), after.name())
            .add("signInDomain", before == null ? null : before.domain(), after.domain())
            .add("clientId", before == null ? null : before.clientId(), after.clientId())
            .add(
                "authorizationUrl",
                before == null ? null : before.authorizationUrl(),
                after.authorizationUrl())
            .add("tokenUrl", before == null ? null : before.tokenUrl(), after.tokenUrl());
    return after.clientSecret() == null ? fields.list() : fields.addSecret("clientSecret").list();
  }

  /**
   * Lets agents sign in with an issuer no more, and ends the sessions of those who did.
   *
   * @return empty where they do not
   */
  public Optional<Done<UUID>> withdraw(PartnerId partner, UUID id, ChangeRequest request) {
    return transactions.writeShared(session -> {
      if (ledger.isReplay(session, request)) {
        return Optional.of(new Done<>(id, true));
      }
      Optional<ExternalIssuer> issuer = ExternalIssuerTable.find(session, partner, id);
      Optional<IssuerSignIn> before = IssuerSignInTable.find(session, partner, id);
      if (issuer.isEmpty() || before.isEmpty()) {
        return Optional.<Done<UUID>>empty();
      }
      IssuerSignInTable.delete(session, partner, id);
      row(
          session,
          issuer.get(),
          new FieldChanges()
              .add("signInName", before.get().name(), null)
              .add("signInDomain", before.get().domain(), null)
              .list(),
          request);
      return Optional.of(new Done<>(id, false));
    });
  }

  /**
   * Stores each secret in another form.
   *
   * @param form of the issuer's id and the old form
   * @return how many changed
   */
  public int rewrite(BinaryOperator<String> form) {
    return transactions.writeShared(session -> IssuerSignInTable.rewrite(session, form));
  }
}
