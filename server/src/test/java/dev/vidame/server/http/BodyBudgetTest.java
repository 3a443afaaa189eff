package dev.vidame.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.operators.Operator;
import dev.vidame.harness.Until;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Together;
import dev.vidame.server.http.BodyBudget.Sender;
import dev.vidame.server.http.HttpListener.Doorway;
import dev.vidame.server.metrics.RequestMetrics;
import dev.vidame.server.tokens.Caller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many bodies at once, over HTTP, on a listener that has room for two of the strangers' largest.
 */
class BodyBudgetTest {
  private static final int LARGEST = HttpListener.MAX_BODY_BYTES;
  private static final int SMALL = BodyBudget.SMALL_BYTES;
  private static final int ROOM = 2 * LARGEST;
  private static final int ALL_ROOM = 2 * ROOM;
  private static final String FULL = "503/800003";

  private final BodyBudget budget = new BodyBudget(0);
  private final AtomicLong mostHeld = new AtomicLong();
  private final List<RawConnection> connections = new ArrayList<>();
  private HttpListener listener;

  @BeforeEach
  void start() {
    listener =
        HttpListener.prepare(
            UUID::randomUUID,
            Doorway.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            budget);
    listener.start(api());
  }

  /** Whatever was done, nothing is left of it. */
  @AfterEach
  void everythingIsGivenBack() throws IOException {
    for (RawConnection connection : connections) {
      connection.close();
    }
    Until.met(() -> budget.held() == 0);
    listener.close();
  }

  /** Answers how long the body was, and {@code GET} without looking at one. */
  private Api api() {
    RequestMetrics metrics = new RequestMetrics();
    return new Api(
        List.of(
            Route.open("PATCH", "/length", "length", this::length),
            Route.open("GET", "/length", "nothing", call -> Answer.json(200, new byte[] {'0'})),
            Route.forOperator("PATCH", "/known", "known", this::length),
            Route.open(
                "PATCH",
                "/fails",
                "fails",
                call -> {
                  call.request().body();
                  throw ApiErrors.notFound();
                })),
        new Everybody(),
        Throttle.open(metrics),
        (bearer, customer) -> Optional.empty(),
        (call, operation, refusal) -> {},
        metrics,
        InstantSource.system());
  }

  /** Every operator is known here, and nobody else. */
  private static final class Everybody implements Api.Authenticator {
    @Override
    public Caller authenticate(Optional<String> authorization, InetAddress client) {
      throw ApiErrors.notOffered();
    }

    @Override
    public Operator operator(Optional<String> authorization) {
      return new Operator(UUID.randomUUID(), "Somebody", Instant.EPOCH);
    }
  }

  private Answer length(Call call) {
    String length = Integer.toString(call.request().body().length);
    mostHeld.accumulateAndGet(budget.held(), Math::max);
    return Answer.json(200, length.getBytes(StandardCharsets.US_ASCII));
  }

  private RawConnection connect() throws IOException {
    RawConnection connection = new RawConnection(listener.port());
    connections.add(connection);
    return connection;
  }

  private static RawRequest patch(int length) {
    return patch("/length", length);
  }

  private static RawRequest patch(String path, int length) {
    byte[] body = new byte[length];
    Arrays.fill(body, (byte) 'x');
    return RawRequest.of("PATCH", path).body(body);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String chunk(int length) {
    return Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n";
  }

  private static final String CHUNKED =
      "PATCH /length HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

  /** Sends all but the last byte, and waits until the server has room for it. */
  private RawConnection held(int length) throws IOException {
    return held("/length", length);
  }

  private RawConnection held(String path, int length) throws IOException {
    long before = budget.held();
    RawConnection connection = connect();
    byte[] bytes = patch(path, length).bytes();
    connection.send(Arrays.copyOf(bytes, bytes.length - 1));
    Until.met(() -> budget.held() == before + length);
    return connection;
  }

  private static void assertTaken(RawAnswer answer, int length) {
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.text()).isEqualTo(Integer.toString(length));
  }

  private static void assertFull(RawAnswer answer) {
    assertThat(answer.outcome()).isEqualTo(FULL);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    JsonNode body = answer.json();
    assertThat(body.get("description").text()).isEqualTo("Too much waits already. Try again.");
    assertThat(body.members().keySet()).containsExactly("code", "description", "data", "source");
  }

  @Test
  void announcedBodyIsRefusedBeforeItIsSentAndTheConnectionGoesOn() throws IOException {
    RawConnection first = held(LARGEST);
    RawConnection second = connect();
    RawRequest request = patch(LARGEST);

    second.send(request.head());
    RawAnswer refused = second.read();

    assertFull(refused);
    assertThat(budget.held()).isEqualTo(LARGEST);
    first.send(ascii("x"));
    assertTaken(first.read(), LARGEST);
    Until.met(() -> budget.held() == 0);
    second.send(request.body());
    assertTaken(second.exchange(request), LARGEST);
  }

  @Test
  void clientThatWaitsToBeAskedIsRefusedAtOnce() throws IOException {
    held(LARGEST);
    RawConnection second = connect();

    second.send(patch(LARGEST).header("Expect", "100-continue").head());

    assertFull(second.read());
    assertThat(second.isClosedByServer()).isTrue();
  }

  @Test
  void smallBodiesHaveRoomThatLargeOnesMayNotUse() throws IOException {
    held(LARGEST);
    held(LARGEST / 2);

    assertFull(connect().exchange(patch(SMALL + 1)));
    for (int i = 0; i < 10; i++) {
      assertTaken(connect().exchange(patch(SMALL)), SMALL);
    }
    assertThat(connect().exchange(RawRequest.get("/length")).outcome()).isEqualTo("200");
  }

  @Test
  void smallBodiesAreBoundedToo() throws IOException {
    for (int i = 0; i < ROOM / SMALL; i++) {
      held(SMALL);
    }

    assertFull(connect().exchange(patch(1)));
    assertThat(connect().exchange(patch(0)).outcome()).isEqualTo("200");
    connections.getFirst().send(ascii("x"));
    assertTaken(connections.getFirst().read(), SMALL);
    assertTaken(connect().exchange(patch(SMALL)), SMALL);
  }

  @Test
  void strangersLeaveRoomForThoseWhoAreKnown() throws IOException {
    for (int i = 0; i < ROOM / SMALL; i++) {
      held(SMALL);
    }
    assertFull(connect().exchange(patch(1)));

    assertTaken(connect().exchange(patch("/known", LARGEST)), LARGEST);
    assertTaken(connect().exchange(patch("/known", LARGEST / 2).chunked(100_000)), LARGEST / 2);
    assertFull(connect().exchange(patch(1)));
  }

  @Test
  void thoseWhoAreKnownAreBoundedToo() throws IOException {
    for (int i = 0; i < 3; i++) {
      held("/known", LARGEST);
    }
    assertFull(connect().exchange(patch("/known", SMALL + 1)));
    for (int i = 0; i < LARGEST / SMALL; i++) {
      held("/known", SMALL);
    }

    assertThat(budget.held()).isEqualTo(ALL_ROOM);
    assertFull(connect().exchange(patch("/known", 1)));
    assertFull(connect().exchange(patch(1)));
  }

  @Test
  void chunkedBodyIsChargedAsItGrows() throws IOException {
    held(LARGEST);
    RawConnection growing = connect();
    growing.send(ascii(CHUNKED + chunk(1000)));
    Until.met(() -> budget.held() == LARGEST + SMALL);
    for (int i = 1; i < 100; i++) {
      growing.send(ascii(chunk(1000)));
    }
    Until.met(() -> budget.held() == LARGEST + 7L * SMALL);

    for (int i = 100; i < 200; i++) {
      growing.send(ascii(chunk(1000)));
    }
    Until.met(() -> budget.held() == LARGEST);
    growing.send(ascii("0\r\n\r\n"));

    assertFull(growing.read());
    assertTaken(growing.exchange(patch(1000).chunked(300)), 1000);
  }

  /** The library would wait for all of it, and keep it. */
  @Test
  void oneLongChunkIsChargedBeforeItArrives() throws IOException {
    RawConnection first = connect();
    first.send(ascii(CHUNKED + "30000\r\n" + "x".repeat(20_000)));
    Until.met(() -> budget.held() == 0x30000 + SMALL);
    RawConnection second = connect();
    byte[] all = patch(LARGEST).chunked(LARGEST).bytes();

    assertFull(second.exchange(patch(LARGEST).chunked(LARGEST)));

    assertTaken(second.exchange(patch(SMALL).chunked(SMALL)), SMALL);
    first.send(ascii("x".repeat(0x30000 - 20_000) + "\r\n0\r\n\r\n"));
    assertTaken(first.read(), 0x30000);
    Until.met(() -> budget.held() == 0);
    second.send(all);
    assertTaken(second.read(), LARGEST);
  }

  /** What is left out of a body that nobody asked for is not missing from the next one. */
  @Test
  void bodyThatNobodyAskedForIsReadPast() throws IOException {
    RawConnection second = connect();
    RawConnection first = held(LARGEST);
    RawRequest unwanted = RawRequest.get("/length").body(patch(LARGEST).body()).chunked(LARGEST);
    assertThat(second.exchange(unwanted).outcome()).isEqualTo("200");
    first.send(ascii("x"));
    assertTaken(first.read(), LARGEST);

    assertTaken(second.exchange(patch(LARGEST).chunked(LARGEST)), LARGEST);
  }

  @ParameterizedTest
  @ValueSource(ints = {LARGEST + 1, 1024 * 1024, 10 * 1024 * 1024})
  void oneChunkThatIsTooLongIsRefusedAsBefore(int length) throws IOException {
    RawConnection connection = connect();

    RawAnswer refused = connection.exchange(patch(length).chunked(length));

    assertThat(refused.outcome()).isEqualTo("413/800002");
    assertTaken(connection.exchange(patch(10)), 10);
  }

  @Test
  void whatIsTooLargeTakesNoRoom() throws IOException {
    RawConnection first = connect();
    RawConnection second = connect();
    byte[] head = patch(LARGEST + 1).head();
    first.send(head);
    second.send(ascii(CHUNKED + "100000\r\n" + "x".repeat(100_000)));
    assertTaken(connect().exchange(patch(LARGEST)), LARGEST);

    first.send(patch(LARGEST + 1).body());
    second.send(ascii("x".repeat(0x100000 - 100_000) + "\r\n0\r\n\r\n"));

    assertThat(first.read().outcome()).isEqualTo("413/800002");
    assertThat(second.read().outcome()).isEqualTo("413/800002");
  }

  /** Each way in which a body can end; the end of the test looks whether its room is free. */
  @Test
  void roomIsGivenBackHoweverTheRequestEnds() throws IOException {
    held(LARGEST).close();
    Until.met(() -> budget.held() == 0);
    RawConnection broken = connect();
    broken.send(ascii(CHUNKED + chunk(20_000) + "20000\r\nany"));
    Until.met(() -> budget.held() > 2 * SMALL);
    broken.close();
    Until.met(() -> budget.held() == 0);
    RawConnection nonsense = connect();
    nonsense.send(ascii(CHUNKED + chunk(20_000) + "nonsense\r\n"));
    assertThat(nonsense.read().outcome()).isEqualTo("400/800002");
    RawRequest failing = RawRequest.of("PATCH", "/fails").body("any");
    assertThat(connect().exchange(failing).outcome()).isEqualTo("404/1000");
    RawRequest last = patch(100).header("Connection", "close");
    assertTaken(connect().exchange(last), 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5;", "0"})
  void lineBetweenChunksHasAnEnd(String begin) throws IOException {
    RawConnection connection = connect();

    connection.send(ascii(CHUNKED + begin + "0".repeat(2 * ForgetfulReader.LONGEST_LINE)));

    assertThat(connection.read().outcome()).isEqualTo("400/800002");
    assertThat(connection.isClosedByServer()).isTrue();
  }

  @Test
  void chunkWithMoreThanItsLengthIsRefusedAtOnce() throws IOException {
    RawConnection connection = connect();

    connection.send(ascii(CHUNKED + "3;name=\"value\"\r\nabc\r\n0\r\n\r\n"));

    assertThat(connection.read().outcome()).isEqualTo("400/800002");
  }

  /** Bodies of all sizes, announced and chunked: what is taken is whole, and fits. */
  @Test
  void noMoreIsHeldThanThereIsRoomWhenAllComeAtOnce() throws Exception {
    long seed = System.nanoTime();
    System.out.println("BodyBudgetTest seed " + seed);
    Random random = new Random(seed);
    List<RawRequest> requests = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      int length = 1 + random.nextInt(random.nextBoolean() ? SMALL : LARGEST);
      RawRequest whole = patch(length);
      lengths.add(length);
      requests.add(random.nextBoolean() ? whole : whole.chunked(1 + random.nextInt(length)));
    }

    List<RawAnswer> answers =
        Together.run(
            48,
            i ->
                () -> {
                  try (RawConnection connection = new RawConnection(listener.port())) {
                    return connection.exchange(requests.get(i));
                  }
                });

    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).status() == 200) {
        assertTaken(answers.get(i), lengths.get(i));
      } else {
        assertFull(answers.get(i));
      }
    }
    assertThat(answers).anyMatch(answer -> answer.status() == 200);
    assertThat(mostHeld.get()).isPositive().isLessThanOrEqualTo(ROOM);
  }

  @Test
  void shareIsASixteenthOfTheHeapAndFourOfTheLargestAtLeast() {
    BodyBudget ofHeap = BodyBudget.ofHeap();
    long share = Math.max(Runtime.getRuntime().maxMemory() / 16, ALL_ROOM);

    assertThat(ofHeap.take(share, 1, Sender.KNOWN)).isTrue();
    assertThat(ofHeap.take(1, 1, Sender.KNOWN)).isFalse();
    assertThat(new BodyBudget(1).take(ALL_ROOM, 1, Sender.KNOWN)).isTrue();
  }
}
