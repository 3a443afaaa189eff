package dev.vidame.testkit;

import dev.vidame.directory.Directory;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.PasswordHashing;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.operators.Operators;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.server.StartException;
import dev.vidame.server.VidameServer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.seed.FoundingDocument;
import dev.vidame.server.seed.Seed;
import dev.vidame.server.settings.SettingsLoader;
import dev.vidame.server.tokens.Tokens;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The production server inside this JVM, at a free port of the loopback address, with a store of
 * its own in a temporary folder. Nothing of it is imitated: it is the server that {@code vidame
 * serve} runs, with its storage, tokens and rules. Without limits on requests unless a test sets
 * them.
 *
 * {@snippet :
 * try (Vidame vidame = Vidame.start()) {
 *   CustomerUser user = vidame.client().customers().byId(FoundingDocument.CUSTOMER)
 *       .users().byId(FoundingDocument.USER).get();
 * }
 * }
 *
 * <p>Thread-safe for requests. Whoever resets, restores or closes must not do two of these at once.
 */
public final class Vidame implements AutoCloseable {
  /** Held, because loggers that nobody holds forget their levels. */
  private static final List<Logger> LIBRARIES =
      List.of(Logger.getLogger("org.flywaydb"), Logger.getLogger("io.helidon"));

  /** A test's passwords are made up, and its time is not. */
  private static final String LEAST_HASH_MEMORY =
      Integer.toString(PasswordHashing.LEAST_MEMORY_KIB);

  private static final List<String> OWN =
      List.of("data.", "listen.", "metrics.port", "tls.", "shutdown.");

  private final MovableClock clock = new MovableClock(Clock.systemUTC());
  private final Faults faults = new Faults();
  private final Recorder recorder = new Recorder();
  private final Ids ids = new Ids();
  private final Stores stores = new Stores();
  private final Map<String, String> settings;
  private final Front front;
  private final Snapshot fresh;
  private volatile Running running;
  private @Nullable Thread closing;

  /** A server and where its store lies. */
  private record Running(VidameServer server, Path folder) {}

  private Vidame(Builder builder) {
    LIBRARIES.stream()
        .filter(logger -> logger.getLevel() == null)
        .forEach(logger -> logger.setLevel(Level.WARNING));
    settings = Map.copyOf(builder.settings);
    if (builder.time != null) {
      clock.standAt(builder.time);
    }
    front = new Front(faults, recorder, UUID::randomUUID);
    try {
      Front.Door door = front.door();
      if (builder.isPrepared) {
        Path store = stores.prepared();
        fresh = new Snapshot(this, store, clock.state(), ids.state());
        running = run(stores.copyOf(store), null, door);
      } else {
        running = run(stores.empty(), builder.seed, door);
        fresh = snapshot();
      }
      front.open(door);
    } catch (RuntimeException e) {
      front.close();
      stores.delete();
      throw e;
    }
  }

  /**
   * A server with the founding document's customer and account in it, as {@link FoundingDocument}
   * names them.
   *
   * @throws IllegalStateException when it cannot start
   */
  public static Vidame start() {
    return builder().start();
  }

  /** A builder that would start what {@link #start()} does. */
  public static Builder builder() {
    return new Builder();
  }

  /** Says what to start. Not thread-safe. */
  public static final class Builder {
    private final Map<String, String> settings = new HashMap<>();
    private @Nullable Seed seed;
    private boolean isPrepared = true;
    private @Nullable Instant time;

    private Builder() {
      settings.put("auth.password-grant", "true");
      settings.put("auth.nonce-instead-of-pkce", "true");
      // The prepared store's key would be old from the first day on.
      settings.put("auth.signing-key-max-age-days", "0");
    }

    /** Nobody and nothing is in the store but what the test makes. */
    public Builder empty() {
      seed = null;
      isPrepared = false;
      return this;
    }

    /**
     * What this file says is in the store, instead of the founding document ({@code docs/seed.md}).
     *
     * @throws dev.vidame.server.seed.SeedException when there is none, or it is no JSON
     */
    public Builder seed(Path file) {
      return seed(Seed.read(file));
    }

    Builder seed(Seed other) {
      seed = other;
      isPrepared = false;
      return this;
    }

    /** The clock stands still at this time from the start on, and does so again after a reset. */
    public Builder standingAt(Instant value) {
      time = value;
      return this;
    }

    /**
     * Sets one of the server's settings ({@code docs/configuration.md}).
     *
     * @throws IllegalArgumentException when it is about the store's folder or an address, which are
     *     the kit's
     */
    public Builder setting(String name, String value) {
      if (OWN.stream().anyMatch(name::startsWith)) {
        throw new IllegalArgumentException("The setting " + name + " is the test kit's own");
      }
      settings.put(name, value);
      return this;
    }

    /**
     * Starts it.
     *
     * @throws IllegalStateException when it cannot start
     * @throws dev.vidame.server.settings.SettingsException when a setting is not good
     * @throws dev.vidame.server.seed.SeedException when the seed is not good
     */
    public Vidame start() {
      return new Vidame(this);
    }
  }

  private Running run(Path folder, @Nullable Seed seed, Front.Door door) {
    Map<String, String> flags = new HashMap<>();
    flags.put("passwords.hash-memory-kibibytes", LEAST_HASH_MEMORY);
    flags.putAll(settings);
    flags.put("data.folder", folder.toString());
    flags.put("listen.host", "127.0.0.1");
    flags.put("listen.port", "0");
    try {
      return new Running(
          VidameServer.start(
              SettingsLoader.load(Optional.empty(), Map.of(), flags), clock, seed, door),
          folder);
    } catch (StartException e) {
      throw new IllegalStateException("The server cannot start: " + e.getMessage(), e);
    }
  }

  private VidameServer server() {
    return running.server();
  }

  Directory directory() {
    return server().directory();
  }

  Ids ids() {
    return ids;
  }

  /**
   * Changes the store as an operator would.
   *
   * @throws IllegalArgumentException when the server's rules forbid it, in the words that a caller
   *     would read
   */
  void change(@Nullable PartnerId partner, BiConsumer<Directory, ChangeRequest> change) {
    Actor operator = Actor.operator(partner == null ? Operators.NO_PARTNER : partner);
    try {
      change.accept(directory(), ChangeRequest.once(operator, ids.next()));
    } catch (DirectoryException e) {
      if (e.failure() instanceof Failure.StoreUnavailable) {
        throw e;
      }
      throw new IllegalArgumentException(ApiErrors.inWords(e.failure()), e);
    }
  }

  Tokens tokens() {
    return server().tokens();
  }

  /** The server's address, without a slash at its end. It stays the same after a reset. */
  public URI baseUri() {
    return server().address();
  }

  /** The server's clock. */
  public MovableClock clock() {
    return clock;
  }

  /** What goes wrong, as the test wants it. */
  public Faults faults() {
    return faults;
  }

  /** The last requests and what became of them, oldest first, without their secrets. */
  public List<Exchange> exchanges() {
    return recorder.exchanges();
  }

  /** Ends faults and forgets exchanges, as a reset does. */
  void forget() {
    faults.clear();
    recorder.forget();
  }

  /** The founding document's partner, its agent and its application. */
  public SeededPartner foundingPartner() {
    return SeededPartner.founding(this);
  }

  /** The founding document's customer. */
  public SeededCustomer foundingCustomer() {
    return SeededCustomer.founding(this);
  }

  /** The founding document's admin agent, signed in with its application (App+User). */
  public TestCaller appUser() {
    return foundingPartner().appUser();
  }

  /** The founding document's application, which speaks for itself (App-only). */
  public TestCaller appOnly() {
    return foundingPartner().appOnly();
  }

  /** A client of {@link #appUser}. */
  public PartnerClient client() {
    return appUser().client();
  }

  /** Makes a partner with an admin agent and an application. */
  public PartnerSeed partner() {
    return new PartnerSeed(this);
  }

  /** Makes a customer of the founding document's partner. */
  public CustomerSeed customer() {
    return foundingPartner().customer();
  }

  /** Makes an account of the founding document's customer. */
  public UserSeed user() {
    return foundingCustomer().user();
  }

  /** Makes a product that the founding document's customer subscribes to. */
  public SkuSeed sku() {
    return foundingCustomer().sku();
  }

  /**
   * Keeps the state of store and clock.
   *
   * @return good until this is closed
   */
  public Snapshot snapshot() {
    return new Snapshot(this, stores.snapshotOf(running.folder()), clock.state(), ids.state());
  }

  /**
   * Makes the server what it was when it had just started: the store, the clock, and all that it
   * had in memory. Scripted faults end, recorded exchanges are forgotten. Requests under way are
   * answered first; connections stay.
   */
  public void reset() {
    restore(fresh);
  }

  /**
   * As {@link #reset}, to another state.
   *
   * @param snapshot of this server
   * @throws IllegalArgumentException when it is of another one
   */
  public void restore(Snapshot snapshot) {
    if (!snapshot.isOf(this)) {
      throw new IllegalArgumentException("The snapshot is of another server");
    }
    faults.clear();
    front.shut();
    awaitClosing();
    Running before = running;
    clock.set(snapshot.clock());
    ids.set(snapshot.ids());
    // A new server over a copy: whatever the old one remembered, it takes with it.
    Front.Door door = front.door();
    try {
      running = run(stores.copyOf(snapshot.file()), null, door);
    } catch (RuntimeException e) {
      front.reopen();
      throw e;
    }
    recorder.forget();
    front.open(door);
    closing = Thread.ofPlatform().name("vidame-testkit-close").start(() -> close(before));
  }

  private static void close(Running old) {
    old.server().close();
    Stores.delete(old.folder());
  }

  private void awaitClosing() {
    Thread last = closing;
    if (last == null) {
      return;
    }
    try {
      last.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the server and deletes its store. */
  @Override
  public void close() {
    faults.clear();
    front.shut();
    awaitClosing();
    running.server().close();
    front.close();
    stores.delete();
  }
}
