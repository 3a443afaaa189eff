package dev.vidame.testkit;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Role;
import java.util.Set;

/** A partner to be made. Not thread-safe. */
public final class PartnerSeed {
  private static final String SECRET = "testkit-only-secret-0123456789";
  private static final String PASSWORD = "Testkit-Only-77";

  private final Vidame vidame;
  private String name = "Test partner";
  private boolean isSandbox;

  PartnerSeed(Vidame vidame) {
    this.vidame = vidame;
  }

  /** Its name. */
  public PartnerSeed name(String value) {
    name = value;
    return this;
  }

  /** Makes it a sandbox partner, which may delete customers. */
  public PartnerSeed sandbox() {
    isSandbox = true;
    return this;
  }

  /**
   * Makes it, with an admin agent and an application.
   *
   * @throws IllegalArgumentException when the server's rules forbid it
   */
  public SeededPartner create() {
    PartnerId id = new PartnerId(vidame.ids().next());
    vidame.change(
        id,
        (directory, request) ->
            directory.partnerRegistry().create(new Partner(id, name, isSandbox), request));
    Application application =
        new Application(new ApplicationId(vidame.ids().next()), id, name + "'s application", true);
    vidame.change(
        id, (directory, request) -> directory.applications().create(application, SECRET, request));
    Agent agent = agent(vidame, id, Role.ADMIN_AGENT);
    return new SeededPartner(vidame, application, agent, new SeededPartner.Known(SECRET, PASSWORD));
  }

  /** Makes an agent of a partner. */
  static Agent agent(Vidame vidame, PartnerId partner, Role role) {
    String name = "agent" + vidame.ids().text();
    Agent agent =
        new Agent(
            new AgentId(vidame.ids().next()),
            partner,
            name + "@partner.test",
            name,
            Set.of(role),
            false);
    vidame.change(
        partner, (directory, request) -> directory.agents().create(agent, PASSWORD, request));
    return agent;
  }
}
