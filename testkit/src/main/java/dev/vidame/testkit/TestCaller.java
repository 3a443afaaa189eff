package dev.vidame.testkit;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Application;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.server.tokens.TokenSettings;
import dev.vidame.server.tokens.TokenSubject;
import dev.vidame.server.tokens.TokenVersion;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who calls the API: an agent with an application, or an application alone. Its tokens are
 * the server's own, signed with its key; only the proof of who asks for them is left out.
 * Thread-safe.
 */
public final class TestCaller {
  private final Vidame vidame;
  private final Application application;
  private final @Nullable Agent agent;
  private final boolean isMultiFactor;

  TestCaller(Vidame vidame, Application application, @Nullable Agent agent, boolean isMultiFactor) {
    this.vidame = vidame;
    this.application = application;
    this.agent = agent;
    this.isMultiFactor = isMultiFactor;
  }

  /** The same, as one who showed a second factor. */
  public TestCaller withSecondFactor() {
    return new TestCaller(vidame, application, agent, true);
  }

  /** A new access token, good from now on by the server's clock. */
  public String token() {
    TokenSubject subject =
        agent == null
            ? TokenSubject.of(application)
            : TokenSubject.of(application, agent).withSecondFactor(isMultiFactor);
    return vidame
        .tokens()
        .issuer()
        .accessToken(subject, TokenVersion.V2, TokenSettings.DEFAULT_AUDIENCE)
        .text();
  }

  /** What stands in the header {@code Authorization}: the word Bearer and a new token. */
  public String authorization() {
    return "Bearer " + token();
  }

  /** A client of the SDK that calls as this one, and goes on doing so after resets. */
  public PartnerClient client() {
    return Clients.client(vidame.baseUri(), this::token);
  }
}
