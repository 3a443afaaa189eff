package dev.vidame.directory;

import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Fingerprint;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.Reverts;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserRef;
import dev.vidame.directory.users.Users.Outcome;
import dev.vidame.wire.Address;
import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.CustomerCreation;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A directory in a file with a partner and the founding document's customer and user. */
public final class Fixture implements AutoCloseable {
  public static final CustomerId CUSTOMER = CustomerId.of("eebd1b55-5360-4438-a11d-5c06918c3014");
  public static final UserId USER = UserId.of("4b10bf41-ab11-40e3-8c53-cd67849b50de");
  public static final UserRef REF = new UserRef.ById(USER);
  public static final String DOMAIN = "abcdefgh1234.ccsctp.net";
  public static final PartnerId PARTNER =
      new PartnerId(UUID.fromString("3b33e682-00c3-41ee-9dd2-a548adf56438"));

  /** The usual ones, but with hashes that take no time. */
  public static final Directory.Options OPTIONS =
      Directory.Options.standard().withHashing(PasswordHashing.standard().withLeastMemory());

  private static final Actor AGENT =
      new Actor(
          PARTNER,
          new AgentId(UUID.fromString("6a0e9b1c-51c1-4e3f-9a6d-0d6d7a3a0001")),
          new ApplicationId(UUID.fromString("6a0e9b1c-51c1-4e3f-9a6d-0d6d7a3a0002")));

  private static final AtomicLong IDS = new AtomicLong();

  private final TestStore store;
  private final MutableClock clock = new MutableClock(Instant.parse("2026-06-01T12:00:00Z"));
  private Directory directory;

  public Fixture(Path folder) throws SQLException {
    this(TestStore.in(folder));
  }

  /** In a store of this kind. */
  public Fixture(TestStore store) throws SQLException {
    this.store = store;
    directory = open(OPTIONS);
    directory.partners().create(new Partner(PARTNER, "Partner"));
    directory.customers().create(new NewCustomer(CUSTOMER, "Customer", DOMAIN), request());
    create(USER, "emailid");
  }

  private Directory open(Directory.Options options) throws SQLException {
    return store.open(options.withClock(clock));
  }

  public void reopen() throws SQLException {
    reopen(OPTIONS);
  }

  /** The same store with other options, but for the clock. */
  public void reopen(Directory.Options options) throws SQLException {
    directory.close();
    directory = open(options);
  }

  public Directory directory() {
    return directory;
  }

  public MutableClock clock() {
    return clock;
  }

  public User create(UserId id, String name) {
    CustomerUserUpdate properties =
        CustomerUserUpdate.builder()
            .userPrincipalName(name + "@" + DOMAIN)
            .displayName("Display " + name)
            .passwordProfile(PasswordProfile.temporary("abCD123*"))
            .build();
    return directory.users().create(CUSTOMER, id, properties, request()).user();
  }

  public User user() {
    return directory.users().get(CUSTOMER, REF);
  }

  public Outcome update(CustomerUserUpdate update) {
    return update(update, new EntityTag.Any(), request());
  }

  public Outcome update(CustomerUserUpdate update, EntityTag tag, ChangeRequest request) {
    return directory.users().update(CUSTOMER, REF, update, tag, request);
  }

  /** The last place in the customer's journal. */
  public long end() {
    return directory.changes().end(CUSTOMER).seq();
  }

  /** Brings the user back, and tells what that changed. */
  public List<FieldChange> revert(long seq, boolean mayChangeRoles, boolean mayChangeLicenses) {
    Reverts.Terms terms =
        new Reverts.Terms(new EntityTag.Any(), null, mayChangeRoles, mayChangeLicenses);
    return directory
        .reverts()
        .revert(CUSTOMER, REF, new Reverts.ToSeq(seq), terms, request())
        .changes();
  }

  public boolean delete(ChangeRequest request) {
    return directory.users().delete(CUSTOMER, REF, request);
  }

  public static CustomerUserUpdate named(String displayName) {
    return CustomerUserUpdate.builder().displayName(displayName).build();
  }

  /** The partner's application on its own, which is registered where it is first asked for. */
  public Standings.Bearer application() {
    ApplicationId id = AGENT.application();
    if (directory.partners().application(id).isEmpty()) {
      directory.partners().createApplication(new Application(id, PARTNER, "App", false), null);
    }
    return new Standings.Bearer(PARTNER, id, null, null);
  }

  /** What a customer is created with, beside its domain of no interest. */
  public static CustomerCreation creation(String domain) {
    Address address =
        new Address("US", null, "Redmond", "WA", "1 Way", null, "98052", "A", null, "B", "1");
    BillingProfile billing =
        new BillingProfile(
            null, null, null, "a@b.example", "en-US", "en", "Company", address, null, null);
    return new CustomerCreation(null, domain, null, billing, null, false);
  }

  /** The tables in which anything is of a customer. */
  public List<String> tablesWith(CustomerId customer) throws SQLException {
    List<String> tables = new ArrayList<>();
    for (Map.Entry<String, Set<String>> table : store.tables().entrySet()) {
      if (table.getValue().contains("customer_id")
          && count(
                  "select count(*) from %s where customer_id = %s"
                      .formatted(table.getKey(), store.literal(customer.value())))
              > 0) {
        tables.add(table.getKey());
      }
    }
    return tables;
  }

  /** A request like no other. */
  public static ChangeRequest request() {
    return request(IDS.incrementAndGet(), 0);
  }

  public static ChangeRequest request(long id, long body) {
    UUID uuid = new UUID(7, id);
    return new ChangeRequest(AGENT, uuid, uuid, new Fingerprint(id, id), new Fingerprint(0, body));
  }

  /** Runs a statement behind the directory's back. */
  public void sql(String statement) throws SQLException {
    try (Connection connection = store.connect();
        Statement jdbc = connection.createStatement()) {
      jdbc.execute(statement);
    }
  }

  /** The only number of a query behind the directory's back. */
  public long count(String query) throws SQLException {
    try (Connection connection = store.connect();
        Statement jdbc = connection.createStatement();
        ResultSet rows = jdbc.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** What the directory is in. */
  public TestStore store() {
    return store;
  }

  @Override
  public void close() {
    directory.close();
    store.close();
  }
}
