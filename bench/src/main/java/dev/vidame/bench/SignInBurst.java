package dev.vidame.bench;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** GET at a fixed pace, alone and while many agents sign in at once. */
final class SignInBurst {
  private static final int AGENTS = 100;
  private static final double MOST_RATIO = 2;

  private SignInBurst() {}

  static void measure(AccessCommand.Bed bed, Findings findings) throws IOException, SQLException {
    Bench.say("GET at %d/s, alone and during %d sign-ins, in turns".formatted(bed.pace(), AGENTS));
    bed.store().addAgents(AGENTS);
    try (Product product = Product.start(bed.scope(), bed.store(), "", bed.settings())) {
      URI server = product.server().address();
      GetRequests requests =
          new GetRequests(
              Accounts.read(bed.store().accountsFile()), server, bed.store().accessToken(server));
      SignInLoad signIns = new SignInLoad(bed.scope(), server, bed.store(), AGENTS);
      signIns.introduce();
      Turns.Measurement gets =
          () -> PacedLoad.run(server, bed.plan(bed.pace(), bed.pacedSeconds()), requests).rate();
      int warmUp = bed.load().warmUpSeconds();
      Beside.run(
          signIns::run,
          warmUp,
          () -> PacedLoad.run(server, bed.plan(bed.pace(), warmUp), requests).rate());
      List<Rate> signedIn = new ArrayList<>();
      Turns turns =
          Turns.run(
              bed.rounds(),
              gets,
              () -> {
                Beside<Rate> beside = Beside.run(signIns::run, bed.pacedSeconds(), gets);
                signedIn.add(beside.other());
                return beside.rate();
              });
      findings.title("GET at %d/s, and %d sign-ins at once".formatted(bed.pace(), AGENTS));
      findings.rate("alone", "idle_get", turns.first());
      findings.rate("during sign-ins", "sign_in_get", turns.second());
      findings.rate("sign-ins", "sign_in", Rate.of(signedIn));
      findings.atMost(
          "p99, during / alone", "sign_in_p99_ratio", turns.ratio(Rate::p99Millis), MOST_RATIO);
    }
  }
}
