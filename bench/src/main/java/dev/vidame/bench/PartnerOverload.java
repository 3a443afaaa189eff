package dev.vidame.bench;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * GET by one partner that keeps to its limit, alone and while another one asks for far too much.
 */
final class PartnerOverload {
  private static final double MOST_RATIO = 2;

  /** How many times its limit the flood asks for. */
  private static final int TIMES = 10;

  /** A pace that is kept by late requests too lacks a little at its end. */
  private static final double LEAST_OF_FLOOD = 0.9;

  private static final int SECONDS_PER_MINUTE = 60;

  /** A minute's worth may come at once, so it takes a while until a flood is refused. */
  private static final int SECONDS_OF_FIRST_FLOOD = 5;

  private static final int MOST_FIRST_FLOODS = 20;

  private PartnerOverload() {}

  /** Who asks for what is measured, and who floods. */
  private record Both(
      AccessCommand.Bed bed, URI server, GetRequests calm, Wrk.Target other, Wrk wrk) {
    Rate alone(int seconds) throws IOException {
      return PacedLoad.run(server, bed.plan(bed.limit(), seconds), calm).rate();
    }

    /** The other one asks for so many times its limit. */
    Wrk.Flooded flooded(int times, int seconds) throws IOException {
      return wrk.run(new Wrk.Flood(other, times * bed.limit()), seconds);
    }
  }

  static void measure(AccessCommand.Bed bed, Findings findings) throws IOException, SQLException {
    OtherPartner other = OtherPartner.addTo(bed.store());
    List<String> settings = new ArrayList<>(bed.settings());
    settings.add("limits.partner-requests-per-minute=" + bed.limit() * SECONDS_PER_MINUTE);
    try (Product product = Product.start(bed.scope(), bed.store(), "", settings)) {
      URI server = product.server().address();
      Accounts calm = Accounts.read(other.firstAccountsFile());
      Wrk.Target target = new Wrk.Target(server, "PATCH", other.accessToken(server));
      Both both =
          new Both(
              bed,
              server,
              new GetRequests(calm, server, bed.store().accessToken(server)),
              target,
              new Wrk(bed.scope(), other.accountsFile(), bed.load().connections()));
      both.alone(bed.load().warmUpSeconds());
      exhaust(both);
      List<Wrk.Flooded> floods = new ArrayList<>();
      List<Wrk.Flooded> kept = new ArrayList<>();
      Bench.say("GET at %d/s, alone and beside a flood, in turns".formatted(bed.limit()));
      Turns turns =
          Turns.run(
              bed.rounds(),
              () -> both.alone(bed.pacedSeconds()),
              () -> beside(both, TIMES, floods));
      Bench.say("the same beside who keeps to the limit, and beside a flood");
      Turns limit =
          Turns.run(bed.rounds(), () -> beside(both, 1, kept), () -> beside(both, TIMES, floods));
      report(bed, new Measured(turns, limit, floods, kept), findings);
    }
  }

  /** Floods until most of it is refused. */
  private static void exhaust(Both both) throws IOException {
    for (int i = 0; i < MOST_FIRST_FLOODS; i++) {
      Wrk.Flooded flooded = both.flooded(TIMES, SECONDS_OF_FIRST_FLOOD);
      if (flooded.refused() > flooded.rate().answers() / 2) {
        return;
      }
    }
    throw new BenchException("The machine is too slow to make a flood that is refused");
  }

  private static Rate beside(Both both, int times, List<Wrk.Flooded> others) throws IOException {
    int turn = both.bed().pacedSeconds();
    Beside<Wrk.Flooded> beside =
        Beside.run(seconds -> both.flooded(times, seconds), turn, () -> both.alone(turn));
    others.add(beside.other());
    return beside.rate();
  }

  /**
   * GET alone and beside the floods, and beside who keeps to the limit and beside the floods; and
   * what the other partner asked for in both.
   */
  private record Measured(
      Turns turns, Turns limit, List<Wrk.Flooded> floods, List<Wrk.Flooded> kept) {
    Rate flood() {
      return Rate.of(floods.stream().map(Wrk.Flooded::rate).toList());
    }

    static double refusedPercent(List<Wrk.Flooded> asked) {
      long refused = asked.stream().mapToLong(Wrk.Flooded::refused).sum();
      return 100.0 * refused / asked.stream().mapToLong(each -> each.rate().answers()).sum();
    }

    /** Of one partner, in all four. */
    long calmAnswers() {
      return Stream.of(turns, limit)
          .flatMap(each -> Stream.of(each.first(), each.second()))
          .mapToLong(Rate::answers)
          .sum();
    }
  }

  private static void report(AccessCommand.Bed bed, Measured measured, Findings findings) {
    Rate flood = measured.flood();
    Turns turns = measured.turns();
    Turns limit = measured.limit();
    findings.title(
        "GET by one partner at %d/s, and PATCH by another, who may ask as much, at %d/s"
            .formatted(bed.limit(), TIMES * bed.limit()));
    findings.rate("alone", "calm_get", turns.first());
    findings.rate("beside the flood", "beside_get", turns.second());
    findings.rate("beside who keeps to the limit", "kept_get", limit.first());
    findings.rate("beside the flood, again", "beside_again_get", limit.second());
    findings.rate("the flood", "flood", flood);
    findings.number(
        "of it refused, %", "refused_percent", Measured.refusedPercent(measured.floods()), 1);
    findings.number(
        "of the limit kept refused, %",
        "kept_refused_percent", Measured.refusedPercent(measured.kept()), 1);
    findings.atLeast(
        "the flood / its limit",
        "flood_times",
        flood.perSecond() / bed.limit(),
        LEAST_OF_FLOOD * TIMES);
    findings.atMost(
        "p99, beside / alone", "beside_p99_ratio", turns.ratio(Rate::p99Millis), MOST_RATIO);
    findings.atMost(
        "p99, the flood / the limit kept",
        "flood_p99_ratio",
        limit.ratio(Rate::p99Millis),
        MOST_RATIO);
    double asked = 4.0 * bed.rounds() * bed.limit() * bed.pacedSeconds();
    findings.atMost("requests without a 200", "beside_errors", asked - measured.calmAnswers(), 0);
  }
}
