package dev.vidame.server.openapi;

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
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.ProductSku;
import dev.vidame.wire.ServicePlan;
import dev.vidame.wire.SubscribedSku;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * A sandbox partner with a customer of its own, which nobody else changes, and what became of both.
 * Used by one thread.
 */
final class FuzzWorld {
  static final String SECRET = "aVeryLongSecretWithMuchChanceInIt-0123456789";
  static final String AGENT_PASSWORD = "Correct-Horse-77";
  static final String REDIRECT_URI = "https://fuzz.example/callback?a=b";
  static final String DOMAIN_END = ".fuzz.example";

  private static final int MOST_KEPT = 12;

  final CustomerId customer = new CustomerId(UUID.randomUUID());
  final String domain = "c" + customer.toString().substring(0, 8) + DOMAIN_END;
  final PartnerId partner = new PartnerId(UUID.randomUUID());
  final List<String> tokens = new ArrayList<>();
  final String operatorSecret;
  final ManagedWorld managed;
  final Agent admin;
  final Application application;

  /** Accounts of the customer, as far as they are remembered. */
  final List<String> users = new ArrayList<>();

  /** Customers that may be deleted and left. */
  final List<String> spare = new ArrayList<>();

  private final Directory directory;
  private final Map<CustomerId, Long> heads = new HashMap<>();

  FuzzWorld(TestServer server) {
    directory = server.server().directory();
    operatorSecret = String.valueOf(directory.operators().createAnother("Fuzz").secret());
    managed = new ManagedWorld(directory);
    directory.partners().create(new Partner(partner, "Fuzz", true));
    application =
        directory
            .partners()
            .createApplication(
                new Application(new ApplicationId(UUID.randomUUID()), partner, "Fuzz", true)
                    .withRedirectUris(List.of(REDIRECT_URI)),
                SECRET);
    admin = agent(Role.ADMIN_AGENT);
    tokens.add(server.tokens().of(application, admin));
    tokens.add(server.tokens().of(application, agent(Role.HELPDESK_AGENT)));
    tokens.add(server.tokens().of(application, agent(Role.SALES_AGENT)));
    tokens.add(server.tokens().appOnly(application));
    UUID id = UUID.randomUUID();
    Fingerprint unique = new Fingerprint(id.getMostSignificantBits(), id.getLeastSignificantBits());
    directory
        .customers()
        .create(
            new NewCustomer(customer, "Fuzz", domain),
            new ChangeRequest(Actor.operator(partner), id, id, unique, unique));
    product("efccb6f7-5641-4e0e-bd10-b4976e1bf68e", "EMS", LicenseGroup.GROUP1);
    product("CFQ7TTC0K5DR/0002", "MEE_FACULTY", LicenseGroup.GROUP2);
    catchUp();
  }

  private Agent agent(Role role) {
    AgentId id = new AgentId(UUID.randomUUID());
    return directory
        .partners()
        .createAgent(
            new Agent(id, partner, id + "@fuzz.example", "Fuzz", Set.of(role)), AGENT_PASSWORD);
  }

  private void product(String id, String partNumber, LicenseGroup group) {
    directory
        .skus()
        .define(
            customer,
            new SubscribedSku(
                new ProductSku(id, partNumber, partNumber, "User", group),
                new SubscribedSku.Units(3, 0, 0, 0),
                List.of(
                    new ServicePlan(
                        UUID.fromString("c1ec4a95-1f05-45b3-a911-aa3fa01094f5"),
                        "Plan",
                        "PLAN",
                        "User")),
                "Enabled"));
  }

  /** Remembers what a creation made. */
  void created(String operation, String id) {
    managed.created(operation, id);
    switch (operation) {
      case "createUser" -> keep(users, id);
      case "createCustomer" -> keep(spare, id);
      default -> {
        // Nothing that can be asked for by an id.
      }
    }
  }

  private static void keep(List<String> some, String id) {
    if (!some.contains(id)) {
      some.add(id);
    }
    if (some.size() > MOST_KEPT) {
      some.removeFirst();
    }
  }

  /** The number of one of the last changes of the customer. */
  long recentSeq(Random random) {
    return Math.max(0, heads.getOrDefault(customer, 0L) - random.nextInt(MOST_KEPT));
  }

  /** How many changes there were since it was asked last. */
  int catchUp() {
    List<CustomerId> all = new ArrayList<>(List.of(customer));
    spare.forEach(id -> all.add(CustomerId.of(id)));
    all.addAll(managed.journals());
    int changes = 0;
    for (CustomerId one : all) {
      long head = heads.getOrDefault(one, 0L);
      var entries = directory.journal(one, head, 100);
      if (!entries.isEmpty()) {
        changes += entries.size();
        heads.put(one, entries.getLast().seq());
      }
    }
    return changes;
  }
}
