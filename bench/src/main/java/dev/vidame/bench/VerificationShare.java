package dev.vidame.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** PATCH with a cached token, beside PATCH for a caller who is not asked for one. */
final class VerificationShare {
  private static final double LEAST_RATIO = 0.97;

  /** Two rates of a second differ by 5 % though nothing else does, so 3 % take many of them. */
  private static final int TURN_SECONDS = 1;

  private static final int TURNS = 7;

  private VerificationShare() {}

  static void measure(AccessCommand.Bed bed, Findings findings) throws IOException {
    Bench.say("PATCH with verification and without, in turns");
    int port = ServerProcess.freePort();
    int verifiedPort = ServerProcess.freePort();
    int unverifiedPort = ServerProcess.freePort();
    List<String> command =
        ServerProcess.ownCommand(
            "unverified",
            "--data=" + bed.store().folder(),
            "--partner=" + bed.store().partner(),
            "--application=" + bed.store().application(),
            "--port=" + port,
            "--verified-port=" + verifiedPort,
            "--unverified-port=" + unverifiedPort);
    ServerProcess.Address last =
        new ServerProcess.Address(unverifiedPort, UnverifiedCommand.FIRST_ANSWER);
    try (ServerProcess server = ServerProcess.launch(bed.scope(), last, command, Map.of())) {
      Wrk wrk = new Wrk(bed.scope(), bed.store().accountsFile(), bed.load().connections());
      URI unverified = server.address();
      URI verified = local(verifiedPort);
      Wrk.Target with = new Wrk.Target(verified, "PATCH", bed.store().accessToken(local(port)));
      // As long a header as the other one's, so that nothing differs but the look at it.
      Wrk.Target without = new Wrk.Target(unverified, "PATCH", "0".repeat(with.token().length()));
      wrk.run(with, bed.load().warmUpSeconds());
      wrk.run(without, bed.load().warmUpSeconds());
      int rounds = TURNS * bed.rounds();
      Turns turns =
          Turns.run(rounds, () -> counted(bed, wrk, without), () -> counted(bed, wrk, with));
      Bench.say("PATCH without verification and the same again, to see what chance makes of it");
      Turns control =
          Turns.run(rounds, () -> counted(bed, wrk, without), () -> counted(bed, wrk, without));
      findings.title("PATCH, one server, one store");
      findings.rate("token not looked at", "unverified_patch", turns.first());
      findings.rate("token verified, cached", "verified_patch", turns.second());
      findings.atLeast(
          "verified / not", "verified_ratio", turns.ratio(Rate::perSecond), LEAST_RATIO);
      findings.number(
          "  standard error", "verified_ratio_error", turns.ratioError(Rate::perSecond), 3);
      findings.number("not / not, a control", "control_ratio", control.ratio(Rate::perSecond), 3);
    }
  }

  private static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** An answered PATCH is in the journal. */
  private static Rate counted(AccessCommand.Bed bed, Wrk wrk, Wrk.Target target)
      throws IOException {
    long before = bed.store().journalRows();
    Rate rate = wrk.run(target, TURN_SECONDS);
    long rows = bed.store().journalRows() - before;
    if (rows < rate.answers()) {
      throw new BenchException(
          "%d updates were answered, but the journal grew by %d".formatted(rate.answers(), rows));
    }
    return rate;
  }
}
