package dev.vidame.server.limits;

import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Partners;
import dev.vidame.server.limits.SignInGuard.Who;
import dev.vidame.wire.Guid;
import java.util.Optional;
import java.util.UUID;

/** The agents and applications of a directory. Thread-safe. */
public final class KnownAccounts implements SignInLog.Accounts {
  private final Partners partners;

  /** Those of this directory. */
  public KnownAccounts(Partners partners) {
    this.partners = partners;
  }

  @Override
  public Optional<UUID> find(Who who) {
    return switch (who.kind()) {
      case PASSWORD -> partners.agentNamed(who.name()).map(agent -> agent.id().value());
      case SECOND_FACTOR ->
          Guid.parse(who.name())
              .flatMap(id -> partners.agent(new AgentId(id)))
              .map(agent -> agent.id().value());
      case CLIENT_SECRET ->
          Guid.parse(who.name())
              .flatMap(id -> partners.application(new ApplicationId(id)))
              .map(application -> application.id().value());
      case USER_CODE, REFRESH_TOKEN, AUTHORIZATION_CODE, DEVICE_CODE -> Optional.empty();
    };
  }
}
