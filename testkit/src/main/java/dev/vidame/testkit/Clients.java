package dev.vidame.testkit;

import dev.vidame.sdk.AccessToken;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerCredential;
import java.net.URI;
import java.util.function.Supplier;

/** The one place that knows how the SDK's clients are made. */
final class Clients {
  private Clients() {}

  /** A client that asks for a token when it has none, and again when one is refused. */
  static PartnerClient client(URI server, Supplier<String> tokens) {
    // When a token ends is the server's clock's affair, which a test moves.
    PartnerCredential credential =
        PartnerCredential.cached(() -> new AccessToken(tokens.get(), null));
    return PartnerClient.builder().endpoint(server).credential(credential).build();
  }
}
