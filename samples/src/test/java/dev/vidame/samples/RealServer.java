package dev.vidame.samples;

import dev.vidame.sdk.ExchangeObserver;
import dev.vidame.sdk.OAuthCredential;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerCredential;
import dev.vidame.sdk.TokenEndpoint;
import dev.vidame.server.StartException;
import dev.vidame.server.VidameServer;
import dev.vidame.server.seed.Seed;
import dev.vidame.server.settings.SettingsLoader;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The real server with the founding document's customer, and a clock that tests move. */
final class RealServer implements AutoCloseable {
  static final CustomerId CUSTOMER = CustomerId.of("eebd1b55-5360-4438-a11d-5c06918c3014");
  static final UserId USER = UserId.of("4b10bf41-ab11-40e3-8c53-cd67849b50de");
  static final String DOMAIN = "abcdefgh1234.ccsctp.net";
  static final String PARTNER = "6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4";
  static final String APPLICATION = "d0d3b0d2-85f0-4c36-8a2b-2b7a5e1f9a53";
  static final String SECRET = "example-only-change-me-0123456789";
  static final String AGENT = "admin@partner.example";
  static final String AGENT_PASSWORD = "Example-Only-77";

  private static final Path SEED = Path.of("../docs/examples/founding-document.json");

  private final VidameServer server;
  private final MovedClock clock;

  private RealServer(VidameServer server, MovedClock clock) {
    this.server = server;
    this.clock = clock;
  }

  static RealServer start(Path folder) {
    return start(folder, Map.of());
  }

  static RealServer start(Path folder, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("data.folder", folder.resolve("data").toString());
    all.put("listen.port", "0");
    all.put("auth.password-grant", "true");
    all.put("passwords.hash-memory-kibibytes", "8");
    all.putAll(settings);
    MovedClock clock = new MovedClock();
    try {
      return new RealServer(
          VidameServer.start(
              SettingsLoader.load(Optional.empty(), Map.of(), all), clock, Seed.read(SEED)),
          clock);
    } catch (StartException e) {
      throw new IllegalStateException(e);
    }
  }

  URI address() {
    return server.address();
  }

  VidameServer server() {
    return server;
  }

  /** A credential of the agent at this address, which may be that of a proxy. */
  PartnerCredential agentAt(URI address) {
    return OAuthCredential.builder()
        .tokenEndpoint(TokenEndpoint.of(address, PARTNER))
        .clientId(APPLICATION)
        .clientSecret(SECRET)
        .userPassword(AGENT, AGENT_PASSWORD)
        .clock(clock)
        .build();
  }

  PartnerClient partner() {
    return PartnerClient.builder().endpoint(address()).credential(agentAt(address())).build();
  }

  PartnerClient partner(ExchangeObserver observer) {
    return PartnerClient.builder()
        .endpoint(address())
        .credential(agentAt(address()))
        .observer(observer)
        .build();
  }

  /** Moves the server's and the credential's clock. */
  void pass(Duration time) {
    clock.pass(time);
  }

  @Override
  public void close() {
    server.close();
  }

  /** The real time and what the test added. */
  private static final class MovedClock extends Clock {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    void pass(Duration time) {
      ahead.updateAndGet(before -> before.plus(time));
    }

    @Override
    public Instant instant() {
      return Clock.systemUTC().instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
