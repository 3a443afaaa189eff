package dev.vidame.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** GET at a fixed pace by one partner, alone and while another one asks for far too much. */
final class PartnerOverload {
  private static final double MOST_RATIO = 2;

  /** A pace that is kept by late requests too lacks a little at its end. */
  private static final double LEAST_OF_FLOOD = 0.9;

  private static final int SECONDS_PER_MINUTE = 60;

  /** A minute's worth may come at once, so it takes a while until a flood is refused. */
  private static final int SECONDS_OF_FIRST_FLOOD = 5;

  private static final int MOST_FIRST_FLOODS = 20;

  /** Before each turn; what came back meanwhile is gone by then. */
  private static final int SECONDS_BEFORE = 3;

  private PartnerOverload() {}

  /** Who asks for what is measured, and who floods. */
  private record Both(
      AccessCommand.Bed bed, URI server, GetRequests calm, Wrk.Flood flood, Wrk wrk) {
    Rate alone(int seconds) throws IOException {
      return SignInBurst.paced(bed, server, calm, seconds);
    }

    Wrk.Flooded flooded(int seconds) {
      try {
        return wrk.run(flood, seconds);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static void measure(AccessCommand.Bed bed, int times, Findings findings)
      throws IOException, SQLException {
    Bench.say("GET at %d/s, alone and beside a flood, in turns".formatted(bed.pace()));
    OtherPartner other = OtherPartner.addTo(bed.store());
    List<String> settings = new ArrayList<>(bed.settings());
    settings.add("limits.partner-requests-per-minute=" + bed.pace() * SECONDS_PER_MINUTE);
    try (Product product = Product.start(bed.scope(), bed.store(), "", settings)) {
      URI server = product.server().address();
      Accounts calm = Accounts.read(other.firstAccountsFile());
      Wrk.Target target = new Wrk.Target(server, "PATCH", other.accessToken(server));
      Both both =
          new Both(
              bed,
              server,
              new GetRequests(calm, server, bed.store().accessToken(server)),
              new Wrk.Flood(target, times * bed.pace()),
              new Wrk(bed.scope(), other.accountsFile(), bed.load().connections()));
      both.alone(bed.load().warmUpSeconds());
      if (times > 1) {
        exhaust(both);
      }
      List<Wrk.Flooded> floods = new ArrayList<>();
      Turns turns =
          Turns.run(bed.rounds(), () -> both.alone(bed.pacedSeconds()), () -> beside(both, floods));
      report(bed, times, turns, floods, findings);
    }
  }

  /** Floods until most of it is refused. */
  private static void exhaust(Both both) {
    for (int i = 0; i < MOST_FIRST_FLOODS; i++) {
      Wrk.Flooded flooded = both.flooded(SECONDS_OF_FIRST_FLOOD);
      if (flooded.refused() > flooded.rate().answers() / 2) {
        return;
      }
    }
    throw new BenchException("The machine is too slow to make a flood that is refused");
  }

  private static Rate beside(Both both, List<Wrk.Flooded> floods) throws IOException {
    int seconds = both.bed().pacedSeconds();
    CompletableFuture<Wrk.Flooded> flood =
        CompletableFuture.supplyAsync(
            () -> both.flooded(SECONDS_BEFORE + seconds + 1), Thread::startVirtualThread);
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SECONDS_BEFORE));
    Rate rate = both.alone(seconds);
    floods.add(flood.join());
    return rate;
  }

  private static void report(
      AccessCommand.Bed bed, int times, Turns turns, List<Wrk.Flooded> floods, Findings findings) {
    Rate flood = Rate.of(floods.stream().map(Wrk.Flooded::rate).toList());
    long refused = floods.stream().mapToLong(Wrk.Flooded::refused).sum();
    findings.title(
        "GET by one partner at %d/s, and PATCH by another, who may ask as much, at %d/s"
            .formatted(bed.pace(), times * bed.pace()));
    findings.rate("alone", "calm_get", turns.first());
    findings.rate("beside the flood", "beside_get", turns.second());
    findings.rate("the flood", "flood", flood);
    findings.number("of it refused, %", "refused_percent", 100.0 * refused / flood.answers(), 1);
    findings.atLeast(
        "the flood / its limit",
        "flood_times",
        flood.perSecond() / bed.pace(),
        LEAST_OF_FLOOD * times);
    findings.atMost(
        "p99, beside / alone", "beside_p99_ratio", turns.ratio(Rate::p99Millis), MOST_RATIO);
    double asked = (double) bed.rounds() * bed.pace() * bed.pacedSeconds();
    findings.atMost("requests without a 200", "beside_errors", asked - turns.second().answers(), 0);
  }
}
