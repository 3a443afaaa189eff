package dev.vidame.directory.partners;

import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.Transactions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which identity providers are trusted at this moment, for whatever partner. Thread-safe. */
public final class IssuersInUse {
  /*
   * Each request with another issuer's token asks this. Where the store has one process, what was read is good until
   * something changes (Standings). Of a store that several share nothing is believed that was read before the request
   * came: an issuer that is known is read again by its name, and who asks for it at the same time shares that read.
   * What is not known, or is not what it was, makes all of them be read. Anybody can invent names of issuers, so there is
   * one such read at a time, whoever asks for it.
   */
  private static final String ALL = "";

  private final Transactions transactions;
  private final Standings standings;
  private final boolean isKept;
  private final JointReads<String, List<ExternalIssuer>> readsByName = new JointReads<>();
  private final JointReads<String, Known> readsOfAll = new JointReads<>();
  private volatile Known known = new Known(Map.of(), -1);

  /** Those of all partners, as they were after so many changes. */
  private record Known(Map<String, List<ExternalIssuer>> byName, long readAfter) {}

  /** The issuers in a store. */
  public IssuersInUse(Transactions transactions, Standings standings) {
    this.transactions = transactions;
    this.standings = standings;
    this.isKept = transactions.dialect() == Dialect.SQLITE;
  }

  /** Whether anybody may be trusted; false only where that is known without asking the store. */
  public boolean mayBeAny() {
    return !isKept || !kept().byName().isEmpty();
  }

  /**
   * Those of the partners that are not disabled, by what their tokens call them.
   *
   * @param name of the issuer that is asked about; of this one the answer is what the store held
   *     when, or after, this was asked. The same object as long as nothing else is known.
   */
  public Map<String, List<ExternalIssuer>> knowing(String name) {
    if (isKept) {
      return kept().byName();
    }
    Map<String, List<ExternalIssuer>> before = known.byName();
    List<ExternalIssuer> named = before.get(name);
    boolean isAsBefore =
        named != null && named.equals(readsByName.read(name, () -> readNamed(name)));
    return isAsBefore ? before : readsOfAll.read(ALL, this::readAll).byName();
  }

  private Known kept() {
    return known.readAfter() == standings.changes() ? known : readAll();
  }

  private List<ExternalIssuer> readNamed(String name) {
    return transactions.query(session -> ExternalIssuerTable.inUse(session, name));
  }

  private Known readAll() {
    long now = standings.changes();
    Known fresh =
        new Known(
            transactions.query(ExternalIssuerTable::inUse).stream()
                .collect(Collectors.groupingBy(ExternalIssuer::issuer)),
            now);
    known = fresh;
    return fresh;
  }
}
