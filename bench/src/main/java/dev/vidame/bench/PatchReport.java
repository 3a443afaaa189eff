package dev.vidame.bench;

/**
 * What {@code bench/run patch} found: a table for people, a line for programs.
 *
 * @param httpOnly the HTTP layer alone
 * @param storeOnly the barest transaction alone
 * @param whole the whole product
 * @param starts times to the first answer, with the AOT cache and without
 */
record PatchReport(Alone httpOnly, Alone storeOnly, Whole whole, Starts starts) {
  /** The figures that the product is to reach on two cores. */
  private static final double LEAST_SHARE_OF_STORE = 0.55;

  private static final double LEAST_GETS = 35_000;
  private static final double LONGEST_PACED_MILLIS = 15;
  private static final double MOST_MEGABYTES = 320;

  /**
   * The whole product.
   *
   * @param patch PATCH as fast as it can
   * @param get GET as fast as it can
   * @param paced PATCH at the fixed pace
   * @param peakMegabytes the most memory that was resident at once, in megabytes
   * @param megabytesAfter what was resident after the load
   */
  record Whole(
      Rate patch, Rate get, PacedLoad.Result paced, double peakMegabytes, double megabytesAfter) {}

  private double shareOfStore() {
    return whole.patch.perSecond() / storeOnly.rate().perSecond();
  }

  String table(int pace) {
    StringBuilder text = new StringBuilder();
    text.append("                          requests/s     p50 ms     p99 ms     RSS MB\n");
    row(text, "HTTP only", httpOnly.rate(), httpOnly.peakMegabytes());
    row(text, "store only", storeOnly.rate(), storeOnly.peakMegabytes());
    row(text, "full product, PATCH", whole.patch, whole.peakMegabytes());
    row(text, "full product, GET", whole.get, whole.peakMegabytes());
    row(text, "  PATCH at " + pace + "/s", whole.paced.rate(), whole.peakMegabytes());
    text.append('\n').append(findings().table());
    return text.toString();
  }

  private static void row(StringBuilder text, String name, Rate rate, double megabytes) {
    text.append(
        "%-24s %11.0f %10.2f %10.2f %10.0f%n"
            .formatted(name, rate.perSecond(), rate.p50Millis(), rate.p99Millis(), megabytes));
  }

  /** Whether every figure is as it is to be. */
  boolean isReached() {
    return findings().areReached();
  }

  private Findings findings() {
    Findings findings = new Findings();
    findings.atLeast("PATCH / store only", "patch_to_store", shareOfStore(), LEAST_SHARE_OF_STORE);
    findings.atLeast("GET per second", "get_per_s", whole.get.perSecond(), LEAST_GETS);
    findings.atMost(
        "p99 at the pace, ms",
        "paced_p99_ms",
        whole.paced.rate().p99Millis(),
        LONGEST_PACED_MILLIS);
    findings.atMost("RSS at its peak, MB", "rss_mb", whole.peakMegabytes(), MOST_MEGABYTES);
    starts.judge(findings);
    findings.number("RSS after the load, MB", "rss_after_mb", whole.megabytesAfter(), 1);
    findings.number(
        "CPU of the paced client, cores", "paced_client_cores", whole.paced.ownCpu(), 2);
    return findings;
  }

  JsonLine json() {
    return findings()
        .json()
        .number("patch_per_s", whole.patch.perSecond(), 0)
        .number("store_per_s", storeOnly.rate().perSecond(), 0)
        .number("http_per_s", httpOnly.rate().perSecond(), 0)
        .number("p50_ms", whole.patch.p50Millis(), 2)
        .number("p99_ms", whole.patch.p99Millis(), 2)
        .number("paced_p50_ms", whole.paced.rate().p50Millis(), 2)
        .number("paced_per_s", whole.paced.rate().perSecond(), 0)
        .number("get_p50_ms", whole.get.p50Millis(), 2)
        .number("get_p99_ms", whole.get.p99Millis(), 2)
        .number("store_p50_ms", storeOnly.rate().p50Millis(), 2)
        .number("store_p99_ms", storeOnly.rate().p99Millis(), 2)
        .number("http_p50_ms", httpOnly.rate().p50Millis(), 2)
        .number("http_p99_ms", httpOnly.rate().p99Millis(), 2);
  }
}
