package dev.vidame.bench;

/** What a run found: a table for people, a line for programs, and a verdict. Not thread-safe. */
public final class Findings {
  private final StringBuilder text = new StringBuilder();
  private final JsonLine json = new JsonLine();
  private boolean isReached = true;

  /** Begins a part of the table. */
  public void title(String title) {
    text.append(text.isEmpty() ? "" : System.lineSeparator())
        .append(title)
        .append(System.lineSeparator());
  }

  /** What was measured of requests; goes to programs as {@code NAME_per_s} and so on. */
  public void rate(String title, String name, Rate rate) {
    text.append(
        "  %-34s %9.0f/s   p50 %7.2f ms   p99 %7.2f ms%n"
            .formatted(title, rate.perSecond(), rate.p50Millis(), rate.p99Millis()));
    json.number(name + "_per_s", rate.perSecond(), 0)
        .number(name + "_p50_ms", rate.p50Millis(), 2)
        .number(name + "_p99_ms", rate.p99Millis(), 2);
  }

  /** A number that nothing is asked of. */
  public void number(String title, String name, double value, int decimals) {
    text.append(("  %-34s %10." + decimals + "f%n").formatted(title, value));
    json.number(name, value, decimals);
  }

  /** A figure that is to be reached. */
  public void atLeast(String title, String name, double value, double least) {
    verdict(title, name, value, "at least %8.2f".formatted(least), value >= least);
  }

  /** A figure that is not to be exceeded. */
  public void atMost(String title, String name, double value, double most) {
    verdict(title, name, value, "at most  %8.2f".formatted(most), value <= most);
  }

  private void verdict(String title, String name, double value, String bound, boolean isMet) {
    isReached &= isMet;
    text.append(
        "  %-34s %10.3f   %s  %s%n".formatted(title, value, bound, isMet ? "ok" : "MISSED"));
    json.number(name, value, 3);
  }

  /** Whether every figure is as it is to be. */
  public boolean areReached() {
    return isReached;
  }

  /** For people. */
  public String table() {
    return text.toString();
  }

  /** For programs. */
  public JsonLine json() {
    return json;
  }
}
