package dev.vidame.server.tokens;

import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Partners;
import dev.vidame.directory.partners.Partners.Client;
import dev.vidame.server.limits.SignInGuard;
import dev.vidame.server.limits.SignInGuard.Kind;
import dev.vidame.server.limits.SignInGuard.Who;
import dev.vidame.wire.Guid;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Where applications prove who they are, whatever they ask for. Thread-safe. */
final class Clients {
  private final Partners partners;
  private final ClientAssertions assertions;
  private final SignInGuard guard;

  Clients(Partners partners, ClientAssertions assertions, SignInGuard guard) {
    this.partners = partners;
    this.assertions = assertions;
    this.guard = guard;
  }

  /**
   * The client of a request, which has proved itself if it can.
   *
   * @throws dev.vidame.server.limits.SignInThrottled when others have failed just before
   */
  Client of(TokenRequest request) throws TokenRequestRefused {
    if (ClientAssertion.isIn(request)) {
      return signed(ClientAssertion.of(request), request);
    }
    ClientCredentials credentials = ClientCredentials.of(request);
    String secret = credentials.secret();
    return Guid.parse(credentials.clientId())
        .map(ApplicationId::new)
        .flatMap(id ->
            secret == null
                ? partners.publicClient(id)
                : guard.attempt(who(id, request), () -> partners.client(id, secret)))
        .orElseThrow(() -> new TokenRequestRefused(TokenError.CLIENT_REFUSED));
  }

  private Client signed(ClientAssertion assertion, TokenRequest request)
      throws TokenRequestRefused {
    AtomicReference<TokenError> fault = new AtomicReference<>(TokenError.ASSERTION_REFUSED);
    Optional<Client> client =
        guard.attempt(
            who(assertion.application(), request),
            () ->
                switch (assertions.look(assertion, request)) {
                  case ClientAssertions.Proved(Client proved) -> Optional.of(proved);
                  case ClientAssertions.Failed(TokenError error) -> {
                    fault.set(error);
                    yield Optional.empty();
                  }
                });
    return client.orElseThrow(() -> new TokenRequestRefused(fault.get()));
  }

  private static Who who(ApplicationId id, TokenRequest request) {
    return new Who(Kind.CLIENT_SECRET, id.toString(), request.address());
  }
}
