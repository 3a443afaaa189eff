package dev.vidame.server.tokens;

import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who a verified token speaks for. Says who it is, not what it may do: the agent's roles are looked
 * up at the time of use.
 *
 * @param partner for whom; the token's {@code tid}
 * @param application the client
 * @param agent the person signed in with it; null exactly for {@link Kind#APP_ONLY}
 * @param userPrincipalName the agent's sign-in name, when the token was issued; null without agent
 * @param expiresAt the token's own end, without the clock skew
 * @param authenticationMethods how the agent signed in ({@code amr}); empty without agent
 * @param secret which of the application's secrets or keys it proved itself with; null where there
 *     was none
 */
public record Caller(
    PartnerId partner,
    ApplicationId application,
    @Nullable AgentId agent,
    @Nullable String userPrincipalName,
    Instant expiresAt,
    List<String> authenticationMethods,
    @Nullable UUID secret) {

  /** A caller whose token was had without a secret. */
  public Caller(
      PartnerId partner,
      ApplicationId application,
      @Nullable AgentId agent,
      @Nullable String userPrincipalName,
      Instant expiresAt,
      List<String> authenticationMethods) {
    this(partner, application, agent, userPrincipalName, expiresAt, authenticationMethods, null);
  }

  /** The two kinds of callers. */
  public enum Kind {
    /** An application that speaks for itself. */
    APP_ONLY,
    /** An application that speaks for an agent. */
    APP_USER
  }

  /** Copies the methods. */
  public Caller {
    authenticationMethods = List.copyOf(authenticationMethods);
  }

  /** Which of the two kinds. */
  public Kind kind() {
    return agent == null ? Kind.APP_ONLY : Kind.APP_USER;
  }
}
