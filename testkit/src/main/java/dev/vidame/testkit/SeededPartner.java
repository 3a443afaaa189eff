package dev.vidame.testkit;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.seed.FoundingDocument;
import java.util.UUID;

/** A partner in the store, with an agent and an application. Immutable. */
public final class SeededPartner {
  private final Vidame vidame;
  private final Application application;
  private final Agent agent;
  private final Known known;

  /**
   * What proves who calls.
   *
   * @param secret of the application
   * @param password of the agents
   */
  record Known(String secret, String password) {
    @Override
    public String toString() {
      return "Known[]";
    }
  }

  SeededPartner(Vidame vidame, Application application, Agent agent, Known known) {
    this.vidame = vidame;
    this.application = application;
    this.agent = agent;
    this.known = known;
  }

  static SeededPartner founding(Vidame vidame) {
    return new SeededPartner(
        vidame,
        vidame
            .directory()
            .partners()
            .application(FoundingDocument.APPLICATION)
            .orElseThrow(SeededPartner::notThere),
        vidame
            .directory()
            .partners()
            .agent(FoundingDocument.AGENT)
            .orElseThrow(SeededPartner::notThere),
        new Known(FoundingDocument.APPLICATION_SECRET, FoundingDocument.AGENT_PASSWORD));
  }

  private static IllegalStateException notThere() {
    return new IllegalStateException(
        "The founding document's partner is not in this store; make one with partner().create()");
  }

  /** Its id, which is the tenant in the paths of its tokens. */
  public UUID id() {
    return application.partner().value();
  }

  /** The application's id, which is its {@code client_id}. */
  public UUID applicationId() {
    return application.id().value();
  }

  /** The application's secret. */
  public String applicationSecret() {
    return known.secret();
  }

  /** The admin agent's sign-in name. */
  public String agentName() {
    return agent.userPrincipalName();
  }

  /** The admin agent's password, and that of all agents that were made here. */
  public String agentPassword() {
    return known.password();
  }

  /** The admin agent, signed in with the application (App+User). */
  public TestCaller appUser() {
    return new TestCaller(vidame, application, agent, false);
  }

  /**
   * A new agent with just this role, signed in with the application.
   *
   * @param role such as {@code helpdesk_agent}
   * @throws IllegalArgumentException when there is no such role
   */
  public TestCaller appUser(String role) {
    Role known =
        Role.of(role).orElseThrow(() -> new IllegalArgumentException("There is no role " + role));
    return new TestCaller(
        vidame, application, PartnerSeed.agent(vidame, application.partner(), known), false);
  }

  /** The application, which speaks for itself (App-only). */
  public TestCaller appOnly() {
    return new TestCaller(vidame, application, null, false);
  }

  /** Makes a customer of this partner. */
  public CustomerSeed customer() {
    return new CustomerSeed(vidame, application.partner());
  }
}
