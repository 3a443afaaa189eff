package dev.vidame.bench;

import dev.vidame.directory.Directory;
import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Partners;
import dev.vidame.directory.partners.Role;
import dev.vidame.sdk.OAuthCredential;
import dev.vidame.sdk.TokenEndpoint;
import dev.vidame.server.tokens.Caller;
import dev.vidame.server.tokens.TokenSubject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * A store full of accounts, as if each had been created over the years: in no order of their ids.
 *
 * @param folder the server's data folder, which also has the list of accounts
 * @param url a JDBC URL of the store: the folder's file, or a PostgreSQL
 * @param partner whose customers they are
 * @param application what the partner's agent signs in with
 */
public record SeededStore(Path folder, String url, PartnerId partner, ApplicationId application) {
  private static final String SQLITE = "jdbc:sqlite:";

  private static final String AGENT = "agent@bench.example";
  private static final String PASSWORD = "Seeded-Store-1";
  private static final String SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

  /** Nobody signs in as a user, so all share one hash of the right length. */
  private static final String USER_PASSWORD_HASH =
      "$argon2id$v=19$m=19456,t=2,p=1$" + "A".repeat(22) + "$" + "A".repeat(43);

  private static final long CREATED_AT_MICROS = 1_700_000_000_000_000L;

  private static final String INSERT_CUSTOMER =
      "insert into customers (customer_id, company_name, default_domain, created_at) values (?,?,?,?)";
  private static final String INSERT_DOMAIN =
      "insert into domains (domain, customer_id, is_federated) values (?,?,0)";
  private static final String INSERT_RELATIONSHIP =
      "insert into relationships (customer_id, partner_id, since) values (?,?,?)";
  private static final String INSERT_USER =
      "insert into users (customer_id, user_id, version, upn, display_name, first_name, last_name,"
          + " usage_location, force_change_password) values (?,?,1,?,?,?,?,'US',0)";
  private static final String INSERT_PASSWORD =
      "insert into passwords (customer_id, user_id, hash, set_at) values (?,?,?,?)";

  /**
   * How much is in a store.
   *
   * @param users accounts, spread evenly over the customers
   * @param customers customers
   */
  public record Size(int users, int customers) {}

  /** The store in the folder's file. */
  SeededStore(Path folder, PartnerId partner, ApplicationId application) {
    this(folder, SQLITE + folder.resolve("vidame.db"), partner, application);
  }

  /** Makes a store; the same size gives the same accounts. */
  public static SeededStore create(Path folder, Size size) throws IOException, SQLException {
    return create(folder, SQLITE + folder.resolve("vidame.db"), size);
  }

  /**
   * Makes a store; the same size gives the same accounts.
   *
   * @param url of an empty PostgreSQL
   */
  public static SeededStore create(Path folder, String url, Size size)
      throws IOException, SQLException {
    Files.createDirectories(folder);
    Random random = new Random(size.users());
    SeededStore store =
        new SeededStore(folder, url, new PartnerId(guid(random)), new ApplicationId(guid(random)));
    store.createPartner(new AgentId(guid(random)));
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      store.execute(statement, "pragma synchronous = off", "pragma cache_size = -65536");
      connection.setAutoCommit(false);
      store.insert(connection, size, random);
      connection.commit();
      connection.setAutoCommit(true);
      store.execute(statement, "pragma wal_checkpoint(truncate)");
      if (!store.isFile()) {
        statement.execute("vacuum analyze"); // as it is after a while, without a wait for it
      }
    }
    return store;
  }

  private void execute(Statement statement, String... pragmas) throws SQLException {
    if (isFile()) {
      for (String pragma : pragmas) {
        statement.execute(pragma);
      }
    }
  }

  /** Whether it is a file, and not a PostgreSQL. */
  public boolean isFile() {
    return url.startsWith(SQLITE);
  }

  /** Opens it; as a file, no other program may have it open. */
  public Directory open() throws SQLException {
    return isFile()
        ? Directory.open(file(), Directory.Options.standard())
        : Directory.open(PostgresOptions.standard(url), Directory.Options.standard());
  }

  private void createPartner(AgentId agent) throws SQLException {
    try (Directory directory = open()) {
      directory.partners().create(new Partner(partner, "Bench partner"));
      directory
          .partners()
          .createAgent(
              new Agent(agent, partner, AGENT, "Bench agent", Set.of(Role.ADMIN_AGENT)), PASSWORD);
      directory
          .partners()
          .createApplication(
              new Application(application, partner, "Bench application", true), SECRET);
    }
  }

  private void insert(Connection connection, Size size, Random random)
      throws SQLException, IOException {
    UUID[] customers = new UUID[size.customers()];
    for (int i = 0; i < customers.length; i++) {
      customers[i] = guid(random);
      insertCustomer(connection, customers[i], domain(i));
    }
    try (PreparedStatement user = connection.prepareStatement(INSERT_USER);
        PreparedStatement password = connection.prepareStatement(INSERT_PASSWORD);
        BufferedWriter list = Files.newBufferedWriter(accountsFile())) {
      for (int i = 0; i < size.users(); i++) {
        UUID customer = customers[i % customers.length];
        UUID id = guid(random);
        run(
            user,
            key(customer),
            key(id),
            "user%07d@%s".formatted(i, domain(i % customers.length)),
            "Display name %07d".formatted(i),
            "First %07d".formatted(i),
            "Last name %07d".formatted(i));
        run(password, key(customer), key(id), USER_PASSWORD_HASH, CREATED_AT_MICROS);
        list.write(Accounts.line(customer, id));
      }
    }
  }

  private void insertCustomer(Connection connection, UUID customer, String domain)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_CUSTOMER);
        PreparedStatement insertDomain = connection.prepareStatement(INSERT_DOMAIN);
        PreparedStatement insertRelationship = connection.prepareStatement(INSERT_RELATIONSHIP)) {
      run(insert, key(customer), "Company of " + domain, domain, CREATED_AT_MICROS);
      run(insertDomain, domain, key(customer));
      run(insertRelationship, key(customer), key(partner.value()), CREATED_AT_MICROS);
    }
  }

  private static void run(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.executeUpdate();
  }

  /** The domain of a customer, counted from 0. */
  static String domain(int customer) {
    return "customer%05d.example".formatted(customer);
  }

  static UUID guid(Random random) {
    long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
    long variant2 = (random.nextLong() >>> 2) | 0x8000000000000000L;
    return new UUID(version4, variant2);
  }

  private Object key(UUID id) {
    return isFile() ? bytes(id) : id;
  }

  /** A GUID as a file has it. */
  public static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /** The store's file. */
  public Path file() {
    return folder.resolve("vidame.db");
  }

  /** The list of {@link Accounts}. */
  public Path accountsFile() {
    return folder.resolve("accounts");
  }

  /** Copies the store's file; no program may have it open. */
  public Path copyTo(Path target) throws IOException {
    return Files.copy(file(), target);
  }

  /** Signs the agent in at a server that has this store, by the password grant. */
  public String accessToken(URI server) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return accessToken(http, server, AGENT);
    }
  }

  /** Signs one of the {@linkplain #addAgents more agents} in, counted from 0. */
  String accessToken(HttpClient http, URI server, int agent) {
    return accessToken(http, server, agent(agent));
  }

  private String accessToken(HttpClient http, URI server, String agent) {
    return OAuthCredential.builder()
        .httpClient(http)
        .tokenEndpoint(TokenEndpoint.ofPlainHttp(server, partner.toString()))
        .clientId(application.toString())
        .clientSecret(SECRET)
        .userPassword(agent, PASSWORD)
        .build()
        .token()
        .value();
  }

  /** Hires more agents; no program may have the store open. */
  void addAgents(int count) throws SQLException {
    Random random = new Random(count);
    try (Directory directory = Directory.open(file(), Directory.Options.standard())) {
      for (int i = 0; i < count; i++) {
        AgentId id = new AgentId(guid(random));
        directory
            .partners()
            .createAgent(
                new Agent(id, partner, agent(i), "Agent " + i, Set.of(Role.ADMIN_AGENT)), PASSWORD);
      }
    }
  }

  private static String agent(int number) {
    return "agent%03d@bench.example".formatted(number);
  }

  /** What one of those agents, counted from 0, sends to the token endpoint to sign in. */
  String signInForm(int agent) {
    return "grant_type=password&client_id=%s&client_secret=%s&username=%s&password=%s"
        .formatted(application, SECRET, agent(agent), PASSWORD);
  }

  /** What the agent types to sign in on a page. */
  Map<String, String> signInFields() {
    return Map.of("username", AGENT, "password", PASSWORD);
  }

  /** Who the agent's tokens speak for. */
  Caller caller(Directory directory) {
    TokenSubject subject = tokenSubject(directory);
    Agent agent = Objects.requireNonNull(subject.agent());
    return new Caller(
        partner,
        application,
        agent.id(),
        agent.userPrincipalName(),
        Instant.MAX,
        List.of("pwd"),
        Objects.requireNonNull(subject.proof()).id());
  }

  /** For whom the agent's tokens are issued. */
  TokenSubject tokenSubject(Directory directory) {
    Partners.Client client = directory.partners().client(application, SECRET).orElseThrow();
    Agent agent = directory.partners().signIn(AGENT, PASSWORD).orElseThrow();
    return TokenSubject.of(client.application(), agent).provedWith(client.proof());
  }

  /** How many changes the store's journal holds. Other programs may be writing. */
  public long journalRows() {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from journal")) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new BenchException("The journal cannot be counted", e);
    }
  }
}
