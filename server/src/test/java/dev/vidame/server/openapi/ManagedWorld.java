package dev.vidame.server.openapi;

import dev.vidame.directory.Directory;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.wire.CustomerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * What the requests of operators are about: a partner of their own, so that they take nothing from
 * the world that the other requests need, and what they made themselves. Used by one thread.
 */
final class ManagedWorld {
  private static final int MOST_KEPT = 4;

  /** Its agents and applications come and go; it stays. */
  private final String partner = UUID.randomUUID().toString();

  private final Map<String, List<String>> made = new HashMap<>();

  ManagedWorld(Directory directory) {
    directory
        .partners()
        .create(new Partner(new PartnerId(UUID.fromString(partner)), "Managed", false));
    for (int i = 0; i < MOST_KEPT / 2; i++) {
      agent(directory);
      application(directory);
    }
  }

  private void agent(Directory directory) {
    AgentId id = new AgentId(UUID.randomUUID());
    PartnerId of = new PartnerId(UUID.fromString(partner));
    directory
        .partners()
        .createAgent(
            new Agent(id, of, id + "@managed.example", "Managed", Set.of()),
            FuzzWorld.AGENT_PASSWORD);
    keep("agent", id.toString());
  }

  private void application(Directory directory) {
    ApplicationId id = new ApplicationId(UUID.randomUUID());
    PartnerId of = new PartnerId(UUID.fromString(partner));
    directory
        .partners()
        .createApplication(new Application(id, of, "Managed", true), FuzzWorld.SECRET);
    keep("application", id.toString());
    keep("secret", id.toString());
  }

  /** Whose journals its changes are in, but for those about operators. */
  List<CustomerId> journals() {
    List<CustomerId> journals = new ArrayList<>(List.of(CustomerId.of(partner)));
    made.getOrDefault("partner", List.of()).forEach(id -> journals.add(CustomerId.of(id)));
    return journals;
  }

  /** The partner, which stays. */
  String partner() {
    return partner;
  }

  /** The id of something of this kind that was made here and may be taken away. */
  String pick(Random random, String kind) {
    List<String> ids = made.getOrDefault(kind, List.of());
    return ids.isEmpty() || random.nextInt(12) == 0
        ? UUID.randomUUID().toString()
        : ids.get(random.nextInt(ids.size()));
  }

  /** Remembers what a creation made. */
  void created(String operation, String id) {
    switch (operation) {
      case "adminCreateOperator" -> keep("operator", id);
      case "adminCreatePartner" -> keep("partner", id);
      case "adminCreateAgent" -> keep("agent", id);
      case "adminCreateApplication" -> keep("application", id);
      case "adminAddSecret" -> keep("secret", id);
      case "adminAddApplicationKey" -> keep("key", id);
      case "adminTrustIssuer" -> keep("issuer", id);
      default -> {
        // Nothing of an operator's.
      }
    }
  }

  private void keep(String kind, String id) {
    List<String> ids = made.computeIfAbsent(kind, it -> new ArrayList<>());
    if (!ids.contains(id)) {
      ids.add(id);
    }
    if (ids.size() > MOST_KEPT) {
      ids.removeFirst();
    }
  }
}
