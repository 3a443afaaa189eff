package dev.vidame.directory.move;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.DOMAIN;
import static dev.vidame.directory.Fixture.PARTNER;
import static dev.vidame.directory.Fixture.request;

import dev.vidame.directory.Directory;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.audit.RefusedRequest;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.RefreshTokens;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.partners.SigningKeys;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.UserRef;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.LicenseUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.ProductSku;
import dev.vidame.wire.ServicePlan;
import dev.vidame.wire.SubscribedSku;
import dev.vidame.wire.UserId;
import dev.vidame.wire.VerifiedDomain;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** A store in a file with customers, what happened to them, and at least one row in every table. */
final class FilledStore implements AutoCloseable {
  static final CustomerId SECOND = new CustomerId(new UUID(0xF000_0000_0000_0000L, 2));
  static final AgentId AGENT = new AgentId(new UUID(21, 1));
  static final ApplicationId APPLICATION = new ApplicationId(new UUID(21, 2));
  static final String AGENT_NAME = "ada@partner.example";
  static final String PASSWORD = "Correct-Horse-7";
  static final String SECRET = "a-secret-of-this-test-only";

  /** A deleted account that has a role and a licence, and can be restored. */
  static final UserRef DELETED = new UserRef.ById(new UserId(new UUID(9, 1)));

  private static final String SKU = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";
  private static final String OTHER_SKU = "CFQ7TTC0K5DR/0002";

  final Path file;
  final Fixture fixture;
  final ChangeRequest change = request();
  final ChangeRequest unchanged = request();
  final String refreshToken;
  final String operatorSecret;

  FilledStore(Path folder, int changes, long seed) throws SQLException {
    this.file = folder.resolve("vidame.db");
    this.fixture = new Fixture(TestStore.ofFile(folder));
    Directory directory = fixture.directory();
    directory.customers().create(new NewCustomer(SECOND, "Second", "second.example"), request());
    directory
        .partners()
        .createAgent(
            new Agent(AGENT, PARTNER, AGENT_NAME, "Ada", Set.of(Role.ADMIN_AGENT)), PASSWORD);
    directory
        .partners()
        .createApplication(new Application(APPLICATION, PARTNER, "App", true), SECRET);
    operatorSecret = String.valueOf(directory.operators().createAnother("Operator").secret());
    refreshToken =
        directory
            .refreshTokens()
            .issue(new RefreshTokens.Subject(PARTNER, AGENT, APPLICATION, "resource"));
    directory.signingKeys().loadOrCreate(() -> new SigningKeys.StoredKey("key", "{\"kty\":\"x\"}"));
    directory.secrets().get("name");
    licensed(directory);
    deleteOne();
    change(new Random(seed), changes);
    fixture.update(Fixture.named("last"), new EntityTag.Any(), change);
    fixture.clock().advance(Duration.ofSeconds(1));
    fixture.update(Fixture.named("last"), new EntityTag.Any(), unchanged);
    fillEmpty(new Random(seed));
  }

  private static void licensed(Directory directory) {
    for (String sku : List.of(SKU, OTHER_SKU)) {
      directory
          .skus()
          .define(
              CUSTOMER,
              new SubscribedSku(
                  new ProductSku(
                      sku, "Product", "PART" + sku.charAt(0), "User", LicenseGroup.GROUP1),
                  new SubscribedSku.Units(5, 0, 0, 0),
                  List.of(new ServicePlan(new UUID(4, 4), "Plan", "PLAN", "User")),
                  "Enabled"));
    }
  }

  private void deleteOne() {
    Directory directory = fixture.directory();
    directory
        .users()
        .create(
            CUSTOMER,
            new UserId(new UUID(9, 1)),
            CustomerUserUpdate.builder()
                .userPrincipalName("gone@" + DOMAIN)
                .displayName("Zoë 𝄞 'quoted'")
                .usageLocation("FR")
                .passwordProfile(PasswordProfile.temporary("abCD123*"))
                .build(),
            request());
    directory.roles().add(CUSTOMER, DirectoryRole.DIRECTORY_READERS, DELETED, request());
    directory
        .licenses()
        .update(
            CUSTOMER,
            DELETED,
            new LicenseUpdate(
                List.of(
                    new LicenseUpdate.Assignment(SKU, List.of()),
                    new LicenseUpdate.Assignment(OTHER_SKU, List.of())),
                List.of()),
            request());
    directory.users().delete(CUSTOMER, DELETED, request());
  }

  /** Changes of both customers, refusals between them, at times that do not always move on. */
  private void change(Random random, int changes) {
    Directory directory = fixture.directory();
    for (int i = 0; i < changes; i++) {
      if (random.nextInt(3) > 0) {
        fixture.clock().advance(Duration.ofNanos(random.nextInt(3_000) * 1_000L));
      }
      switch (i % 40 == 0 ? 2 : random.nextInt(2) * random.nextInt(4)) {
        case 0 ->
            directory
                .audit()
                .remember(
                    new RefusedRequest(
                        request(),
                        random.nextBoolean() ? CUSTOMER : null,
                        "any",
                        null,
                        new RefusedRequest.Reason(3000, "Text")));
        case 1 ->
            directory
                .customers()
                .addDomain(
                    SECOND, new VerifiedDomain("d" + i + ".example", false, "email"), request());
        case 2 -> fixture.create(new UserId(new UUID(30, i)), "user" + i);
        case 3 -> fixture.update(Fixture.named(String.valueOf(fixture.user().displayName())));
        default -> fixture.update(Fixture.named("n" + i));
      }
    }
  }

  /** A row in each table that has none, of values that may be anything. */
  private void fillEmpty(Random random) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      for (MovedTable table : MovedTable.ALL) {
        if (fixture.count("select count(*) from " + table.name()) == 0) {
          insertAny(connection, table.name(), random);
        }
      }
    }
  }

  private static void insertAny(Connection connection, String table, Random random)
      throws SQLException {
    List<String> types = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select name, type from pragma_table_info('" + table + "')")) {
      while (rows.next()) {
        types.add(rows.getString(1) + " " + rows.getString(2).toLowerCase(Locale.ROOT));
      }
    }
    String places = String.join(",", types.stream().map(type -> "?").toList());
    try (PreparedStatement insert =
        connection.prepareStatement("insert into " + table + " values (" + places + ")")) {
      for (int i = 0; i < types.size(); i++) {
        String type = types.get(i);
        if (type.endsWith("blob")) {
          byte[] bytes =
              new byte[type.contains("_id ") || type.startsWith("recovery_salt") ? 16 : 32];
          random.nextBytes(bytes);
          insert.setBytes(i + 1, bytes);
        } else if (type.endsWith("text")) {
          insert.setString(i + 1, "text " + random.nextInt());
        } else {
          insert.setLong(i + 1, type.startsWith("is_") ? random.nextInt(2) : random.nextInt());
        }
      }
      insert.executeUpdate();
    }
  }

  /** Lets the file go, as a server that stops does. */
  void stop() {
    fixture.directory().close();
  }

  @Override
  public void close() {
    stop();
  }
}
