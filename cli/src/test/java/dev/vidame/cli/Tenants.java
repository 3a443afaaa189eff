package dev.vidame.cli;

import dev.vidame.directory.Directory;
import dev.vidame.directory.PasswordHashing;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Fingerprint;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Role;
import dev.vidame.sdk.OAuthCredential;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.RetryPolicy;
import dev.vidame.sdk.TokenEndpoint;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A store with a partner, its agent and application, a customer and some users. */
final class Tenants {
  static final CustomerId CUSTOMER = CustomerId.of("eebd1b55-5360-4438-a11d-5c06918c3014");

  private static final PartnerId PARTNER = new PartnerId(new UUID(1, 1));
  private static final ApplicationId APPLICATION = new ApplicationId(new UUID(1, 2));
  private static final String AGENT = "admin@partner.example";
  static final String PASSWORD = "Correct-Horse-7";
  static final String SECRET = "a-secret-of-this-test-only";
  static final String DOMAIN = "abcdefgh1234.ccsctp.net";

  private static final String INSERT_USER =
      "insert into users (customer_id, user_id, version, upn, display_name, first_name,"
          + " usage_location, force_change_password) values (?,?,1,?,?,?,'US',0)";

  private Tenants() {}

  static Directory open(Path folder) throws SQLException {
    return Directory.open(
        folder.resolve("vidame.db"),
        Directory.Options.standard().withHashing(PasswordHashing.standard().withLeastMemory()));
  }

  /** Fills an empty store and tells the users. */
  static List<UserId> fill(Path folder, int users) throws SQLException {
    try (Directory directory = open(folder)) {
      return fill(directory, users);
    }
  }

  /** Fills an empty store that is open, and tells the users. */
  static List<UserId> fill(Directory directory, int users) {
    List<UserId> ids = new ArrayList<>();
    directory.partners().create(new Partner(PARTNER, "Partner"));
    directory
        .partners()
        .createAgent(
            new Agent(
                new AgentId(new UUID(1, 3)), PARTNER, AGENT, "Agent", Set.of(Role.ADMIN_AGENT)),
            PASSWORD);
    directory
        .partners()
        .createApplication(new Application(APPLICATION, PARTNER, "Application", true), SECRET);
    directory.customers().create(new NewCustomer(CUSTOMER, "Customer", DOMAIN), request(0));
    for (int i = 1; i <= users; i++) {
      UserId id = new UserId(new UUID(2, i));
      directory
          .users()
          .create(
              CUSTOMER,
              id,
              CustomerUserUpdate.builder()
                  .userPrincipalName("user" + i + "@" + DOMAIN)
                  .displayName("0")
                  .passwordProfile(PasswordProfile.temporary("abCD123*"))
                  .build(),
              request(i));
      ids.add(id);
    }
    return ids;
  }

  private static ChangeRequest request(long id) {
    UUID uuid = new UUID(3, id);
    Fingerprint unique = new Fingerprint(3, id);
    return new ChangeRequest(Actor.operator(PARTNER), uuid, uuid, unique, unique);
  }

  /** A client of the agent that tries each call once. */
  static PartnerClient client(URI server) {
    return PartnerClient.builder()
        .endpoint(server)
        .retryPolicy(RetryPolicy.none())
        .credential(credential(server))
        .build();
  }

  /** The agent, signed in by password. */
  static OAuthCredential credential(URI server) {
    return OAuthCredential.builder()
        .tokenEndpoint(TokenEndpoint.ofPlainHttp(server, PARTNER.toString()))
        .clientId(APPLICATION.toString())
        .clientSecret(SECRET)
        .userPassword(AGENT, PASSWORD)
        .build();
  }

  /**
   * Adds many accounts, without the time that hashing their passwords takes; nobody signs in as
   * they.
   */
  static void addMany(Path folder, int users) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("vidame.db"));
        PreparedStatement insert = connection.prepareStatement(INSERT_USER)) {
      connection.setAutoCommit(false);
      for (int i = 1; i <= users; i++) {
        insert.setBytes(1, bytes(CUSTOMER.value()));
        insert.setBytes(2, bytes(new UUID(4, i)));
        insert.setString(3, "many" + i + "@" + DOMAIN);
        insert.setString(4, "Many " + i);
        insert.setString(5, "First " + i);
        insert.executeUpdate();
      }
      connection.commit();
    }
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
