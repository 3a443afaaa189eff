package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.bulk.Applying;
import dev.vidame.bulk.Plan;
import dev.vidame.bulk.Planning;
import dev.vidame.bulk.Result;
import dev.vidame.bulk.RunFiles;
import dev.vidame.bulk.RunOptions;
import dev.vidame.bulk.RunResult;
import dev.vidame.bulk.SourceOptions;
import dev.vidame.bulk.StopReason;
import dev.vidame.bulk.Undoing;
import dev.vidame.cli.bulk.SdkAccounts;
import dev.vidame.sdk.AccessToken;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerCredential;
import dev.vidame.sdk.RequestOptions;
import dev.vidame.sdk.RetryPolicy;
import dev.vidame.sdk.UserClient;
import dev.vidame.testkit.Fault;
import dev.vidame.testkit.SeededUser;
import dev.vidame.testkit.Vidame;
import dev.vidame.testkit.VidameTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs against a server that fails as the test wants it. */
@VidameTest
class BulkFaultsTest {
  private static final long SEED = Long.getLong("vidame.seed", new Random().nextLong());
  private static final String ACCOUNT = "/v1/customers/{customer}/users/{user}";
  private static final int ACCOUNTS = 12;
  private static final RunOptions OPTIONS = new RunOptions(8, 0, 0, Duration.ofSeconds(20));

  private final Vidame vidame;
  private final List<SeededUser> users = new ArrayList<>();

  @TempDir private Path folder;

  BulkFaultsTest(Vidame vidame) {
    this.vidame = vidame;
  }

  @BeforeEach
  void makeAccounts() {
    for (int i = 0; i < ACCOUNTS; i++) {
      users.add(vidame.user().name("user" + i).create());
    }
  }

  private SdkAccounts accounts(PartnerCredential credential) {
    PartnerClient client =
        PartnerClient.builder()
            .endpoint(vidame.baseUri())
            .credential(credential)
            .retryPolicy(RetryPolicy.none())
            .requestTimeout(Duration.ofSeconds(10))
            .build();
    return new SdkAccounts(client, vidame.baseUri(), vidame.foundingCustomer().id());
  }

  private SdkAccounts accounts() {
    return accounts(PartnerCredential.fixed(vidame.appUser().token()));
  }

  private Plan plan() throws IOException {
    StringBuilder text = new StringBuilder("id,firstName\n");
    users.forEach(user -> text.append(user.id()).append(",New\n"));
    Path source = Files.writeString(folder.resolve("people.csv"), text);
    RunFiles files = new RunFiles(folder.resolve("people.plan"));
    Planning.Summary summary =
        new Planning(
                accounts(),
                new Planning.Request(SourceOptions.of(source), files, 10, false, OPTIONS),
                Clock.systemUTC(),
                new SecureRandom(),
                (step, done, total) -> {})
            .plan(row -> {});
    assertThat(summary.problems()).isEmpty();
    return Plan.open(files);
  }

  private static Applying applying(Plan plan, SdkAccounts accounts) {
    return new Applying(plan, accounts, OPTIONS, System::nanoTime, (step, done, total) -> {});
  }

  private UserClient client(SeededUser user) {
    return vidame.client().customers().byId(vidame.foundingCustomer().id()).users().byId(user.id());
  }

  /** A version moves with each change, and only then: so many changes were made in all. */
  private void assertChangedOnceEach(long versionBefore) {
    Set<Long> versions = new HashSet<>();
    for (SeededUser user : users) {
      assertThat(client(user).get().firstName()).isEqualTo("New");
      versions.add(version(user));
    }
    assertThat(versions).hasSize(ACCOUNTS);
    assertThat(versions).allMatch(v -> v > versionBefore && v <= versionBefore + ACCOUNTS);
  }

  private long version(SeededUser user) {
    return Long.parseLong(
        String.valueOf(client(user).getWithResponse(RequestOptions.none()).entityTag())
            .replace("\"", ""));
  }

  @Test
  void connectionsThatEndAnywhereChangeEveryRowOnce() throws IOException {
    System.out.println("vidame.seed=" + SEED);
    Random random = new Random(SEED);
    Plan plan = plan();
    long before = version(users.getLast());
    for (int i = 0; i < 6; i++) {
      var point = vidame.faults().on("PATCH", ACCOUNT).after(random.nextInt(3 * ACCOUNTS)).times(1);
      var _ = random.nextBoolean() ? point.cutAfterEffect() : point.cutBeforeEffect();
    }

    RunResult result = applying(plan, accounts()).apply();

    assertThat(result.counts()).isEqualTo(Map.of(Result.CHANGED, (long) ACCOUNTS));
    vidame.faults().clear();
    assertChangedOnceEach(before);
    assertThat(
            new Undoing(plan, accounts(), OPTIONS, System::nanoTime, (step, done, total) -> {})
                .undo()
                .failed())
        .isZero();
    assertThat(client(users.getFirst()).get().firstName()).isNull();
  }

  @Test
  void tokenThatExpiresInTheMiddleIsRenewed() throws IOException {
    Plan plan = plan();
    long before = version(users.getLast());
    Fault expiry = vidame.faults().on("PATCH", ACCOUNT).after(5).times(1).expireToken();
    PartnerClient renewing =
        PartnerClient.builder()
            .endpoint(vidame.baseUri())
            .credential(
                PartnerCredential.cached(() -> new AccessToken(vidame.appUser().token(), null)))
            .retryPolicy(RetryPolicy.none())
            .build();

    RunResult result =
        applying(plan, new SdkAccounts(renewing, vidame.baseUri(), vidame.foundingCustomer().id()))
            .apply();

    assertThat(result.counts()).isEqualTo(Map.of(Result.CHANGED, (long) ACCOUNTS));
    assertThat(expiry.hits()).isEqualTo(1);
    assertChangedOnceEach(before);
  }

  @Test
  void tokenThatCannotBeRenewedEndsTheRunAndAnotherOneGoesOn() throws IOException {
    Plan plan = plan();
    long before = version(users.getLast());
    var _ = vidame.faults().on("PATCH", ACCOUNT).after(5).times(1).expireToken();

    RunResult result = applying(plan, accounts()).apply();

    assertThat(result.stopped()).isEqualTo(StopReason.SIGNED_OUT);
    assertThat(result.isComplete()).isFalse();
    vidame.clock().advance(Duration.ofSeconds(1));
    assertThat(applying(plan, accounts()).resume().counts())
        .isEqualTo(Map.of(Result.CHANGED, (long) ACCOUNTS));
    assertChangedOnceEach(before);
  }

  @Test
  void nothingIsSentBeforeRetryAfter() throws IOException {
    Plan plan = plan();
    AtomicLong refusedAt = new AtomicLong();
    AtomicInteger early = new AtomicInteger();
    long underWay = Duration.ofMillis(300).toNanos();
    var _ =
        vidame
            .faults()
            .on("PATCH", ACCOUNT)
            .when(request -> {
              long since = System.nanoTime() - refusedAt.get();
              if (refusedAt.get() != 0
                  && since > underWay
                  && since < Duration.ofMillis(990).toNanos()) {
                early.incrementAndGet();
              }
              return false;
            })
            .api429(Duration.ofSeconds(1));
    Fault throttle =
        vidame
            .faults()
            .on("PATCH", ACCOUNT)
            .when(request -> {
              refusedAt.compareAndSet(0, System.nanoTime());
              return true;
            })
            .after(4)
            .times(3)
            .gateway429(Duration.ofSeconds(1));

    RunResult result = applying(plan, accounts()).apply();

    assertThat(result.counts()).isEqualTo(Map.of(Result.CHANGED, (long) ACCOUNTS));
    assertThat(throttle.hits()).isEqualTo(3);
    assertThat(early).hasValue(0);
  }

  /** The server has forgotten the requests by then, and the versions guard. */
  @Test
  void resumeAfterADayFindsWhatWasDone() throws IOException {
    Plan plan = plan();
    long before = version(users.getLast());
    var _ = vidame.faults().on("PATCH", ACCOUNT).cutAfterEffect();
    RunOptions impatient = new RunOptions(8, 0, 0, Duration.ZERO);

    RunResult lost =
        new Applying(plan, accounts(), impatient, System::nanoTime, (step, done, total) -> {})
            .apply();

    assertThat(lost.stopped()).isEqualTo(StopReason.UNREACHABLE);
    vidame.faults().clear();
    vidame.clock().advance(Duration.ofHours(25));
    RunResult found = applying(plan, accounts()).resume();
    assertThat(found.failed()).isZero();
    assertThat(found.counts().getOrDefault(Result.FOUND, 0L)).isPositive();
    assertChangedOnceEach(before);
  }
}
