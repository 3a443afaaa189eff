package dev.vidame.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.server.seed.FoundingDocument;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes as JUnit runs them, and looks at what becomes of them. */
final class VidameExtensionTest {
  private static final Map<String, String> IN_PARALLEL =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.config.strategy", "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

  /** What a run came to, and what it said. */
  private record Run(TestExecutionSummary summary, String said) {
    String failures() {
      StringWriter text = new StringWriter();
      summary.printFailuresTo(new PrintWriter(text));
      return text.toString();
    }
  }

  private static Run run(Map<String, String> configuration, Class<?>... classes) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Arrays.stream(classes).map(DiscoverySelectors::selectClass).toList())
            .configurationParameters(configuration)
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    Launcher launcher = LauncherFactory.create();
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      launcher.execute(request, listener);
    } finally {
      System.setErr(err);
    }
    return new Run(listener.getSummary(), said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void testThatPassesSaysNothing() {
    Run run = run(Map.of(), Examples.Passing.class);

    assertThat(run.summary().getTestsSucceededCount()).as(run.failures()).isEqualTo(1);
    assertThat(run.said()).doesNotContain("exchanges").doesNotContain("PATCH");
  }

  @Test
  void testThatFailsShowsItsExchangesWithoutTheirSecrets() {
    Run run = run(Map.of(), Examples.Failing.class);

    assertThat(run.summary().getTestsFailedCount()).isEqualTo(1);
    assertThat(run.said())
        .contains("fails(Vidame) failed; its exchanges with the server:")
        .contains("PATCH /v1/customers/" + FoundingDocument.CUSTOMER)
        .contains("\"displayName\":\"Told\"", "--> 200", "Authorization: Bearer ***")
        .contains("grant_type=client_credentials", "client_secret=***")
        .doesNotContain(FoundingDocument.APPLICATION_SECRET)
        .doesNotContain("eyJ");
  }

  /** What @BeforeAll made stays, what a test did goes, in nested classes as well. */
  @Test
  void eachTestFindsTheStateThatItsClassHasArranged() {
    Run run = run(Map.of(), Examples.Registered.class);

    assertThat(run.failures()).doesNotContain("Failures (");
    assertThat(run.summary().getTestsSucceededCount()).isEqualTo(4);
    assertThatThrownBy(Examples.Registered.VIDAME::get)
        .as("stopped behind the last test")
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void annotationHoldsForNestedClasses() {
    Run run = run(Map.of(), Examples.Around.class);

    assertThat(run.failures()).doesNotContain("Failures (");
    assertThat(run.summary().getTestsSucceededCount()).isEqualTo(2);
  }

  @Test
  void classesThatRunBesideEachOtherHaveServersOfTheirOwn() {
    Examples.Meeting.SERVERS.clear();

    Run run = run(IN_PARALLEL, Examples.First.class, Examples.Second.class);

    assertThat(run.failures()).doesNotContain("Failures (");
    assertThat(run.summary().getTestsSucceededCount()).isEqualTo(2);
    assertThat(Examples.Meeting.SERVERS).hasSize(2);
  }

  @Test
  void testsOfOneClassTakeTurns() {
    Run run = run(IN_PARALLEL, Examples.TakingTurns.class);

    assertThat(run.failures()).doesNotContain("Failures (");
    assertThat(run.summary().getTestsSucceededCount()).isEqualTo(3);
  }

  @Test
  void fieldThatIsNotStaticIsRefused() {
    Run run = run(Map.of(), Examples.NotStatic.class);

    assertThat(run.summary().getFailures())
        .singleElement()
        .satisfies(
            failure -> assertThat(failure.getException()).hasMessageContaining("must be static"));
  }

  @Test
  void twoTestsAtOnceOnOneServerAreRefused() {
    List<String> refused =
        run(IN_PARALLEL, Overlapping.class).summary().getFailures().stream()
            .map(failure -> String.valueOf(failure.getException().getMessage()))
            .toList();

    assertThat(refused).isNotEmpty().allMatch(text -> text.contains("share a server"));
  }

  /** Tests without {@link VidameTest} that say that they may run beside each other. */
  @Execution(ExecutionMode.CONCURRENT)
  static final class Overlapping {
    @RegisterExtension static final VidameExtension VIDAME = VidameExtension.standard();

    private static final CountDownLatch REFUSED = new CountDownLatch(1);

    /** Stays until the other one was refused, whichever comes first. */
    private static void stay() throws InterruptedException {
      assertThat(REFUSED.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @RegisterExtension
    static final TestWatcher WATCHER =
        new TestWatcher() {
          @Override
          public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
            REFUSED.countDown();
          }
        };

    @Test
    void one() throws InterruptedException {
      stay();
    }

    @Test
    void two() throws InterruptedException {
      stay();
    }
  }
}
