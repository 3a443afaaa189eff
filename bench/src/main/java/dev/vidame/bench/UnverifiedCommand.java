package dev.vidame.bench;

import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.StartException;
import dev.vidame.server.VidameServer;
import dev.vidame.server.audit.Refusals;
import dev.vidame.server.http.Api;
import dev.vidame.server.http.HttpListener;
import dev.vidame.server.http.Throttle;
import dev.vidame.server.metrics.RequestMetrics;
import dev.vidame.server.oauth.BearerAuthenticator;
import dev.vidame.server.settings.Settings;
import dev.vidame.server.settings.SettingsLoader;
import dev.vidame.server.tokens.Caller;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The product at one port, and its routes over its store at two more: at one for whom the token
 * says, at the other one for a caller who is taken to be the store's agent, whatever the token
 * says. The product itself has no such switch, so both are put together here, and differ in nothing
 * else.
 */
@Command(name = "unverified", hidden = true)
final class UnverifiedCommand implements Callable<Integer> {
  /** Answers 200 once all are there. */
  static final String FIRST_ANSWER = "/.well-known/jwks.json";

  @Option(names = "--data", required = true)
  private Path data = Path.of("");

  @Option(names = "--partner", required = true)
  private UUID partner = new UUID(0, 0);

  @Option(names = "--application", required = true)
  private UUID application = new UUID(0, 0);

  @Option(names = "--port", required = true)
  private int port;

  @Option(names = "--verified-port", required = true)
  private int verifiedPort;

  @Option(names = "--unverified-port", required = true)
  private int unverifiedPort;

  @Override
  public Integer call() throws StartException, InterruptedException {
    Map<String, String> flags =
        Map.of(
            "data.folder", data.toString(),
            "listen.port", Integer.toString(port),
            "auth.password-grant", "true");
    Settings settings = SettingsLoader.load(Optional.empty(), Map.of(), flags);
    try (VidameServer server = VidameServer.start(settings, Clock.systemUTC());
        HttpListener verified = listener(verifiedPort);
        HttpListener unverified = listener(unverifiedPort)) {
      Caller agent =
          new SeededStore(data, new PartnerId(partner), new ApplicationId(application))
              .caller(server.directory());
      verified.start(
          api(
              server,
              new BearerAuthenticator(
                  (token, client) -> server.tokens().verifier().verify(token),
                  server.directory().operators(),
                  false)));
      unverified.start(api(server, (token, client) -> agent));
      Bench.say("verified at port " + verifiedPort + ", not at port " + unverifiedPort);
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private static HttpListener listener(int port) {
    return HttpListener.prepare(
        UUID::randomUUID, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static Api api(VidameServer server, Api.Authenticator authenticator) {
    RequestMetrics metrics = new RequestMetrics();
    return new Api(
        server.routes(),
        authenticator,
        Throttle.open(metrics),
        server.directory().standings()::of,
        new Refusals(server.directory().audit()),
        metrics,
        Clock.systemUTC());
  }
}
