package dev.vidame.bench;

import dev.vidame.directory.Directory;
import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.UserRef;
import dev.vidame.wire.CustomerUserUpdate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Changes of accounts by the product's own code and statements, without HTTP, tokens or rights.
 * Thread-safe.
 */
public final class ProductChanges implements AutoCloseable {
  private static final Actor SOMEBODY = Actor.operator(new PartnerId(UUID.randomUUID()));
  private static final EntityTag.Any ANY = new EntityTag.Any();

  private final Directory directory;
  private final String url;
  private final Accounts accounts;

  private ProductChanges(Directory directory, String url, Accounts accounts) {
    this.directory = directory;
    this.url = url;
    this.accounts = accounts;
  }

  /** Over a PostgreSQL; others may have it open. */
  static ProductChanges open(String url, Accounts accounts) throws SQLException {
    return new ProductChanges(
        Directory.open(PostgresOptions.standard(url), Directory.Options.standard()), url, accounts);
  }

  /** Over a seeded store. */
  public static ProductChanges open(SeededStore store, Accounts accounts) throws SQLException {
    return new ProductChanges(store.open(), store.url(), accounts);
  }

  /** Gives an account, counted from 0, a new display name. */
  public void change(int account, String name) {
    directory
        .users()
        .update(
            accounts.customer(account),
            new UserRef.ById(accounts.user(account)),
            CustomerUserUpdate.builder().displayName(name).build(),
            ANY,
            ChangeRequest.once(SOMEBODY, newId()));
  }

  /** As a client's: the index of request ids relies on ids that differ everywhere. */
  private static UUID newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong());
  }

  /** How many changes the journal has of this one. */
  long count() {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from journal where partner_id = '%s'"
                    .formatted(SOMEBODY.partner().value()))) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new BenchException("The journal cannot be counted", e);
    }
  }

  @Override
  public void close() {
    directory.close();
  }
}
