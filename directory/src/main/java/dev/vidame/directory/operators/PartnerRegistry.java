package dev.vidame.directory.operators;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.journal.FieldChanges;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.PartnerTable;
import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.FieldUpdate;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What operators do to partners. Thread-safe. Each change is a row of the partner's own journal and
 * holds from the next request on.
 */
public final class PartnerRegistry {
  /** What the password profile of a partner is called that goes by the server. */
  public static final String SERVERS = "server";

  private final Transactions transactions;
  private final Ledger ledger;
  private final Standings standings;
  private final Clock clock;

  /** Operations over a store. */
  public PartnerRegistry(
      Transactions transactions, Ledger ledger, Standings standings, Clock clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.standings = standings;
    this.clock = clock;
  }

  /**
   * What is to change; null leaves it alone.
   *
   * @param name for people
   * @param isSandbox whether it only tries things out
   * @param isDisabled whether none of its agents and applications may do anything
   * @param passwords which passwords are good; cleared, those that the server says
   * @param allowsAppOnlyUsers whether its applications may work with accounts on their own
   */
  @SuppressWarnings("TooManyParameters") // all that can change of a partner
  public record Update(
      @Nullable String name,
      @Nullable Boolean isSandbox,
      @Nullable Boolean isDisabled,
      FieldUpdate<PasswordStandard> passwords,
      @Nullable Boolean allowsAppOnlyUsers) {
    private Partner of(Partner partner) {
      return new Partner(
          partner.id(),
          name == null ? partner.name() : name,
          isSandbox == null ? partner.isSandbox() : isSandbox,
          isDisabled == null ? partner.isDisabled() : isDisabled,
          switch (passwords) {
            case FieldUpdate.Keep<PasswordStandard> keep -> partner.passwordsOrNull();
            case FieldUpdate.Clear<PasswordStandard> clear -> null;
            case FieldUpdate.Set<PasswordStandard> set -> set.value();
          },
          allowsAppOnlyUsers == null ? partner.allowsAppOnlyUsers() : allowsAppOnlyUsers);
    }
  }

  /** What a partner's password profile is called, also where it is the server's. */
  public static String profile(Partner partner) {
    return partner.passwords().map(PasswordStandard::code).orElse(SERVERS);
  }

  /** The journal that is a partner's own. */
  public static CustomerId journalOf(PartnerId partner) {
    return new CustomerId(partner.value());
  }

  /** The partners behind an id, by id. */
  public List<Partner> page(UUID after, int size) {
    return transactions.query(session -> PartnerTable.page(session, after, size));
  }

  /** The partner, or empty where there is none. */
  public Optional<Partner> get(PartnerId id) {
    return transactions.query(session -> PartnerTable.find(session, id));
  }

  /**
   * Creates a partner.
   *
   * @return empty where this repeats a request whose partner is gone since
   * @throws dev.vidame.directory.DirectoryException when the id is taken
   */
  public Optional<Done<Partner>> create(Partner partner, ChangeRequest request) {
    return transactions.writeShared(session -> {
      Optional<UUID> earlier = ledger.repeated(session, request);
      if (earlier.isPresent()) {
        return PartnerTable.find(session, new PartnerId(earlier.get()))
            .map(found -> new Done<>(found, true));
      }
      if (PartnerTable.find(session, partner.id()).isPresent()) {
        throw new Failure.Conflict("id").asException();
      }
      standings.change(session);
      PartnerTable.insert(session, partner, clock.instant());
      record(session, Operation.CREATE_PARTNER, null, partner, request);
      return Optional.of(new Done<>(partner, false));
    });
  }

  /**
   * Changes a partner. What its agents had when it was disabled they have again when it is not.
   *
   * @return empty where there is no such partner
   */
  public Optional<Done<Partner>> update(PartnerId id, Update update, ChangeRequest request) {
    return transactions.writeShared(session -> {
      boolean isReplay = ledger.isReplay(session, request);
      Optional<Partner> found = PartnerTable.find(session, id);
      if (isReplay || found.isEmpty()) {
        return found.map(partner -> new Done<>(partner, isReplay));
      }
      Partner changed = update.of(found.get());
      standings.change(session);
      PartnerTable.update(session, changed);
      record(session, Operation.UPDATE_PARTNER, found.get(), changed, request);
      return Optional.of(new Done<>(changed, false));
    });
  }

  private void record(
      Session session,
      Operation operation,
      @Nullable Partner before,
      Partner after,
      ChangeRequest request)
      throws SQLException {
    FieldChanges fields = new FieldChanges();
    fields.add("name", before == null ? null : before.name(), after.name());
    fields.add("sandbox", before != null && before.isSandbox(), after.isSandbox());
    fields.add("disabled", before != null && before.isDisabled(), after.isDisabled());
    fields.add("passwordProfile", before == null ? SERVERS : profile(before), profile(after));
    fields.add(
        "allowAppOnlyUsers",
        before != null && before.allowsAppOnlyUsers(),
        after.allowsAppOnlyUsers());
    ledger.update(
        session,
        journalOf(after.id()),
        new Journal.Change(operation, after.id().value(), fields.list()),
        request);
  }

  /**
   * Deletes a partner with its agents and applications; its journal stays.
   *
   * @return empty where there is no such partner
   * @throws dev.vidame.directory.DirectoryException while it may act on a customer
   */
  public Optional<Done<PartnerId>> delete(PartnerId id, ChangeRequest request) {
    return transactions.writeShared(session -> {
      if (ledger.isReplay(session, request)) {
        return Optional.of(new Done<>(id, true));
      }
      if (PartnerTable.holdAlone(session, id).isEmpty()) {
        return Optional.<Done<PartnerId>>empty();
      }
      if (PartnerTable.hasCustomer(session, id)) {
        throw new Failure.Invalid(List.of(Problem.of("customers", Rule.PARTNER_HAS_CUSTOMERS)))
            .asException();
      }
      standings.change(session);
      PartnerTable.delete(session, id);
      ledger.append(
          session, journalOf(id), Ledger.bare(Operation.DELETE_PARTNER, id.value()), request);
      return Optional.of(new Done<>(id, false));
    });
  }
}
