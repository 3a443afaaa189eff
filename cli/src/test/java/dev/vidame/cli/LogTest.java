package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What the program says on the class path that it is started with. */
class LogTest {
  private static final Logger OWN = Logger.getLogger("dev.vidame.cli.LogTest");

  @Test
  void whatTheServiceLogsComesOut() {
    List<String> said = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord message) {
            said.add(message.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    OWN.addHandler(handler);
    OWN.setUseParentHandlers(false);

    System.getLogger(OWN.getName()).log(System.Logger.Level.WARNING, "Something is wrong");

    OWN.removeHandler(handler);
    assertThat(said).containsExactly("Something is wrong");
  }
}
