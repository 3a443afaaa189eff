package dev.vidame.server.oauth;

import dev.vidame.server.http.Route;
import dev.vidame.server.tokens.Tokens;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The routes that people see in their browsers. Thread-safe. */
public final class PageRoutes {
  private final AuthorizeRoutes authorize;
  private final DeviceRoutes device;

  /**
   * Routes over the built-in issuer.
   *
   * @param secret 32 bytes that nobody knows
   * @param address this server's own
   */
  public PageRoutes(Tokens tokens, byte[] secret, SecureRandom random, Supplier<URI> address) {
    FormGuard guard = new FormGuard(secret, random, address);
    SignInSteps steps = new SignInSteps(tokens.signIns(), guard);
    this.authorize = new AuthorizeRoutes(tokens.authorization(), steps, guard);
    this.device = new DeviceRoutes(tokens.devicePage(), steps, guard);
  }

  /** The lines of the route table. */
  public List<Route> routes() {
    return Stream.concat(authorize.routes().stream(), device.routes().stream()).toList();
  }
}
