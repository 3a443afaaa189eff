package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.cli.Shell.Ran;
import dev.vidame.cli.client.ClientOptions;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.server.seed.FoundingDocument;
import dev.vidame.testkit.VidameExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Each exit code that scripts are promised, and what is said beside it. 130 is in TerminalTest. */
class ExitCodesTest {
  @RegisterExtension static final VidameExtension KIT = VidameExtension.standard();

  private static final String USER = FoundingDocument.USER.toString();
  private static final Path PAGE = Path.of("..", "docs", "command-line.md");

  @TempDir private Path folder;
  private Shell shell = new Shell(Path.of("."));

  @BeforeEach
  void signIn() {
    shell = Shell.of(folder, KIT.get().baseUri(), KIT.get().appUser());
  }

  @Test
  void okIsZero() {
    assertThat(shell.run("users", "get", USER).code()).isZero();
  }

  @Test
  void refusalNamesCodeAndRequest() {
    Ran ran =
        shell
            .run("users", "update", USER, "--usage-location", "ZZ")
            .ended(ExitCode.REFUSED.number());

    assertThat(ran.err())
        .contains("(400/3000)", "MS-RequestId ", "MS-CorrelationId ")
        .contains("Mend what was given")
        .doesNotContain("Exception", "\tat ");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void takenNameIsARefusal() {
    String taken = KIT.get().user().create().userPrincipalName();

    Ran ran = shell.run("users", "update", USER, "--new-sign-in-name", taken).ended(1);

    assertThat(ran.err()).contains("Choose another name");
  }

  @Test
  void misunderstandingIsTwoAndSuggestsTheOption() {
    assertThat(shell.run("users", "list", "--delted").ended(2).err()).contains("--deleted");
    assertThat(shell.run("user", "list").ended(2).err()).contains("users");
    assertThat(shell.run("users").ended(2).err()).contains("Say what to do");
    assertThat(shell.run("users", "get", "ada").ended(2).err()).contains("neither an id nor");
  }

  @Test
  void nobodyIsNotFound() {
    Ran ran =
        shell
            .run("users", "get", "nobody@" + FoundingDocument.DOMAIN)
            .ended(ExitCode.NOT_FOUND.number());

    assertThat(ran.err()).contains("the list commands show them", "MS-RequestId");
  }

  @Test
  void serviceThatDoesNotAnswerIsUnavailable() throws IOException {
    int port;
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = any.getLocalPort();
    }
    shell.with(ClientOptions.ENDPOINT_VARIABLE, "http://127.0.0.1:" + port);

    Ran ran = shell.run("users", "get", USER).ended(ExitCode.UNAVAILABLE.number());

    assertThat(ran.err()).contains("Does the service run").doesNotContain("\tat ");
  }

  @Test
  void addressOfAnotherServiceIsNotTakenForAMissingAccount() {
    shell.with(ClientOptions.ENDPOINT_VARIABLE, KIT.get().baseUri() + "/elsewhere");

    Ran ran = shell.run("users", "get", USER).ended(ExitCode.UNAVAILABLE.number());

    assertThat(ran.err()).contains("Is the endpoint right?");
  }

  @Test
  void serviceWithTooMuchToDoIsForLater() {
    KIT.get().faults().onAll().gateway429(Duration.ofHours(1));

    Ran ran = shell.run("users", "get", USER).ended(ExitCode.TRY_LATER.number());

    assertThat(ran.err()).contains("Repeat it in 3600 s");
  }

  @Test
  void lostAnswerToAChangeIsUnknown() {
    String name = KIT.get().user().create().userPrincipalName();
    KIT.get().faults().on("DELETE", "/v1/**").cutAfterEffect();

    Ran ran = shell.run("users", "delete", name, "--yes").ended(ExitCode.OUTCOME_UNKNOWN.number());

    assertThat(ran.err()).contains("may have been", "Look before you repeat it");
  }

  @Test
  void whoeverHasNoRightIsNotAllowed() {
    Shell application = Shell.of(folder, KIT.get().baseUri(), KIT.get().appOnly());

    Ran ran =
        application
            .run("users", "update", USER, "--display-name", "No")
            .ended(ExitCode.NOT_ALLOWED.number());

    assertThat(ran.err()).contains("403/2032", "need a person");
  }

  @Test
  void tokenThatIsNoGoodSaysLogin() {
    shell.with(ClientOptions.TOKEN_VARIABLE, "not.a.token");

    Ran ran = shell.run("users", "get", USER).ended(ExitCode.NOT_ALLOWED.number());

    assertThat(ran.err()).contains("vidame login");
  }

  @Test
  void missingProfileIsAMatterOfConfiguration() {
    Ran nobody =
        shell
            .without(ClientOptions.TOKEN_VARIABLE)
            .run("users", "get", USER)
            .ended(ExitCode.CONFIGURATION.number());
    Ran unknown =
        shell.run("users", "get", USER, "--profile", "nope").ended(ExitCode.CONFIGURATION.number());
    Ran spelled =
        shell.run("users", "get", USER, "--profile", "../x").ended(ExitCode.CONFIGURATION.number());

    assertThat(nobody.err()).contains("Nobody is signed in", "vidame login");
    assertThat(unknown.err()).contains("no profile nope");
    assertThat(spelled.err()).contains("cannot be called ../x");
  }

  @Test
  void badAddressesAreAMatterOfConfiguration() {
    for (String address :
        new String[] {"vidame.example", "http://vidame.example", "::", "ftp://x"}) {
      shell.with(ClientOptions.ENDPOINT_VARIABLE, address);

      Ran ran = shell.run("users", "get", USER).ended(ExitCode.CONFIGURATION.number());

      assertThat(ran.err()).contains("https://vidame.example");
    }
  }

  /** As {@code head} does to whoever writes into it. */
  @Test
  void closedOutputEndsTheWalk() {
    KIT.get().user().create();
    Ran ran =
        shell
            .writingTo(new ClosedWriter())
            .run("users", "list", "--page-size", "1")
            .ended(ExitCode.INPUT_OUTPUT.number());

    assertThat(ran.err()).contains("cannot be written any more");
    assertThat(KIT.get().exchanges()).hasSize(1);
  }

  private static final class ClosedWriter extends Writer {
    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
      throw new IOException("Broken pipe");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
      return "";
    }
  }

  /** No input is known that does this, so a command is added that has a defect. */
  @Test
  void defectShowsNoTraceUnlessAsked() {
    StringWriter err = new StringWriter();
    CommandLine program = Vidame.commandLine("users");
    program.addSubcommand("broken", new Broken()).setErr(new PrintWriter(err, true));

    assertThat(program.execute("broken")).isEqualTo(ExitCode.DEFECT.number());
    assertThat(err.toString()).contains("defect", "VIDAME_TRACE=1").doesNotContain("\tat ");
  }

  @CommandLine.Command(name = "broken")
  private static final class Broken implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new IllegalStateException("On purpose");
    }
  }

  /** The page and the help list the same codes, with the same meanings. */
  @Test
  void codesAreDocumented() throws IOException {
    String page = Files.readString(PAGE);
    String help = Vidame.commandLine("--help").getUsageMessage();

    Arrays.stream(ExitCode.values())
        .forEach(code -> {
          assertThat(page).contains("| " + code.number() + " | " + code.meaning() + " |");
          assertThat(help).containsPattern("(?m)^ +" + code.number() + " ");
        });
  }
}
