package dev.vidame.samples;

import dev.vidame.sdk.PartnerException;
import java.io.PrintStream;
import java.util.Map;

/** Runs a scenario from a command line. Used by one thread. */
final class SampleRunner {
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  SampleRunner(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** What is done with the settings, and what is printed of it. */
  @FunctionalInterface
  interface Scenario {
    Object run(SampleSettings settings);
  }

  /** Answers the exit code: 0 done, 1 refused by the service, 2 settings missing or wrong. */
  int run(Scenario scenario) {
    SampleSettings settings = new SampleSettings(environment);
    try {
      settings.check();
    } catch (IllegalArgumentException | IllegalStateException e) {
      err.println(e.getMessage());
      err.println(SampleSettings.USAGE);
      return 2;
    }
    try {
      print(scenario.run(settings));
      return 0;
    } catch (SampleSettings.MissingException e) {
      err.println(e.getMessage());
      err.println(SampleSettings.USAGE);
      return 2;
    } catch (PartnerException | IllegalStateException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  /** A list line by line, all else as it is. */
  private void print(Object result) {
    if (result instanceof Iterable<?> items) {
      items.forEach(out::println);
    } else {
      out.println(result);
    }
  }
}
