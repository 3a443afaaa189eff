package dev.vidame.server.dashboard;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.util.Set;
import java.util.UUID;

/** One more partner on a server, for tests that would lock others out. */
final class OwnPartner {
  private final PartnerId id = new PartnerId(UUID.randomUUID());
  private final TestServer server;

  OwnPartner(TestServer server) {
    this.server = server;
    server.server().directory().partners().create(new Partner(id, "Partner " + id));
  }

  PartnerId id() {
    return id;
  }

  /** One more admin agent of it. */
  Agent admin(String name) {
    return server
        .server()
        .directory()
        .partners()
        .createAgent(
            new Agent(
                new AgentId(UUID.randomUUID()),
                id,
                name + "@" + id + ".example",
                name,
                Set.of(Role.ADMIN_AGENT)),
            Tenancy.AGENT_PASSWORD);
  }
}
