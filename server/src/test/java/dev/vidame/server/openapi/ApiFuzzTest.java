package dev.vidame.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.ApiSchemas;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.Together;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Requests to every operation of the OpenAPI document, made after its schemas. None may be answered
 * with a server error, late, with a status that the document does not name, or with a body outside
 * the schema of its status; and none that is refused may change anything.
 */
class ApiFuzzTest {
  /** Each bad token is to be looked at; after the first hundreds of an address none would be. */
  @RegisterExtension
  static final Served served = new Served(Map.of("auth.address-refused-tokens-per-minute", "0"));

  private static final int WORKERS = 4;
  private static final boolean IS_LONG = Boolean.getBoolean("vidame.long");
  private static final int REQUESTS = IS_LONG ? 100_000 : 6_000;
  private static final int SHARE = REQUESTS / WORKERS;

  /** As many operations may be without a success. */
  private static final int STILL_AWAITED = IS_LONG ? 0 : 4;

  private static final int NOT_OFFERED = 501;

  private final JsonNode document = served.server().send(RawRequest.get("/openapi.json")).json();
  private final ApiSchemas schemas =
      new ApiSchemas(served.server().send(RawRequest.get("/openapi.json")).body());
  private final List<ApiOperation> operations = ApiOperation.of(document);
  private final Map<String, Map<Integer, Integer>> statuses = new ConcurrentSkipListMap<>();
  private final AtomicInteger sent = new AtomicInteger();

  /** Those that can succeed and have not yet. All must, or the requests are not worth much. */
  private final Set<String> awaited = new ConcurrentSkipListSet<>(ableToSucceed());

  @Test
  void everyAnswerIsOneThatTheDocumentNames() throws InterruptedException, ExecutionException {
    long seed = Long.getLong("vidame.seed", new Random().nextLong());
    System.out.println("ApiFuzzTest seed " + seed + " (repeat with -Dvidame.seed=" + seed + ")");
    long others =
        served.server().server().directory().verifyJournal(Tenancy.OTHER_CUSTOMER).verifiedUpTo();

    Together.run(
        WORKERS,
        worker ->
            () -> {
              new Worker(new Random(seed + worker), new FuzzWorld(served.server())).run();
              return worker;
            });

    System.out.println("ApiFuzzTest statuses " + statuses);
    assertThat(statuses).hasSameSizeAs(operations);
    assertThat(counted()).isEqualTo(sent.get()).isGreaterThanOrEqualTo(REQUESTS);
    assertThat(awaited).hasSizeLessThanOrEqualTo(STILL_AWAITED);
    assertThat(
            served
                .server()
                .server()
                .directory()
                .verifyJournal(Tenancy.OTHER_CUSTOMER)
                .verifiedUpTo())
        .isEqualTo(others);
  }

  private int counted() {
    return statuses.values().stream()
        .flatMap(counts -> counts.values().stream())
        .mapToInt(Integer::intValue)
        .sum();
  }

  private List<String> ableToSucceed() {
    return operations.stream()
        .filter(operation -> operation.answers().keySet().stream().anyMatch(it -> it < 400))
        .map(ApiOperation::id)
        .filter(id -> !id.equals("getAuditRecord"))
        // Only a browser that was shown the page can send its form.
        .filter(id -> !id.startsWith("signIn") && !id.equals("deviceSignIn"))
        // Only an authenticator knows what confirms it, and only then are there codes to replace.
        .filter(id -> !id.equals("adminConfirmSecondFactor"))
        .filter(id -> !id.equals("adminReplaceRecoveryCodes"))
        .toList();
  }

  /** Sends its part of the requests, one behind the other, in a world of its own. */
  private final class Worker {
    private final Random random;
    private final FuzzWorld world;
    private final RequestMaker maker;
    private RawConnection connection;

    Worker(Random random, FuzzWorld world) throws IOException {
      this.random = random;
      this.world = world;
      this.maker = new RequestMaker(random, document, world);
      this.connection = served.server().connect();
    }

    /** Chance alone leaves too many awaited now and then, so these are asked for some more. */
    void run() throws IOException {
      try {
        for (int i = 0; i < SHARE; i++) {
          send(operation(i > SHARE / 4 * 3));
        }
        for (int i = 0; i < SHARE && awaited.size() > STILL_AWAITED; i++) {
          send(
              lateOne()
                  .map(late -> random.nextBoolean() ? late : onTheWayTo(late))
                  .orElseGet(this::any));
        }
      } finally {
        connection.close();
      }
    }

    private void send(ApiOperation operation) throws IOException {
      RawAnswer answer = answer(operation, maker.request(operation));
      sent.incrementAndGet();
      count(operation, answer);
      if (answer.first("Connection").isPresent()) {
        connection.close();
        connection = served.server().connect();
      }
    }

    /** Those that are not offered are many and all alike. At the end, who is awaited comes more. */
    private ApiOperation operation(boolean isLate) {
      if (isLate && random.nextBoolean()) {
        Optional<ApiOperation> late = lateOne();
        if (late.isPresent()) {
          return late.get();
        }
      }
      ApiOperation operation = any();
      boolean isAnother = operation.answers().containsKey(NOT_OFFERED) && random.nextInt(4) > 0;
      return isAnother ? any() : operation;
    }

    private Optional<ApiOperation> lateOne() {
      List<ApiOperation> late =
          operations.stream().filter(operation -> awaited.contains(operation.id())).toList();
      return late.isEmpty() ? Optional.empty() : Optional.of(late.get(random.nextInt(late.size())));
    }

    /** One that may make what the other asks for: at the same place, or at one above it. */
    private ApiOperation onTheWayTo(ApiOperation late) {
      List<ApiOperation> makers =
          operations.stream()
              .filter(operation -> !operation.method().equals("DELETE"))
              .filter(operation -> late.template().startsWith(operation.template()))
              .toList();
      return makers.get(random.nextInt(makers.size()));
    }

    private ApiOperation any() {
      return operations.get(random.nextInt(operations.size()));
    }

    private void count(ApiOperation operation, RawAnswer answer) {
      Map<Integer, Integer> counts =
          statuses.computeIfAbsent(operation.id(), id -> new ConcurrentSkipListMap<>());
      counts.merge(answer.status(), 1, Integer::sum);
      if (answer.status() < 400) {
        awaited.remove(operation.id());
      }
    }

    private RawAnswer answer(ApiOperation operation, RawRequest request) {
      try {
        RawAnswer answer = connection.exchange(request);
        check(operation, request, answer);
        if (answer.status() == 201 && answer.json().has("id")) {
          world.created(operation.id(), answer.json().get("id").text());
        }
        int changes = world.catchUp();
        if (answer.status() >= 400 || request.method().equals("GET")) {
          assertThat(changes).as("changes of a request that may make none").isZero();
        }
        return answer;
      } catch (IOException | AssertionError e) {
        throw new AssertionError(
            operation.id()
                + "\n\n"
                + new String(request.bytes(), StandardCharsets.UTF_8)
                + "\n\n"
                + e.getMessage(),
            e);
      }
    }

    private void check(ApiOperation operation, RawRequest request, RawAnswer answer) {
      assertThat(answer.status() < 500 || answer.outcome().equals("501/0"))
          .as("%s", answer)
          .isTrue();
      Map<Integer, Optional<ApiOperation.Content>> answers = new TreeMap<>(operation.answers());
      assertThat(answers).as("%s", answer).containsKey(answer.status());
      Optional<ApiOperation.Content> content =
          answers.getOrDefault(answer.status(), Optional.empty());
      if (content.isEmpty() || request.method().equals("HEAD")) {
        assertThat(answer.body()).isEmpty();
      } else if (!content.get().schema().isEmpty()) {
        served.server().check(request, answer);
        assertThat(schemas.faults(content.get().schema(), answer.body()))
            .as("%s", answer)
            .isEmpty();
      }
    }
  }
}
