package dev.vidame.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans, runs, resumed runs and undone runs against a service in memory. */
class RunTest {
  private static final RunOptions OPTIONS = new RunOptions(16, 0, 0, Duration.ofSeconds(2));

  @TempDir private Path folder;
  private final FakeAccounts accounts = new FakeAccounts();

  private Path source(String text) throws IOException {
    return Files.writeString(folder.resolve("users.csv"), text);
  }

  private RunFiles files() {
    return new RunFiles(folder.resolve("users.plan"));
  }

  private Planning.Summary plan(SourceOptions options, boolean leavesOut) {
    return new Planning(
            accounts,
            new Planning.Request(options, files(), 100, leavesOut, OPTIONS),
            Clock.systemUTC(),
            new SecureRandom(),
            (step, done, total) -> {})
        .plan(row -> {});
  }

  /** All but the source, which is the user's own file. */
  private void requireOwnersOnly() throws IOException {
    try (var all = Files.list(folder)) {
      assertThat(all.filter(file -> !file.endsWith("users.csv")))
          .hasSizeGreaterThan(3)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .as(file.toString())
                  .isEqualTo("rw-------"));
    }
  }

  private Plan plan(String text) throws IOException {
    Planning.Summary summary = plan(SourceOptions.of(source(text)).generatingPasswords(), false);
    assertThat(summary.problems()).isEmpty();
    return Plan.open(files());
  }

  private List<String> problems(String text) throws IOException {
    Planning.Summary summary = plan(SourceOptions.of(source(text)), false);
    assertThat(summary.isWritten()).isFalse();
    assertThat(files().plan()).doesNotExist();
    assertThat(accounts.allChanges()).isZero();
    return summary.problems().stream().map(Problem::text).toList();
  }

  private Applying applying(Plan plan) {
    return new Applying(plan, accounts, OPTIONS, System::nanoTime, (step, done, total) -> {});
  }

  private RunResult undo(Plan plan) {
    return new Undoing(plan, accounts, OPTIONS, System::nanoTime, (step, done, total) -> {}).undo();
  }

  private List<RunReport.Failure> failures(Plan plan, boolean isUndo) {
    List<RunReport.Failure> failures = new ArrayList<>();
    var _ = new RunReport(plan, isUndo).read(failures::add);
    return failures;
  }

  private Account account(UserId id) {
    return Objects.requireNonNull(accounts.account(id));
  }

  /** Accounts u1 to uN and a file that renames them. */
  private String many(int count) {
    StringBuilder text = new StringBuilder("userPrincipalName,displayName\n");
    for (int i = 1; i <= count; i++) {
      accounts.add("u" + i + "@x.example", Map.of());
      text.append("u").append(i).append("@x.example,New ").append(i).append('\n');
    }
    return text.toString();
  }

  @Test
  void planSaysWhatWouldChangeAndChangesNothing() throws IOException {
    UserId ada = accounts.add("ada@x.example", Map.of(Field.FIRST_NAME, "Ada"));
    accounts.add("bob@x.example", Map.of(Field.FIRST_NAME, "Bob"));

    Plan plan =
        plan("userPrincipalName,firstName,lastName\nADA@x.example,!clear,L\nbob@x.example,Bob,\n");

    assertThat(plan.counts().changes()).isEqualTo(Map.of(Operation.UPDATE, 1L));
    assertThat(plan.counts().unchanged()).isEqualTo(1);
    try (Plan.Rows rows = plan.rows()) {
      PlanRow row = Objects.requireNonNull(rows.next());
      assertThat(row.id()).isEqualTo(ada);
      assertThat(row.version()).isEqualTo(account(ada).version());
      assertThat(row.before()).isEqualTo(Map.of(Field.FIRST_NAME, "Ada"));
      assertThat(row.after()).isEqualTo(Map.of(Field.FIRST_NAME, "", Field.LAST_NAME, "L"));
      assertThat(rows.next()).isNull();
    }
    assertThat(accounts.allChanges()).isZero();
  }

  @Test
  void everyRowThatCannotBeIsNamedAndThereIsNoPlan() throws IOException {
    UserId ada = accounts.add("ada@x.example", Map.of());
    accounts.add("bob@x.example", Map.of());

    assertThat(
            problems(
                """
                userPrincipalName,firstName,newUserPrincipalName
                ada@x.example,A,same@x.example
                ADA@X.example,B,
                bob@x.example,,SAME@x.example
                """))
        .containsExactly(
            "users.csv:3: ADA@X.example: The account is in line 2 already.",
            "users.csv:4: bob@x.example: userPrincipalName: Line 2 gives the same name.");
    assertThat(
            problems(
                "operation,id,userPrincipalName,displayName,password\n"
                    + "update,"
                    + ada
                    + ",,A,\nupdate,,ada@x.example,B,\nupdate,,nobody@x.example,N,\n"
                    + "create,,bob@x.example,B,Correct-Horse-77\n"))
        .containsExactly(
            "users.csv:3: ada@x.example: The account is in line 2 already.",
            "users.csv:4: nobody@x.example: There is no such account.",
            "users.csv:5: bob@x.example: userPrincipalName: An account has this name already.");
  }

  @Test
  void goodRowsAreAPlanWhereThatIsWanted() throws IOException {
    UserId ada = accounts.add("ada@x.example", Map.of());
    SourceOptions options =
        SourceOptions.of(
            source(
                "userPrincipalName,displayName\nada@x.example,A\nada@x.example,B\nx,C\nno@x.example,D\n"));

    Planning.Summary summary = plan(options, true);

    assertThat(summary.counts().bad()).isEqualTo(3);
    assertThat(summary.isWritten()).isTrue();
    assertThat(applying(Plan.open(files())).apply().isComplete()).isTrue();
    assertThat(account(ada).value(Field.DISPLAY_NAME)).isEqualTo("A");
  }

  @Test
  void planThatWasEditedIsRefused() throws IOException {
    accounts.add("ada@x.example", Map.of());
    plan("userPrincipalName,displayName\nada@x.example,A\n");
    String text = Files.readString(files().plan());

    for (String edited :
        List.of(
            text.replace("\"A\"", "\"B\""),
            text.substring(0, text.length() - 20),
            text.lines().findFirst().orElseThrow() + "\n",
            "",
            "not json\nat all\n")) {
      Files.writeString(files().plan(), edited);
      assertThatThrownBy(() -> Plan.open(files())).isInstanceOf(BulkException.class);
    }
  }

  @Test
  void planOfAnotherServiceOrCustomerIsRefused() throws IOException {
    accounts.add("ada@x.example", Map.of());
    Plan plan = plan("userPrincipalName,displayName\nada@x.example,A\n");
    for (String part : List.of("https://vidame.example", FakeAccounts.CUSTOMER.toString())) {
      BulkAccounts other = new OtherAccounts(accounts, part);
      assertThatThrownBy(
              () -> new Applying(plan, other, OPTIONS, System::nanoTime, (step, done, total) -> {}))
          .hasMessageContaining("The plan is for");
    }
  }

  @Test
  void everyRowIsChangedOnceAlthoughAnswersAreLost() throws IOException {
    Plan plan = plan(many(500));
    AtomicInteger count = new AtomicInteger();
    accounts.answer =
        outcome ->
            count.incrementAndGet() % 7 == 0
                ? new Outcome.Later("lost", Duration.ZERO, true, true)
                : outcome;

    RunResult result = applying(plan).apply();

    assertThat(result.counts()).isEqualTo(Map.of(Result.CHANGED, 500L));
    assertThat(accounts.allChanges()).isEqualTo(500);
  }

  /** As after more than a day, or at a service that keeps no request ids. */
  @Test
  void lostAnswersOfAForgetfulServiceAreFoundByReading() throws IOException {
    Plan plan = plan(many(200));
    accounts.forgetsRequests = true;
    Set<Object> lost = ConcurrentHashMap.newKeySet();
    accounts.answer =
        outcome ->
            outcome instanceof Outcome.Done done && lost.add(Objects.requireNonNull(done.id()))
                ? new Outcome.Later("lost", Duration.ZERO, true, true)
                : outcome;

    RunResult result = applying(plan).apply();

    assertThat(result.counts()).isEqualTo(Map.of(Result.FOUND, 200L));
    assertThat(accounts.allChanges()).isEqualTo(200);
    assertThat(undo(plan).counts()).isEqualTo(Map.of(Result.CHANGED, 200L));
  }

  @Test
  void whatOthersChangedSinceThePlanIsLeftAloneAndListed() throws IOException {
    Plan plan = plan(many(3));
    UserId second =
        ((Reading.Found) accounts.read(new AccountKey.ByName("u2@x.example"))).account().id();
    accounts.touch(second, Field.FIRST_NAME, "Else");

    RunResult result = applying(plan).apply();

    assertThat(result.counts()).isEqualTo(Map.of(Result.CHANGED, 2L, Result.STALE, 1L));
    assertThat(failures(plan, false))
        .singleElement()
        .satisfies(failure -> {
          assertThat(failure.line()).isEqualTo(3);
          assertThat(failure.key()).isEqualTo("u2@x.example");
          assertThat(failure.cause()).isEqualTo("The version moved.");
        });
    assertThat(account(second).value(Field.DISPLAY_NAME)).isEqualTo("u2@x.example");
  }

  /** Without versions the values stand in for them. */
  @Test
  void serviceWithoutVersionsIsComparedBeforeEachChange() throws IOException {
    accounts.tellsVersions = false;
    Plan plan = plan(many(3));
    UserId second =
        ((Reading.Found) accounts.read(new AccountKey.ByName("u2@x.example"))).account().id();
    accounts.touch(second, Field.DISPLAY_NAME, "Else");

    RunResult result = applying(plan).apply();

    assertThat(result.counts()).isEqualTo(Map.of(Result.CHANGED, 2L, Result.STALE, 1L));
    assertThat(failures(plan, false).getFirst().cause())
        .isEqualTo("The account was changed: displayName.");
    accounts.tellsVersions = true;
    accounts.touch(second, Field.DISPLAY_NAME, "u2@x.example");
    assertThat(undo(plan).counts()).isEqualTo(Map.of(Result.CHANGED, 2L));
  }

  @Test
  void rowThatMayHaveBeenSentAndIsNotAsWantedIsInDoubt() throws IOException {
    Plan plan = plan(many(1));
    accounts.forgetsRequests = true;
    AtomicInteger count = new AtomicInteger();
    accounts.answer =
        outcome -> {
          if (count.getAndIncrement() > 0) {
            return outcome;
          }
          UserId id = Objects.requireNonNull(((Outcome.Done) outcome).id());
          accounts.touch(id, Field.DISPLAY_NAME, "Else");
          return new Outcome.Later("lost", Duration.ZERO, true, true);
        };

    assertThat(applying(plan).apply().counts()).isEqualTo(Map.of(Result.IN_DOUBT, 1L));
    assertThat(accounts.allChanges()).isEqualTo(1);
    assertThat(undo(plan).counts()).isEqualTo(Map.of(Result.KEPT, 1L));
  }

  @Test
  void runThatStopsAnywhereGoesOnWithEveryRowOnce() throws IOException {
    Plan plan = plan(many(2000));
    accounts.forgetsRequests = true;
    AtomicReference<@Nullable Applying> running = new AtomicReference<>();
    AtomicLong left = new AtomicLong(300);
    accounts.answer =
        outcome -> {
          if (left.decrementAndGet() == 0) {
            Objects.requireNonNull(running.get()).stop();
          }
          return outcome;
        };
    Applying first = applying(plan);
    running.set(first);

    RunResult stopped = first.apply();

    assertThat(stopped.stopped()).isEqualTo(StopReason.INTERRUPTED);
    assertThat(stopped.ended()).isBetween(300L, 400L);
    assertThatThrownBy(() -> applying(plan).apply()).hasMessageContaining("was applied before");
    assertThat(applying(plan).resume().counts()).isEqualTo(Map.of(Result.CHANGED, 2000L));
    assertThat(accounts.allChanges()).isEqualTo(2000);
  }

  @Test
  void serviceOutOfReachEndsTheRunAndItGoesOnLater() throws IOException {
    Plan plan = plan(many(50));
    accounts.before = change -> new Outcome.Later("No connection", null, false, false);

    RunResult result =
        new Applying(
                plan,
                accounts,
                new RunOptions(4, 0, 0, Duration.ofMillis(300)),
                System::nanoTime,
                (step, done, total) -> {})
            .apply();

    assertThat(result.stopped()).isEqualTo(StopReason.UNREACHABLE);
    accounts.before = change -> null;
    assertThat(applying(plan).resume().counts()).isEqualTo(Map.of(Result.CHANGED, 50L));
  }

  @Test
  void signInThatEndedEndsTheRun() throws IOException {
    Plan plan = plan(many(50));
    accounts.before = change -> new Outcome.SignedOut("Sign in again.");

    RunResult result = applying(plan).apply();

    assertThat(result.stopped()).isEqualTo(StopReason.SIGNED_OUT);
    assertThat(result.cause()).isEqualTo("Sign in again.");
    assertThat(result.ended()).isZero();
  }

  @Test
  void tooManyFailuresLeaveTheRestAlone() throws IOException {
    Plan plan = plan(many(2000));
    accounts.before = change -> new Outcome.Refused(Outcome.Why.RULE, "displayName", "No.");
    RunOptions options = new RunOptions(4, 0, 5, Duration.ofSeconds(1));

    RunResult result =
        new Applying(plan, accounts, options, System::nanoTime, (step, done, total) -> {}).apply();

    assertThat(result.stopped()).isEqualTo(StopReason.TOO_MANY_FAILURES);
    assertThat(result.ended()).as("five, and what was under way").isBetween(5L, 5L + 4 * 4);
    accounts.before = change -> null;
    RunResult resumed =
        new Applying(plan, accounts, options, System::nanoTime, (step, done, total) -> {}).resume();
    assertThat(resumed.isComplete()).isTrue();
    assertThat(resumed.failed()).isEqualTo(result.failed());
  }

  @Test
  void nothingIsSentBeforeTheTimeThatTheServiceNamed() throws IOException {
    Plan plan = plan(many(300));
    AtomicInteger count = new AtomicInteger();
    AtomicLong until = new AtomicLong(Long.MIN_VALUE);
    AtomicInteger early = new AtomicInteger();
    Duration underWay = Duration.ofMillis(150);
    accounts.before =
        change -> {
          int number = count.incrementAndGet();
          long end = until.get();
          long now = System.nanoTime();
          if (end != Long.MIN_VALUE && now < end && now > end - Duration.ofMillis(850).toNanos()) {
            early.incrementAndGet();
          }
          if (number % 100 == 0) {
            until.set(System.nanoTime() + underWay.toNanos() + Duration.ofMillis(850).toNanos());
            return new Outcome.Later("Too often", Duration.ofSeconds(1), true, false);
          }
          return null;
        };

    RunResult result = applying(plan).apply();

    assertThat(result.counts()).isEqualTo(Map.of(Result.CHANGED, 300L));
    assertThat(early).hasValue(0);
  }

  @Test
  void undoBringsEverythingBackLatestFirst() throws IOException {
    accounts.add("a@x.example", Map.of(Field.FIRST_NAME, "A", Field.USAGE_LOCATION, "FR"));
    UserId gone = accounts.add("b@x.example", Map.of());
    UserId back = accounts.add("c@x.example", Map.of());
    var _ =
        accounts.change(new Change(Operation.DELETE, back, new UUID(1, 1), null, Map.of(), null));
    Map<UserId, Account> before = accounts.all();
    Plan plan =
        plan(
            """
            operation,userPrincipalName,firstName,lastName,usageLocation,displayName,newUserPrincipalName
            update,a@x.example,!clear,L,DE,,z@x.example
            delete,b@x.example,,,,,
            restore,c@x.example,,,,,
            create,d@x.example,D,,,D,
            """);

    assertThat(applying(plan).apply().counts()).isEqualTo(Map.of(Result.CHANGED, 4L));
    assertThat(account(gone).isDeleted()).isTrue();
    assertThat(account(back).isDeleted()).isFalse();

    assertThat(undo(plan).counts()).isEqualTo(Map.of(Result.CHANGED, 4L));
    before.forEach((id, then) -> {
      assertThat(account(id).values()).isEqualTo(then.values());
      assertThat(account(id).isDeleted()).isEqualTo(then.isDeleted());
    });
    assertThat(accounts.all().values().stream().filter(account -> !account.isDeleted())).hasSize(2);
    assertThatThrownBy(() -> applying(plan).resume()).hasMessageContaining("undone");
    assertThat(undo(plan).counts()).isEqualTo(Map.of(Result.CHANGED, 4L));
  }

  @Test
  void undoLeavesAloneWhatOthersChangedAndWhatCannotBe() throws IOException {
    UserId first = accounts.add("a@x.example", Map.of());
    accounts.add("b@x.example", Map.of());
    accounts.add("c@x.example", Map.of());
    Plan plan =
        plan(
            """
            operation,userPrincipalName,firstName,usageLocation
            update,a@x.example,A,
            update,b@x.example,B,FR
            resetPassword,c@x.example,,
            """);
    assertThat(applying(plan).apply().failed()).isZero();
    accounts.touch(first, Field.LAST_NAME, "Else");

    RunResult result = undo(plan);

    assertThat(result.counts())
        .isEqualTo(Map.of(Result.STALE, 1L, Result.PARTLY, 1L, Result.KEPT, 1L));
    assertThat(failures(plan, true))
        .extracting(RunReport.Failure::key, RunReport.Failure::result, RunReport.Failure::field)
        .containsExactlyInAnyOrder(
            tuple("a@x.example", Result.STALE, null),
            tuple("b@x.example", Result.PARTLY, "usageLocation"),
            tuple("c@x.example", Result.KEPT, null));
    assertThat(account(first).value(Field.FIRST_NAME)).isEqualTo("A");
  }

  @Test
  void generatedPasswordsAreTheSameEachTimeAndInNoFileButTheirs() throws IOException {
    accounts.add("c@x.example", Map.of());
    Plan plan =
        plan(
            "operation,userPrincipalName,displayName\nresetPassword,c@x.example,\ncreate,d@x.example,D\n");
    Map<Object, String> seen = new ConcurrentHashMap<>();
    AtomicInteger differing = new AtomicInteger();
    accounts.answer =
        outcome ->
            outcome instanceof Outcome.Done done && !done.isRepeated()
                ? new Outcome.Later("lost", Duration.ZERO, true, true)
                : outcome;
    accounts.before =
        change -> {
          String password =
              Objects.requireNonNull(Objects.requireNonNull(change.password()).password());
          String known = seen.putIfAbsent(change.requestId(), password);
          if (known != null && !known.equals(password)) {
            differing.incrementAndGet();
          }
          return null;
        };
    assertThat(applying(plan).apply().failed()).isZero();
    Path list = folder.resolve("passwords.csv");

    assertThat(new PasswordList(plan).write(list)).isEqualTo(2);

    assertThat(differing).hasValue(0);
    assertThat(Files.readString(list)).contains(seen.values());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(list)))
        .isEqualTo("rw-------");
    assertThat(new PasswordList(plan).isWanted()).isFalse();
    requireOwnersOnly();
    try (var all = Files.list(folder)) {
      all.filter(file -> !file.equals(list))
          .forEach(file -> assertThat(read(file)).doesNotContain(seen.values()));
    }
    for (String password : seen.values()) {
      assertThat(PasswordRules.fault(password)).isNull();
      assertThat(password).hasSize(20);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void givenPasswordsComeFromTheSourceAsItWas() throws IOException {
    accounts.add("c@x.example", Map.of());
    String text =
        "operation,userPrincipalName,password\nresetPassword,c@x.example,Correct-Horse-77\n";
    Plan plan = plan(text);

    assertThat(Files.readString(files().plan())).doesNotContain("Correct-Horse");
    source(text.replace("77", "78"));
    assertThatThrownBy(() -> applying(plan).apply()).hasMessageContaining("is not what it was");
    source(text);
    assertThat(applying(plan).resume().counts()).isEqualTo(Map.of(Result.CHANGED, 1L));
    assertThat(Files.readString(files().run())).doesNotContain("Correct-Horse");
  }

  @Test
  void halfALastLineIsLeftOutAndADamagedOneIsRefused() throws IOException {
    Plan plan = plan(many(20));
    assertThat(applying(plan).apply().isComplete()).isTrue();
    byte[] whole = Files.readAllBytes(files().run());

    Files.write(files().run(), Arrays.copyOf(whole, whole.length - 7));
    assertThat(applying(plan).resume().counts()).isEqualTo(Map.of(Result.CHANGED, 20L));
    assertThat(accounts.allChanges()).isEqualTo(20);

    byte[] damaged = Files.readAllBytes(files().run());
    damaged[damaged.length / 2] ^= 1;
    Files.write(files().run(), damaged);
    assertThatThrownBy(() -> applying(plan).resume()).hasMessageContaining("is broken");
    assertThatThrownBy(() -> failures(plan, false)).hasMessageContaining("is broken");

    Files.write(files().run(), new byte[0]);
    assertThat(applying(plan).resume().counts()).isEqualTo(Map.of(Result.CHANGED, 20L));
    assertThat(accounts.allChanges()).isEqualTo(20);
  }

  @Test
  void journalOfAnotherPlanIsRefused() throws IOException {
    Plan plan = plan(many(2));
    assertThat(applying(plan).apply().isComplete()).isTrue();
    Path other = folder.resolve("other.run");
    Files.move(files().run(), other);
    Plan second = plan("userPrincipalName,displayName\nu1@x.example,Other\n");
    Files.move(other, files().run());

    assertThatThrownBy(() -> applying(second).resume())
        .hasMessageContaining("does not belong to this plan");
  }

  @Test
  void twoRunsOfAPlanExcludeEachOther() throws IOException {
    Plan plan = plan(many(2));

    try (RunLock lock = RunLock.take(files())) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> applying(plan).apply()).hasMessageContaining("under way");
      assertThatThrownBy(() -> undo(plan)).hasMessageContaining("under way");
    }
    assertThat(applying(plan).apply().isComplete()).isTrue();
  }

  @Test
  void failedRowsAreWrittenWithTheirCausesToBePlannedAgain() throws IOException {
    accounts.add("a@x.example", Map.of());
    UserId second = accounts.add("b@x.example", Map.of());
    Plan plan = plan("userPrincipalName;displayName\na@x.example;\"A; B\"\nb@x.example;\"B; C\"\n");
    accounts.touch(second, Field.FIRST_NAME, "Else");
    assertThat(applying(plan).apply().failed()).isEqualTo(1);
    Path again = folder.resolve("again.csv");

    assertThat(new RunReport(plan, false).writeFailedRows(again)).isEqualTo(1);

    requireOwnersOnly();
    assertThat(new RunReport(plan, false).failedRows()).isEqualTo(Files.readAllBytes(again));
    assertThat(Files.readString(again).lines())
        .containsExactly(
            "userPrincipalName;displayName;cause", "b@x.example;\"B; C\";The version moved.");
    assertThat(rowsOf(again)).isEqualTo(1);
  }

  @Test
  void failedRowsOfJsonLinesAreWrittenWithTheirCausesToBePlannedAgain() throws IOException {
    accounts.add("a@x.example", Map.of());
    List<UserId> moved =
        List.of(accounts.add("b@x.example", Map.of()), accounts.add("c@x.example", Map.of()));
    Path lines =
        Files.writeString(
            folder.resolve("users.jsonl"),
            """
            {"userPrincipalName":"a@x.example","displayName":"A"}
            { "userPrincipalName":"b@x.example","displayName":"{B}" }
            /* the {last} */ /* one */ {"userPrincipalName":"c@x.example","displayName":"C"}
            """);
    assertThat(plan(SourceOptions.of(lines), false).problems()).isEmpty();
    Plan plan = Plan.open(files());
    moved.forEach(id -> accounts.touch(id, Field.FIRST_NAME, "Else"));
    assertThat(applying(plan).apply().failed()).isEqualTo(2);
    Path again = folder.resolve("again.jsonl");

    assertThat(new RunReport(plan, false).writeFailedRows(again)).isEqualTo(2);

    assertThat(Files.readString(again).lines())
        .containsExactly(
            "{\"cause\":\"The version moved.\",\"userPrincipalName\":\"b@x.example\",\"displayName\":\"{B}\" }",
            "{\"cause\":\"The version moved.\",\"userPrincipalName\":\"c@x.example\",\"displayName\":\"C\"}");
    assertThat(rowsOf(again)).isEqualTo(2);
  }

  /** How many rows a plan of the file has. */
  private long rowsOf(Path file) {
    Planning.Summary summary =
        new Planning(
                accounts,
                new Planning.Request(
                    SourceOptions.of(file),
                    new RunFiles(folder.resolve("again.plan")),
                    10,
                    false,
                    OPTIONS),
                Clock.systemUTC(),
                new SecureRandom(),
                (step, done, total) -> {})
            .plan(row -> {});
    assertThat(summary.problems()).isEmpty();
    return summary.counts().total();
  }

  @Test
  void rateIsKept() throws IOException {
    Plan plan = plan(many(40));
    long start = System.nanoTime();

    RunResult result =
        new Applying(
                plan,
                accounts,
                new RunOptions(16, 100, 0, Duration.ofSeconds(1)),
                System::nanoTime,
                (step, done, total) -> {})
            .apply();

    assertThat(result.isComplete()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(390));
  }

  /** Says something else of itself. */
  private record OtherAccounts(FakeAccounts accounts, String part) implements BulkAccounts {
    @Override
    public String service() {
      return part.startsWith("https") ? "https://other.example" : accounts.service();
    }

    @Override
    public CustomerId customer() {
      return part.startsWith("https") ? accounts.customer() : new CustomerId(new UUID(1, 1));
    }

    @Override
    public Reading read(AccountKey key) {
      return accounts.read(key);
    }

    @Override
    public void deleted(Consumer<Account> each) {
      accounts.deleted(each);
    }

    @Override
    public Outcome change(Change change) {
      return accounts.change(change);
    }
  }
}
