package dev.vidame.bench;

import dev.vidame.directory.Directory;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Role;
import dev.vidame.sdk.OAuthCredential;
import dev.vidame.sdk.TokenEndpoint;
import dev.vidame.wire.CustomerId;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A second partner in a seeded store, who has every second customer of the first one instead.
 *
 * @param partner who
 * @param application what its agent signs in with
 * @param accountsFile the list of {@link Accounts} of its customers
 * @param firstAccountsFile that of the customers that the first partner keeps
 */
record OtherPartner(
    PartnerId partner, ApplicationId application, Path accountsFile, Path firstAccountsFile) {
  private static final String AGENT = "agent@other.example";
  private static final String PASSWORD = "Seeded-Store-2";
  private static final String SECRET = "1f0e2d3c4b5a69788796a5b4c3d2e1f0";
  private static final long SEED = 2;

  private static final String MOVE_RELATIONSHIP =
      "update relationships set partner_id = ? where customer_id = ?";

  /** Adds the partner; no program may have the store open. */
  static OtherPartner addTo(SeededStore store) throws SQLException, IOException {
    Random random = new Random(SEED);
    OtherPartner other =
        new OtherPartner(
            new PartnerId(SeededStore.guid(random)),
            new ApplicationId(SeededStore.guid(random)),
            store.folder().resolve("accounts-other"),
            store.folder().resolve("accounts-first"));
    try (Directory directory = Directory.open(store.file(), Directory.Options.standard())) {
      other.create(directory, new AgentId(SeededStore.guid(random)));
    }
    Map<CustomerId, Boolean> isTaken = other.divide(Accounts.read(store.accountsFile()));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store.file())) {
      other.take(connection, isTaken);
    }
    return other;
  }

  private void create(Directory directory, AgentId agent) {
    directory.partners().create(new Partner(partner, "Other partner"));
    directory
        .partners()
        .createAgent(
            new Agent(agent, partner, AGENT, "Other agent", Set.of(Role.ADMIN_AGENT)), PASSWORD);
    directory
        .partners()
        .createApplication(
            new Application(application, partner, "Other application", true), SECRET);
  }

  /** Writes both lists; every second customer is taken, in the order in which they come. */
  private Map<CustomerId, Boolean> divide(Accounts all) throws IOException {
    Map<CustomerId, Boolean> isTaken = new LinkedHashMap<>();
    try (BufferedWriter theirs = Files.newBufferedWriter(accountsFile);
        BufferedWriter firsts = Files.newBufferedWriter(firstAccountsFile)) {
      for (int i = 0; i < all.count(); i++) {
        CustomerId customer = all.customer(i);
        boolean isNextTaken = isTaken.size() % 2 == 1;
        boolean isTheirs = isTaken.computeIfAbsent(customer, any -> isNextTaken);
        (isTheirs ? theirs : firsts).write(Accounts.line(customer.value(), all.user(i).value()));
      }
    }
    return isTaken;
  }

  private void take(Connection connection, Map<CustomerId, Boolean> isTaken) throws SQLException {
    try (PreparedStatement move = connection.prepareStatement(MOVE_RELATIONSHIP)) {
      for (Map.Entry<CustomerId, Boolean> customer : isTaken.entrySet()) {
        if (customer.getValue()) {
          move.setBytes(1, SeededStore.bytes(partner.value()));
          move.setBytes(2, SeededStore.bytes(customer.getKey().value()));
          move.executeUpdate();
        }
      }
    }
  }

  /** Signs the agent in at a server that has the store, by the password grant. */
  String accessToken(URI server) {
    return OAuthCredential.builder()
        .tokenEndpoint(TokenEndpoint.ofPlainHttp(server, partner.toString()))
        .clientId(application.toString())
        .clientSecret(SECRET)
        .userPassword(AGENT, PASSWORD)
        .build()
        .token()
        .value();
  }
}
