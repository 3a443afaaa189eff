package dev.vidame.samples;

import static dev.vidame.samples.RealServer.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.samples.FaultProxy.Fault;
import dev.vidame.sdk.Exchange;
import dev.vidame.sdk.NewUser;
import dev.vidame.sdk.OutcomeUnknownException;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerException;
import dev.vidame.sdk.RequestOptions;
import dev.vidame.sdk.RetryPolicy;
import dev.vidame.sdk.UserClient;
import dev.vidame.sdk.UserQuery;
import dev.vidame.sdk.UsersClient;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The SDK against the real server, with a bad network in between. */
@Timeout(600)
class FaultProxyTest {
  private static final int CALLS = Boolean.getBoolean("vidame.long") ? 10_000 : 400;
  private static final int AT_ONCE = 32;
  private static final int ACCOUNTS = 8;
  private static final RetryPolicy POLICY =
      RetryPolicy.standard().withBackoff(Duration.ofMillis(2), Duration.ofMillis(20));

  @TempDir private Path folder;

  private final Queue<String> tooMany = new ConcurrentLinkedQueue<>();
  private final AtomicInteger succeeded = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger madeChanges = new AtomicInteger();
  private final AtomicInteger doubtfulChanges = new AtomicInteger();
  private RealServer server;

  @BeforeEach
  void start() {
    server = RealServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Three attempts, and one more for a token that was over. */
  private void note(Exchange exchange) {
    if (exchange.attempt() > 4) {
      tooMany.add(exchange.request() + " " + exchange.attempt());
    }
  }

  private PartnerClient through(FaultProxy proxy) {
    return PartnerClient.builder()
        .endpoint(proxy.address())
        .credential(server.agentAt(server.address()))
        .retryPolicy(POLICY)
        .requestTimeout(Duration.ofSeconds(3))
        .observer(this::note)
        .build();
  }

  private static Supplier<Fault> chance(RandomGenerator random) {
    return () -> {
      int number;
      synchronized (random) {
        number = random.nextInt(1000);
      }
      return switch (number / 10) {
        case 0, 1, 2, 3 -> Fault.LATE;
        case 4, 5, 6 -> Fault.RESET_BEFORE;
        case 7, 8, 9 -> Fault.RESET_AFTER;
        case 10, 11, 12 -> Fault.HALF;
        case 13, 14 -> Fault.THROTTLED;
        case 15 -> Fault.UNAVAILABLE_UNTIL;
        case 16, 17 -> Fault.UNAVAILABLE_AFTER;
        case 18, 19, 20 -> Fault.TOKEN_OVER;
        case 21 -> number % 10 < 3 ? Fault.SILENCE : Fault.NONE;
        default -> Fault.NONE;
      };
    };
  }

  private List<UserId> accounts() {
    UsersClient users = server.partner().customers().byId(CUSTOMER).users();
    return IntStream.range(0, ACCOUNTS)
        .mapToObj(number ->
            Objects.requireNonNull(
                users
                    .create(
                        NewUser.builder()
                            .userPrincipalName("user" + number + "@" + RealServer.DOMAIN)
                            .displayName("User " + number)
                            .temporaryPassword("Correct-Horse-7" + number)
                            .build())
                    .id()))
        .toList();
  }

  private long changes() {
    return server.server().directory().verifyJournal(CUSTOMER).verifiedUpTo();
  }

  @Test
  void everyCallSucceedsOrFailsWithItsReasonAndEveryChangeIsMadeOnceAtMost()
      throws IOException, InterruptedException {
    long seed = new Random().nextLong();
    System.out.println("FaultProxyTest: seed " + seed);
    List<UserId> accounts = accounts();
    long before = changes();
    try (FaultProxy proxy = new FaultProxy(server.address(), chance(new Random(seed)))) {
      PartnerClient partner = through(proxy);
      run(number -> call(partner, accounts, number));

      assertThat(proxy.tooEarly()).as("seed %d", seed).isEmpty();
      assertThat(tooMany).as("seed %d", seed).isEmpty();
      for (Fault fault : Fault.values()) {
        if (CALLS > 1000 || fault != Fault.SILENCE) {
          assertThat(proxy.count(fault)).as("%s, seed %d", fault, seed).isPositive();
        }
      }
    }

    assertThat(succeeded.get() + failed.get()).isEqualTo(CALLS);
    assertThat(succeeded.get()).as("seed %d", seed).isGreaterThan(CALLS * 9 / 10);
    assertThat(changes() - before)
        .as("seed %d", seed)
        .isBetween((long) madeChanges.get(), (long) madeChanges.get() + doubtfulChanges.get());
  }

  private interface Work {
    void at(int number);
  }

  private static void run(Work work) throws InterruptedException {
    Semaphore places = new Semaphore(AT_ONCE);
    List<Future<?>> calls = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLS; i++) {
        int number = i;
        places.acquire();
        calls.add(
            threads.submit(() -> {
              try {
                work.at(number);
              } finally {
                places.release();
              }
            }));
      }
      for (Future<?> call : calls) {
        try {
          call.get();
        } catch (ExecutionException e) {
          throw new AssertionError("Neither a success nor a typed failure", e.getCause());
        }
      }
    }
  }

  private void call(PartnerClient partner, List<UserId> accounts, int number) {
    UsersClient users = partner.customers().byId(CUSTOMER).users();
    UserId account = accounts.get(number % accounts.size());
    // The proxy tells calls apart by this.
    RequestOptions options = RequestOptions.none().withCorrelationId(new UUID(1, number));
    try {
      switch (number % 5) {
        case 0, 1 -> change(users.byId(account), number, options);
        case 2 -> walk(users, options);
        default ->
            assertThat(users.byId(account).getWithResponse(options).value().id())
                .isEqualTo(account);
      }
      succeeded.incrementAndGet();
    } catch (PartnerException e) {
      assertThat(e.description()).isNotEmpty();
      failed.incrementAndGet();
    }
  }

  private void change(UserClient user, int number, RequestOptions options) {
    CustomerUserUpdate update =
        CustomerUserUpdate.builder().displayName("Change " + number).build();
    try {
      CustomerUser changed = user.patchWithResponse(update, options).value();
      assertThat(changed.displayName()).isEqualTo("Change " + number);
      madeChanges.incrementAndGet();
    } catch (OutcomeUnknownException e) {
      doubtfulChanges.incrementAndGet();
      throw e;
    }
  }

  private static void walk(UsersClient users, RequestOptions options) {
    UserQuery query = UserQuery.all().withPageSize(4);
    assertThat(users.list(query).withOptions(options)).hasSize(ACCOUNTS + 2);
  }

  @Test
  void serviceThatIsDownIsNotAskedMoreThanTheBudgetAllows()
      throws IOException, InterruptedException {
    try (FaultProxy proxy = new FaultProxy(server.address(), () -> Fault.RESET_BEFORE)) {
      PartnerClient partner = through(proxy);
      run(number -> {
        UserClient user = partner.customers().byId(CUSTOMER).users().byId(RealServer.USER);
        CustomerUserUpdate update = CustomerUserUpdate.builder().displayName("x").build();
        assertThat(catchThrowableOfType(PartnerException.class, () -> user.patch(update)))
            .isInstanceOf(OutcomeUnknownException.class);
      });

      // 500 tokens, of which a retry takes five.
      assertThat(proxy.requests()).isBetween(CALLS + 1, CALLS + 100);
    }
  }
}
