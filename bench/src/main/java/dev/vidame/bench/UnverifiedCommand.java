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
 * The product at one port, and at another one its routes over its store for a caller who is taken
 * to be the store's agent, whatever the token says. The product itself has no such switch, so the
 * second port is put together here.
 */
@Command(name = "unverified", hidden = true)
final class UnverifiedCommand implements Callable<Integer> {
  /** Answers 200 once both are there. */
  static final String FIRST_ANSWER = "/.well-known/jwks.json";

  @Option(names = "--data", required = true)
  private Path data = Path.of("");

  @Option(names = "--partner", required = true)
  private UUID partner = new UUID(0, 0);

  @Option(names = "--application", required = true)
  private UUID application = new UUID(0, 0);

  @Option(names = "--verified-port", required = true)
  private int verifiedPort;

  @Option(names = "--unverified-port", required = true)
  private int unverifiedPort;

  @Override
  public Integer call() throws StartException, InterruptedException {
    Map<String, String> flags =
        Map.of(
            "data.folder", data.toString(),
            "listen.port", Integer.toString(verifiedPort),
            "auth.password-grant", "true");
    Settings settings = SettingsLoader.load(Optional.empty(), Map.of(), flags);
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), unverifiedPort);
    try (VidameServer server = VidameServer.start(settings, Clock.systemUTC());
        HttpListener listener = HttpListener.prepare(UUID::randomUUID, address)) {
      listener.start(unverified(server));
      Bench.say("verified at port " + verifiedPort + ", not at port " + unverifiedPort);
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private Api unverified(VidameServer server) {
    SeededStore store =
        new SeededStore(data, new PartnerId(partner), new ApplicationId(application));
    Caller agent = store.caller(server.directory());
    RequestMetrics metrics = new RequestMetrics();
    return new Api(
        server.routes(),
        token -> agent,
        Throttle.open(metrics),
        server.directory().standings()::of,
        new Refusals(server.directory().audit()),
        metrics,
        Clock.systemUTC());
  }
}
