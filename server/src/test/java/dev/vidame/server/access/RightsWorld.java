package dev.vidame.server.access;

import dev.vidame.directory.Directory;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.operators.PartnerRegistry;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.GranularRoleTable.Place;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.users.UserRef;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.FieldUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A partner on a test server with somebody for each column of the matrix, a customer of its own
 * with an ordinary account and one with a directory role, and a customer that it has deleted.
 */
final class RightsWorld {
  private final PartnerId partner = new PartnerId(UUID.randomUUID());
  private final CustomerId own = new CustomerId(UUID.randomUUID());
  private final CustomerId deleted = new CustomerId(UUID.randomUUID());
  private final UserId ordinary = new UserId(UUID.randomUUID());
  private final UserId powerful = new UserId(UUID.randomUUID());
  private final Map<String, String> tokens = new HashMap<>();
  private final Directory directory;
  private final String domain;

  /** As it is until an operator says otherwise. */
  RightsWorld(TestServer server) {
    this(server, "rights.example", Asker.all(), false);
  }

  /** One with a partner that lets its applications work with accounts on their own. */
  static RightsWorld letAlone(TestServer server) {
    return new RightsWorld(server, "let.example", List.of(Asker.letAlone()), true);
  }

  private RightsWorld(
      TestServer server, String domain, List<Asker> askers, boolean allowsAppOnlyUsers) {
    this.domain = domain;
    directory = server.server().directory();
    directory.partners().create(new Partner(partner, "Sandbox for now", true));
    customer(deleted, "deleted-" + domain);
    directory.customers().delete(deleted, request());
    directory
        .partnerRegistry()
        .update(
            partner,
            new PartnerRegistry.Update(null, false, null, FieldUpdate.keep(), allowsAppOnlyUsers),
            request());
    customer(own, domain);
    user(ordinary, "ordinary");
    user(powerful, "powerful");
    directory
        .roles()
        .add(own, DirectoryRole.DIRECTORY_READERS, new UserRef.ById(powerful), request());
    Application application =
        directory
            .partners()
            .createApplication(
                new Application(new ApplicationId(UUID.randomUUID()), partner, "Rights", true),
                "aVeryLongSecretWithMuchChanceInIt-0123456789");
    for (Asker asker : askers) {
      tokens.put(
          asker.name(),
          asker.isAgent()
              ? server.tokens().of(application, agent(asker))
              : server.tokens().appOnly(application));
    }
  }

  private ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(partner), UUID.randomUUID());
  }

  private void customer(CustomerId id, String domain) {
    directory.customers().create(new NewCustomer(id, "Customer", domain), request());
  }

  private void user(UserId id, String name) {
    directory
        .users()
        .create(
            own,
            id,
            CustomerUserUpdate.builder()
                .userPrincipalName(name + "@" + domain)
                .displayName(name)
                .passwordProfile(PasswordProfile.temporary("First-Passw-77"))
                .build(),
            request());
  }

  private Agent agent(Asker asker) {
    AgentId id = new AgentId(UUID.randomUUID());
    Set<Role> roles = asker.roles();
    Agent agent =
        directory
            .partners()
            .createAgent(
                new Agent(id, partner, id + "@rights.example", asker.name(), roles),
                "Correct-Horse-77");
    for (GranularRole role : asker.granular()) {
      directory
          .customerRoles()
          .give(
              new Place(own, partner, id),
              role,
              directory.now().plus(Duration.ofDays(700)),
              request());
    }
    return agent;
  }

  /** The token of who stands for a column. */
  String token(Asker asker) {
    return tokens.getOrDefault(asker.name(), "");
  }

  /** Customers that are this to the partner. */
  List<CustomerId> customers(Asker.Relationship relationship) {
    return switch (relationship) {
      case OWN -> List.of(own);
      case NONE -> List.of(Tenancy.CUSTOMER, new CustomerId(UUID.randomUUID()));
      case DELETED -> List.of(deleted);
    };
  }

  /** The path of the account without a directory role. */
  String ordinary() {
    return TestServer.path(own, ordinary);
  }

  /** The path of the account with one. */
  String powerful() {
    return TestServer.path(own, powerful);
  }
}
