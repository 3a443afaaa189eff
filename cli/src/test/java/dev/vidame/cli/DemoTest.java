package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoTest {
  @TempDir private Path folder;

  private static int run(StringWriter out, String... arguments) {
    CommandLine program = Vidame.commandLine(arguments);
    program.setOut(new PrintWriter(out));
    program.setErr(new PrintWriter(out));
    return program.execute(arguments);
  }

  @Test
  void demoShowsTheExchangeAndThatAllOfItHeld() {
    StringWriter out = new StringWriter();

    int exit = run(out, "demo", "--data", folder.resolve("new").toString());

    assertThat(exit).isZero();
    assertThat(out.toString())
        .contains("PATCH http://127.0.0.1:")
        .contains(
            "/v1/customers/eebd1b55-5360-4438-a11d-5c06918c3014/users/4b10bf41-ab11-40e3-8c53-cd67849b50de HTTP/1.1")
        .contains("HTTP/1.1 200")
        .contains("\"displayName\":\"DisplayNameChange\"")
        .contains("All of it held.")
        .doesNotContain("testPw@!122B")
        .doesNotContain("FAILED");
  }

  @Test
  void demoRefusesAFolderThatHasAStoreAlready() {
    StringWriter out = new StringWriter();
    run(new StringWriter(), "demo", "--data", folder.toString());

    int exit = run(out, "demo", "--data", folder.toString());

    assertThat(exit).isEqualTo(Vidame.EXIT_UNAVAILABLE);
    assertThat(out.toString()).contains("is not empty");
  }

  @Test
  void helpOfEveryCommandHasExamples() {
    for (String[] arguments :
        new String[][] {{"--help"}, {"serve", "--help"}, {"demo", "--help"}}) {
      StringWriter out = new StringWriter();

      assertThat(run(out, arguments)).isZero();
      assertThat(out.toString()).contains("Examples:");
    }
  }

  @Test
  void unknownOptionIsAnUsageError() {
    StringWriter out = new StringWriter();

    assertThat(run(out, "serve", "--prot", "80")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(out.toString()).contains("--port");
  }
}
