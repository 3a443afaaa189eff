package dev.vidame.server.secrets;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** All that is logged and printed, for as long as it is open. */
final class Overheard implements AutoCloseable {
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Handler handler = new Listening();
  private final Logger root = Logger.getLogger("");
  private final Logger own = Logger.getLogger("dev.vidame");
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  Overheard() {
    root.addHandler(handler);
    own.setLevel(Level.ALL);
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
  }

  /** What was logged, with the traces. */
  String log() {
    return String.join("\n", log);
  }

  /** What was printed. */
  String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    own.setLevel(null);
    root.removeHandler(handler);
  }

  /** Keeps all that is logged, with the traces. */
  private final class Listening extends Handler {
    Listening() {
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord record) {
      StringWriter text = new StringWriter();
      text.append(String.valueOf(record.getMessage()));
      text.append(Arrays.toString(record.getParameters())).append('\n');
      Throwable thrown = record.getThrown();
      if (thrown != null) {
        thrown.printStackTrace(new PrintWriter(text));
      }
      log.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
