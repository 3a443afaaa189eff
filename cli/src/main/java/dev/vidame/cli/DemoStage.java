package dev.vidame.cli;

import dev.vidame.directory.Directory;
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
import dev.vidame.sdk.TokenEndpoint;
import dev.vidame.server.StartException;
import dev.vidame.server.VidameServer;
import dev.vidame.server.settings.SettingsLoader;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A running server with a partner, an agent, an application, and the founding document's customer
 * and user.
 */
final class DemoStage implements AutoCloseable {
  static final CustomerId CUSTOMER = CustomerId.of("eebd1b55-5360-4438-a11d-5c06918c3014");
  static final UserId USER = UserId.of("4b10bf41-ab11-40e3-8c53-cd67849b50de");
  static final String DOMAIN = "abcdefgh1234.ccsctp.net";

  private static final String AGENT_NAME = "admin@partner.example";

  private final VidameServer server;
  private final SecureRandom random = new SecureRandom();
  private final PartnerId partner = new PartnerId(UUID.randomUUID());
  private final ApplicationId application = new ApplicationId(UUID.randomUUID());
  private final String applicationSecret = secret();
  private final String agentPassword = secret();

  private DemoStage(VidameServer server) {
    this.server = server;
  }

  /** Starts the server and fills its store. */
  static DemoStage open(Path folder, int port) throws StartException {
    VidameServer server =
        VidameServer.start(
            SettingsLoader.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                    "data.folder",
                    folder.toString(),
                    "listen.port",
                    Integer.toString(port),
                    "auth.password-grant",
                    "true",
                    "auth.nonce-instead-of-pkce",
                    "true")),
            Clock.systemUTC());
    DemoStage stage = new DemoStage(server);
    stage.fill();
    return stage;
  }

  private void fill() {
    Directory directory = server.directory();
    directory.partners().create(new Partner(partner, "Demo partner"));
    directory
        .partners()
        .createAgent(
            new Agent(
                new AgentId(UUID.randomUUID()),
                partner,
                AGENT_NAME,
                "Demo agent",
                Set.of(Role.ADMIN_AGENT)),
            agentPassword);
    directory
        .partners()
        .createApplication(
            new Application(application, partner, "Demo application", true), applicationSecret);
    directory
        .customers()
        .create(new NewCustomer(CUSTOMER, "Demo customer", DOMAIN), operatorRequest());
    directory
        .users()
        .create(
            CUSTOMER,
            USER,
            CustomerUserUpdate.builder()
                .userPrincipalName("emailid@" + DOMAIN)
                .displayName("Display name")
                .firstName("First")
                .lastName("Last")
                .passwordProfile(PasswordProfile.temporary(secret() + "aA1"))
                .build(),
            operatorRequest());
  }

  private ChangeRequest operatorRequest() {
    UUID id = UUID.randomUUID();
    Fingerprint unique = new Fingerprint(id.getMostSignificantBits(), id.getLeastSignificantBits());
    return new ChangeRequest(Actor.operator(partner), id, id, unique, unique);
  }

  private String secret() {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  VidameServer server() {
    return server;
  }

  /** A credential of the agent, with the application. */
  OAuthCredential agentCredential() {
    return credential().userPassword(AGENT_NAME, agentPassword).build();
  }

  /** A credential of the application alone. */
  OAuthCredential applicationCredential() {
    return credential().clientCredentials().build();
  }

  private OAuthCredential.Builder credential() {
    return OAuthCredential.builder()
        .tokenEndpoint(TokenEndpoint.ofPlainHttp(server.address(), partner.toString()))
        .clientId(application.toString())
        .clientSecret(applicationSecret);
  }

  /** The form that gives a token of the agent, ready for a shell. */
  String tokenForm() {
    return "grant_type=password&client_id=%s&client_secret=%s&username=%s&password=%s"
        .formatted(application, applicationSecret, AGENT_NAME, agentPassword);
  }

  PartnerId partner() {
    return partner;
  }

  @Override
  public void close() {
    server.close();
  }
}
