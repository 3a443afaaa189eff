package dev.vidame.server;

import dev.vidame.directory.Checkpoints;
import dev.vidame.directory.Directory;
import dev.vidame.directory.customers.CustomerPolicy;
import dev.vidame.directory.observation.Observers;
import dev.vidame.directory.operators.Operators;
import dev.vidame.directory.partners.RefreshTokens;
import dev.vidame.directory.users.UserPolicy;
import dev.vidame.server.audit.Refusals;
import dev.vidame.server.bulk.BulkRuns;
import dev.vidame.server.dashboard.Dashboard;
import dev.vidame.server.http.Api;
import dev.vidame.server.http.ConnectionLimit;
import dev.vidame.server.http.Entrance;
import dev.vidame.server.http.HttpListener;
import dev.vidame.server.http.Route;
import dev.vidame.server.http.Throttle;
import dev.vidame.server.limits.HeldAnswers;
import dev.vidame.server.limits.KnownAccounts;
import dev.vidame.server.limits.RequestLimits;
import dev.vidame.server.limits.SignInLog;
import dev.vidame.server.metrics.MetricsListener;
import dev.vidame.server.oauth.BearerAuthenticator;
import dev.vidame.server.secrets.ContentSeal;
import dev.vidame.server.secrets.KeySealException;
import dev.vidame.server.seed.Seed;
import dev.vidame.server.seed.SeedReport;
import dev.vidame.server.settings.SecuritySettings;
import dev.vidame.server.settings.Settings;
import dev.vidame.server.tls.ServerTls;
import dev.vidame.server.tls.TlsException;
import dev.vidame.server.tokens.BearerTokens;
import dev.vidame.server.tokens.ExternalTokens;
import dev.vidame.server.tokens.KeyRenewal;
import dev.vidame.server.tokens.ProviderSignIns;
import dev.vidame.server.tokens.TokenSettings;
import dev.vidame.server.tokens.Tokens;
import dev.vidame.server.users.Purge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A running server: one directory, served over HTTP. Thread-safe. Everything is wired together
 * here, by hand.
 *
 * {@snippet :
 * try (VidameServer server = VidameServer.start(settings, Clock.systemUTC())) {
 *   System.out.println("Serving at " + server.address());
 * }
 * }
 */
public final class VidameServer implements AutoCloseable {
  private static final int MOST_HELD_ANSWERS = 1_000;

  private final Settings settings;
  private final Watch watch;

  /**
   * What was opened, newest first, so that a stop, or a start that fails half-way, closes all of
   * it.
   */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private final Directory directory;
  private final List<Route> routes;
  private final Tokens tokens;
  private final Entrance entrance;
  private final @Nullable SeedReport seeded;
  private volatile @Nullable URI address;

  private VidameServer(
      Settings settings, Clock clock, @Nullable Seed seed, @Nullable Entrance given)
      throws StartException {
    this.settings = settings;
    this.watch = Watch.of(settings, clock);
    open.push(watch.tracing());
    try {
      OpenStore store = opened(OpenStore.hold(settings.store()));
      HttpListener.Doorway doorway = doorway();
      Opening<Directory> opening =
          Opening.of(() ->
              store.open(
                  options(settings, clock), watch.observers(), settings.operating().checkpoints()));
      entrance = given == null ? HttpListener.prepare(VidameServer::correlationId, doorway) : given;
      directory = opened(opening.result());
      seeded = seed == null ? null : seed.loadInto(directory, UUID::randomUUID);
      Throttle throttle = throttle(clock);
      tokens =
          Tokens.open(
              directory,
              this::address,
              tokenSettings(settings),
              settings.security().tokenDefences(signInLog(clock), throttle::waitForToken, clock),
              clock);
      opened(
          KeyRenewal.start(
              tokens,
              settings.security().signingKeyAge(),
              settings.store().isShared(),
              VidameServer::correlationId));
      watch.metrics().watchSigningKeyAge(tokens::signingKeyAge);
      watch.metrics().watchSigning(Tokens.signing());
      // Callers who know the port may come before this knows it, and tokens name the address.
      address = addressAt(settings.listenAddress().getPort());
      ExternalTokens others = opened(new ExternalTokens(directory.issuersInUse(), clock));
      BearerAuthenticator authenticator = authenticator(tokens, others, clock);
      ProviderSignIns providers =
          opened(new ProviderSignIns(others, tokens.providerSecrets(), this::address));
      Dashboard dashboard =
          new Dashboard(
              new Dashboard.Parts(
                  directory,
                  tokens,
                  providers,
                  settings.dashboard().options(),
                  this::address,
                  clock,
                  new Dashboard.Bulk(bulkRuns(clock), throttle)));
      routes =
          new RouteTable(directory, settings, tokens, this::address, clock, watch)
              .routes(authenticator, dashboard);
      listen(api(authenticator, throttle, clock, dashboard));
      open.push(directory.changes()); // closed before the listener waits for who waits
      address = addressAt(entrance.port());
      if (settings.metricsPort().isPresent()) {
        serveMetrics(settings.metricsPort().get());
      }
      opened(
          Purge.start(
              directory.users(),
              directory.leases(),
              VidameServer::correlationId,
              most ->
                  directory
                      .dashboardSessions()
                      .purge(settings.dashboard().options().limits(), most)));
    } catch (KeySealException e) {
      closeAll();
      throw new StartException(e.getMessage() + ".", e);
    } catch (StartException | RuntimeException e) {
      closeAll();
      throw e;
    }
  }

  /**
   * Opens the store and listens.
   *
   * @throws StartException when the folder, the store or an address cannot be had
   */
  public static VidameServer start(Settings settings, Clock clock) throws StartException {
    return new VidameServer(settings, clock, null, null);
  }

  /**
   * As {@link #start(Settings, Clock)}; an empty store is filled before anybody is answered.
   *
   * @throws dev.vidame.server.seed.SeedException when the seed is not good; then nothing was loaded
   *     and no server runs
   */
  public static VidameServer start(Settings settings, Clock clock, Seed seed)
      throws StartException {
    return new VidameServer(settings, clock, seed, null);
  }

  /**
   * As the others, behind an entrance of the caller's own, which outlives the server; addresses and
   * TLS are the entrance's concern then.
   *
   * @param seed what an empty store is filled from, if anything
   */
  public static VidameServer start(
      Settings settings, Clock clock, @Nullable Seed seed, Entrance entrance)
      throws StartException {
    return new VidameServer(settings, clock, seed, entrance);
  }

  /**
   * Makes another operator in a store that no server works with, for who has lost all secrets.
   *
   * @throws StartException when the folder or the store cannot be had
   */
  public static Operators.Created newOperator(Settings settings, Clock clock, String name)
      throws StartException {
    try (OpenStore store = OpenStore.hold(settings.store());
        Directory directory =
            store.open(options(settings, clock), Observers.none(), Checkpoints.standard())) {
      return directory.operators().createAnother(name);
    }
  }

  private static Directory.Options options(Settings settings, Clock clock) {
    return new Directory.Options(
        new UserPolicy(
            settings.takesAnyUsageLocation(),
            settings.hasPasswordBanList(),
            settings.security().passwordStandard()),
        new CustomerPolicy(settings.deletionNeedsNoLicenses()),
        settings.userRetention(),
        settings.hashing(),
        RefreshTokens.Lifetimes.standard(),
        clock);
  }

  private static TokenSettings tokenSettings(Settings settings) {
    return TokenSettings.standard()
        .withAudiences(settings.audiences())
        .withPasswordGrant(settings.offersPasswordGrant())
        .withNonceInsteadOfPkce(settings.security().takesNonceInsteadOfPkce())
        .withLegacyAudienceRejected(settings.rejectsLegacyAudience())
        .withAccessTokenLifetime(settings.tokenLifetime());
  }

  private Api api(
      BearerAuthenticator authenticator, Throttle throttle, Clock clock, Dashboard dashboard) {
    return new Api(
        routes,
        authenticator,
        throttle,
        directory.standings()::of,
        new Refusals(directory.audit()),
        watch.metrics(),
        clock,
        watch.tracing(),
        dashboard);
  }

  private BearerAuthenticator authenticator(Tokens tokens, ExternalTokens others, Clock clock) {
    BearerTokens all =
        new BearerTokens(
            tokens.verifier(), others::verify, settings.security().refusedTokens(clock));
    return new BearerAuthenticator(all::verify, directory.operators(), settings.requiresMfa());
  }

  private SignInLog signInLog(Clock clock) {
    return new SignInLog(
        watch.metrics(),
        new KnownAccounts(directory.partners()),
        directory.secrets().get("sign-in-names"),
        clock);
  }

  /** Closed before the directory, so that every row that is under way is stored. */
  private BulkRuns bulkRuns(Clock clock) {
    String purpose = "bulk-files";
    ContentSeal seal =
        ContentSeal.of(settings.security().seal(), purpose, directory.secrets().get(purpose));
    return opened(BulkRuns.open(settings.dashboard().bulk(), seal, clock));
  }

  private Throttle throttle(Clock clock) {
    RequestLimits limits =
        RequestLimits.of(
            settings.partnerRequestsPerMinute(), settings.customerRequestsPerMinute(), clock);
    return new Throttle(
        limits, new HeldAnswers(settings.javaClientHold(), MOST_HELD_ANSWERS), watch.metrics());
  }

  private HttpListener.Doorway doorway() throws StartException {
    SecuritySettings security = settings.security();
    ServerTls tls = null;
    if (security.tls().isPresent()) {
      try {
        tls = opened(ServerTls.open(security.tls().get()).watching(security.tlsReload()));
      } catch (TlsException e) {
        throw new StartException(e.getMessage() + ". See the settings that begin with tls.", e);
      }
    }
    return new HttpListener.Doorway(
        settings.listenAddress(),
        tls == null ? null : tls.context(),
        security.trustedForwarders(),
        ConnectionLimit.of(Runtime.getRuntime().maxMemory())
            .withConnections(settings.operating().mostConnections()));
  }

  private void listen(Api api) throws StartException {
    requireFree(settings.listenAddress(), "listen.port");
    entrance.start(api);
    open.push(() -> entrance.stop(settings.shutdownGrace()));
  }

  /** The library below logs it and goes on when it cannot bind, so that is found out first. */
  private static void requireFree(InetSocketAddress wanted, String setting) throws StartException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(wanted);
    } catch (IOException e) {
      throw new StartException(
          "Cannot listen at "
              + wanted
              + ": "
              + e.getMessage()
              + ". Is another server there? Set "
              + setting
              + ".",
          e);
    }
  }

  /** A name for a request that came without one. It need not be secret, so it need not be slow. */
  private static UUID correlationId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
    long variant2 = (random.nextLong() >>> 2) | 0x8000000000000000L;
    return new UUID(version4, variant2);
  }

  private void serveMetrics(int port) throws StartException {
    requireFree(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), "metrics.port");
    open.push(MetricsListener.start(watch.metrics(), port));
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  private URI addressAt(int port) {
    return settings.baseUrl().orElseGet(() -> listenedAt(port));
  }

  private URI listenedAt(int port) {
    String host = settings.listenAddress().getHostString();
    String literal = host.contains(":") ? "[" + host + "]" : host;
    String scheme = settings.security().tls().isPresent() ? "https" : "http";
    return URI.create(scheme + "://" + literal + ":" + port);
  }

  /** The address that callers use, without a slash at its end. */
  public URI address() {
    URI known = address;
    if (known == null) {
      throw new IllegalStateException("The server does not listen yet");
    }
    return known;
  }

  /** What became of the seed, where the server was started with one. */
  public Optional<SeedReport> seeded() {
    return Optional.ofNullable(seeded);
  }

  /**
   * Makes the first operator, where there is none yet.
   *
   * @return the operator and its secret, which nobody can read again; empty where there is one
   */
  public Optional<Operators.Created> createFirstOperator() {
    return directory.operators().createFirst("First operator");
  }

  /** What is served, and who may call it. */
  public List<Route> routes() {
    return routes;
  }

  /** This server's own tokens, for whoever runs it. */
  public Tokens tokens() {
    return tokens;
  }

  /** The directory below, for whoever runs this server. */
  public Directory directory() {
    return directory;
  }

  /** Answers what is under way, takes nothing new, and lets everything go. */
  @Override
  public void close() {
    closeAll();
  }

  private void closeAll() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        System.getLogger(VidameServer.class.getName())
            .log(System.Logger.Level.ERROR, "A part of the server did not stop cleanly", e);
      }
    }
  }
}
