package dev.vidame.directory.journal;

import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who changes something.
 *
 * @param partner for whom
 * @param agentOrNull the person, or null when an application acts on its own
 * @param application with what
 */
public record Actor(PartnerId partner, @Nullable AgentId agentOrNull, ApplicationId application) {
  private static final ApplicationId OPERATOR = new ApplicationId(new UUID(0, 0));

  /** The person, if one acts. */
  public Optional<AgentId> agent() {
    return Optional.ofNullable(agentOrNull);
  }

  /** Whoever runs this server, acting for a partner: its rows carry the nil GUID as application. */
  public static Actor operator(PartnerId partner) {
    return new Actor(partner, null, OPERATOR);
  }

  /** A known one of them, who stands where an agent stands in other rows. */
  public static Actor operator(PartnerId partner, UUID operator) {
    return new Actor(partner, new AgentId(operator), OPERATOR);
  }

  /** Whether it is whoever runs this server. */
  public boolean isOperator() {
    return application.equals(OPERATOR);
  }
}
