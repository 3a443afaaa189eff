package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.sun.net.httpserver.HttpServer;
import dev.vidame.server.harness.Together;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Key sets of providers that are odd, hostile, slow or gone. */
class RemoteKeysTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final RSAKey GOOD = newKey();
  private static final String MODULUS = GOOD.getModulus().toString();

  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final Source source = new Source();
  private final Logger logger = Logger.getLogger(RemoteKeys.class.getName());
  private final Kept kept = new Kept();

  @BeforeEach
  void keepWhatIsLogged() {
    logger.addHandler(kept);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void keepNoMore() {
    logger.removeHandler(kept);
    logger.setUseParentHandlers(true);
  }

  /** What a provider has, if anything. */
  private static final class Source implements ResourceRetriever {
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile @Nullable String keySet;

    @Override
    public Resource retrieveResource(URL url) throws IOException {
      fetches.incrementAndGet();
      String has = keySet;
      if (has == null) {
        throw new IOException("gone");
      }
      return new Resource(has, "application/json");
    }
  }

  private static final class Kept extends Handler {
    private final List<LogRecord> lines = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      lines.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID("k").generate().toPublicJWK();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** A member list of a key, without anything but what it says. */
  private static String key(String members) {
    return "{" + members.replace('\'', '"') + "}";
  }

  private static String good(String more) {
    return key("'kty':'RSA','kid':'k','e':'AQAB','n':'%s'%s".formatted(MODULUS, more));
  }

  private static String set(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }

  private RemoteKeys keys() {
    return new RemoteKeys("https://login.example/keys", source, PATIENCE, clock);
  }

  private Optional<JWSVerifier> found(String keySet) {
    source.keySet = keySet;
    return keys().verifier("k");
  }

  /** An odd number that is nobody's modulus, but could be one by its look. */
  private static String number(int bits) {
    BigInteger odd = new BigInteger(bits, new Random(bits)).setBit(bits - 1).setBit(0);
    return Base64URL.encode(odd).toString();
  }

  private static String sized(int modulusBits, int exponentBits) {
    return key(
        "'kty':'RSA','kid':'k','e':'%s','n':'%s'"
            .formatted(number(exponentBits), number(modulusBits)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'use':'sig'",
        ",'alg':'RS256'",
        ",'key_ops':['verify']",
        ",'alg':'RS256','use':'sig','x5t':'dGh1bWI','issuer':'https://login.example'"
      })
  void usualKeysAreTaken(String more) {
    assertThat(found(set(good(more)))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",'use':'enc'",
        ",'alg':'RSA-OAEP'",
        ",'alg':'RS512'",
        ",'alg':'PS256'",
        ",'alg':'none'",
        ",'key_ops':['encrypt']"
      })
  void keyForSomethingElseIsNotTaken(String more) {
    assertThat(found(set(good(more)))).isEmpty();
  }

  /** Each check of a signature with such a key would take long, and anybody can ask for one. */
  @Test
  void keyThatIsDearToUseIsNotTaken() {
    assertThat(found(set(sized(3072, 17)))).isPresent();
    assertThat(found(set(sized(8192, 17)))).isPresent();

    assertThat(found(set(sized(2040, 17)))).isEmpty();
    assertThat(found(set(sized(16_384, 17)))).isEmpty();
    assertThat(found(set(sized(3072, 3071)))).isEmpty();
    assertThat(found(set(sized(100_000, 17)))).isEmpty();
    assertThat(found(set(sized(100_000, 99_999)))).isEmpty();
  }

  @Test
  void exponentThatEncryptsNothingIsNotTaken() {
    for (String exponent : List.of("AQ", "AA", "Ag", "AQAA")) {
      String one = good("").replace("\"AQAB\"", '"' + exponent + '"');

      assertThat(found(set(one))).as(exponent).isEmpty();
    }
  }

  /** RFC 7517 §4.5 lets keys of several kinds share an id. */
  @Test
  void usableKeyAmongOthersOfItsIdIsFound() {
    assertThat(found(set(good(",'use':'enc'"), good("")))).isPresent();
  }

  @Test
  void unusableKeyIsLoggedOnceAndNotForEachToken() {
    source.keySet = set(sized(100_000, 17), good(",'kid2':'x'").replace("\"k\"", "\"other\""));
    RemoteKeys keys = keys();

    for (int i = 0; i < 100; i++) {
      assertThat(keys.verifier("k")).isEmpty();
      assertThat(keys.verifier("other")).isPresent();
    }

    assertThat(kept.lines).hasSizeBetween(1, 2);
  }

  /** Whoever writes the set does not choose how much of it stays in memory. */
  @Test
  void noMoreKeysAreKeptThanAnyProviderHas() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 10 * RemoteKeys.MOST_KEYS; i++) {
      many.add(good("").replace("\"k\"", "\"k" + i + "\""));
    }
    source.keySet = set(String.join(",", many));
    RemoteKeys keys = keys();

    assertThat(keys.verifier("k0")).isPresent();
    assertThat(keys.verifier("k" + (RemoteKeys.MOST_KEYS - 1))).isPresent();
    assertThat(keys.verifier("k" + RemoteKeys.MOST_KEYS)).isEmpty();
    assertThat(kept.lines).hasSizeBetween(1, 2);
  }

  @Test
  void manyUnusableKeysAreOneLineOfTheLog() {
    String weak = key("'kty':'RSA','kid':'k','e':'AQAB','n':'AQAB'");

    assertThat(found(set(String.join(",", Collections.nCopies(1_000, weak))))).isEmpty();

    assertThat(kept.lines).hasSizeBetween(1, 2);
  }

  /** Who reads the log learns of what kind the failure was, and nothing that the provider wrote. */
  @Test
  void failureIsLoggedByItsKind() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (BoundedRetriever retriever = new BoundedRetriever(PATIENCE)) {
      String url = "http://127.0.0.1:" + port + "/";

      assertThat(new RemoteKeys(url, retriever, PATIENCE, clock).verifier("k")).isEmpty();
    }

    assertThat(kept.lines).hasSize(1);
    assertThat(kept.lines.getFirst().getMessage()).contains("ConnectException");
  }

  @Test
  void outageIsLoggedWhileKnownKeysStillDo() {
    source.keySet = set(good(""));
    RemoteKeys keys = keys();
    assertThat(keys.verifier("k")).isPresent();

    source.keySet = null;
    clock.advance(Duration.ofMinutes(11));

    assertThat(keys.verifier("k")).isPresent();
    assertThat(kept.lines).hasSize(1);
    assertThat(keys.verifier("k")).isPresent();
    assertThat(kept.lines).hasSize(1);
  }

  static List<String> oddSets() {
    return List.of(
        "",
        "null",
        "[]",
        "{}",
        "{\"keys\":null}",
        "{\"keys\":[null]}",
        "{\"keys\":[[]]}",
        "{\"keys\":{}}",
        set("{}"),
        set(key("'kty':5")),
        set(key("'kty':'RSA','n':5,'e':'AQAB'")),
        set(key("'kty':'RSA','kid':'k','n':'','e':''")),
        set(key("'kty':'RSA','kid':'k','n':'!','e':'?'")),
        set(key("'kty':'RSA','kid':5,'n':'AQAB','e':'AQAB'")),
        set(key("'kty':'oct','kid':'k','k':'AQAB'")),
        set(key("'kty':'EC','kid':'k','crv':'P-256','x':'AQAB','y':'AQAB'")),
        set(key("'kty':'OKP','kid':'k','crv':'Ed25519','x':'AQAB'")),
        set(key("'kty':'new','kid':'k'")),
        set(good(",'use':5")),
        set(good(",'key_ops':'verify'")),
        set(good(",'key_ops':[null]")),
        set(good(",'x5c':['garbage']")),
        set(good(",'x5u':'no url at all'")),
        set(good(",'oth':[{}]")),
        set(good(",'d':''")),
        set(good(",'exp':'soon'")),
        "[".repeat(60_000),
        "{\"keys\":" + "[".repeat(60_000),
        "{\"a\":".repeat(10_000),
        set(good(",'deep':" + "[".repeat(20_000) + "]".repeat(20_000))),
        set(good(",'exp':1e999999999")),
        set(good(",'exp':" + "9".repeat(60_000))));
  }

  /** Whatever comes, nobody gets in by it, and the caller is refused and not failed. */
  @ParameterizedTest
  @MethodSource("oddSets")
  void oddKeySetIsAsGoodAsNone(String odd) {
    source.keySet = odd;
    RemoteKeys keys = keys();

    assertThatCode(() -> keys.verifier("k")).doesNotThrowAnyException();
    clock.advance(Duration.ofSeconds(31));
    source.keySet = set(good(""));
    assertThat(keys.verifier("k")).isPresent();
  }

  @Test
  void changedKeySetsNeverFail() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String whole = new JWKSet(List.of(GOOD)).toString();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder changed = new StringBuilder(whole);
      for (int j = random.nextInt(4); j >= 0; j--) {
        int at = random.nextInt(changed.length());
        switch (random.nextInt(3)) {
          case 0 -> changed.deleteCharAt(at);
          case 1 -> changed.insert(at, "{}[]\",:05eE-nAk\\\u0000".charAt(random.nextInt(16)));
          default -> changed.setCharAt(at, "{}[]\",:05eE-nAk\\\u0000".charAt(random.nextInt(16)));
        }
      }
      source.keySet = changed.toString();

      assertThatCode(() -> keys().verifier("k"))
          .as("seed %d, round %d: %s", seed, i, changed)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void manyWhoComeAtOnceFetchOnce() throws Exception {
    source.keySet = set(good(""));
    RemoteKeys keys = keys();

    List<Boolean> found = Together.run(50, worker -> () -> keys.verifier("k").isPresent());

    assertThat(found).containsOnly(true);
    assertThat(source.fetches).hasValue(1);
  }

  @Test
  void manyWhoBringANewKeyFetchOnce() throws Exception {
    source.keySet = set(good(""));
    RemoteKeys keys = keys();
    assertThat(keys.verifier("k")).isPresent();
    source.keySet = set(good("").replace("\"k\"", "\"new\""));

    List<Boolean> found = Together.run(50, worker -> () -> keys.verifier("new").isPresent());

    assertThat(found).containsOnly(true);
    assertThat(source.fetches).hasValue(2);
  }

  /** One provider that does not answer delays neither another's tokens nor its own known keys. */
  @Test
  void slowProviderDelaysNobodyElse() throws Exception {
    CountDownLatch asked = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String address = "http://127.0.0.1:" + http.getAddress().getPort();
    byte[] body = set(good("")).getBytes(StandardCharsets.UTF_8);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        BoundedRetriever retriever = new BoundedRetriever(Duration.ofMinutes(1))) {
      http.setExecutor(threads);
      http.createContext(
          "/",
          exchange -> {
            boolean isSlow = exchange.getRequestURI().getPath().equals("/slow");
            asked.countDown();
            if (isSlow && asked.getCount() == 0) {
              awaited(release);
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      http.start();
      RemoteKeys slow = new RemoteKeys(address + "/slow", retriever, PATIENCE, clock);
      RemoteKeys quick = new RemoteKeys(address + "/quick", retriever, PATIENCE, clock);
      assertThat(slow.verifier("k")).isPresent();
      Future<Boolean> waiting = threads.submit(() -> slow.verifier("new").isPresent());
      awaited(asked);

      assertThat(quick.verifier("k")).isPresent();
      assertThat(slow.verifier("k")).isPresent();
      assertThat(waiting.isDone()).isFalse();

      release.countDown();
      assertThat(waiting.get(1, TimeUnit.MINUTES)).isFalse();
    } finally {
      release.countDown();
      http.stop(0);
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
