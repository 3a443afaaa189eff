package dev.vidame.cli;

import dev.vidame.cli.client.ClientOptions;
import dev.vidame.cli.client.CustomerOption;
import dev.vidame.cli.terminal.Surroundings;
import dev.vidame.cli.terminal.Terminal;
import dev.vidame.server.seed.FoundingDocument;
import dev.vidame.testkit.TestCaller;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import picocli.CommandLine;

/** Runs commands in this JVM, with an environment, input and terminal of the test's choice. */
final class Shell {
  private final Map<String, String> environment = new HashMap<>();
  private Terminal terminal = Terminal.none();
  private String input = "";
  private Writer out = new StringWriter();
  private Writer err = new StringWriter();

  /** What a command did. */
  record Ran(int code, String out, String err) {
    /** Or the test fails with what was said. */
    Ran ok() {
      return ended(0);
    }

    Ran ended(int expected) {
      if (code != expected) {
        throw new AssertionError("Ended with " + code + ", not " + expected + ": " + err + out);
      }
      return this;
    }
  }

  /** Whoever is not signed in to anything. */
  Shell(Path folder) {
    environment.put("VIDAME_CONFIG_FOLDER", folder.toString());
  }

  /** Somebody with a token, and the founding document's customer. */
  static Shell of(Path folder, URI endpoint, TestCaller caller) {
    return new Shell(folder)
        .with(ClientOptions.ENDPOINT_VARIABLE, endpoint.toString())
        .with(ClientOptions.TOKEN_VARIABLE, caller.token())
        .with(CustomerOption.VARIABLE, FoundingDocument.CUSTOMER.toString());
  }

  Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Shell without(String variable) {
    environment.remove(variable);
    return this;
  }

  Shell at(Terminal other) {
    terminal = other;
    return this;
  }

  Shell typing(String text) {
    input = text;
    return this;
  }

  Shell writingTo(Writer other) {
    out = other;
    return this;
  }

  Shell sayingTo(Writer other) {
    err = other;
    return this;
  }

  Ran run(String... arguments) {
    Surroundings around =
        new Surroundings(
            environment,
            terminal,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            Clock.systemUTC(),
            new Random(7));
    CommandLine program = Vidame.commandLine(around, arguments);
    program.setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
    int code = program.execute(arguments);
    program.getOut().flush();
    String said = out.toString();
    String complained = err.toString();
    out = new StringWriter();
    err = new StringWriter();
    return new Ran(code, said, complained);
  }
}
