package dev.vidame.bench;

import dev.vidame.directory.Directory;
import dev.vidame.server.tokens.TokenSettings;
import dev.vidame.server.tokens.TokenSubject;
import dev.vidame.server.tokens.TokenVerifier;
import dev.vidame.server.tokens.TokenVersion;
import dev.vidame.server.tokens.Tokens;
import dev.vidame.server.tokens.Verification;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many tokens the verifier takes on one thread: each for the first time, and one again. Counted
 * in all of this process's time on processors, which other programs do not change.
 */
final class TokenSpeed {
  private static final double LEAST_PER_SECOND = 20_000;
  private static final URI ADDRESS = URI.create("http://127.0.0.1:8080");
  private static final int KNOWN_TIMES = 500_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private TokenSpeed() {}

  static void measure(AccessCommand.Bed bed, int count, Findings findings) throws SQLException {
    try (Directory directory = Directory.open(bed.store().file(), Directory.Options.standard())) {
      Bench.say("signing " + count + " tokens");
      List<String> tokens = signed(directory, bed.store().tokenSubject(directory), count);
      Bench.say("verifying them");
      double[] unseen = new double[bed.rounds()];
      double[] known = new double[bed.rounds()];
      perSecond(tokens, verifier(directory)); // for the compiler
      for (int round = 0; round < bed.rounds(); round++) {
        TokenVerifier verifier = verifier(directory); // one that has seen none of them
        unseen[round] = perSecond(tokens, verifier);
        known[round] = perSecond(List.of(tokens.getFirst()), KNOWN_TIMES, verifier);
      }
      findings.title(
          "Tokens of %d characters, one thread, median of %d rounds"
              .formatted(tokens.getFirst().length(), bed.rounds()));
      findings.number("tokens, all different", "tokens", count, 0);
      findings.number("the same one again, per core", "known_tokens_per_s", Rate.median(known), 0);
      findings.atLeast(
          "never seen before, per core",
          "unseen_tokens_per_s",
          Rate.median(unseen),
          LEAST_PER_SECOND);
    }
  }

  private static List<String> signed(Directory directory, TokenSubject subject, int count) {
    Tokens tokens = open(directory);
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(number ->
            tokens
                .issuer()
                .accessToken(subject, TokenVersion.V1, TokenSettings.DEFAULT_AUDIENCE)
                .text())
        .distinct()
        .toList();
  }

  private static Tokens open(Directory directory) {
    return Tokens.open(directory, () -> ADDRESS, TokenSettings.standard(), Clock.systemUTC());
  }

  private static TokenVerifier verifier(Directory directory) {
    return open(directory).verifier();
  }

  private static double perSecond(List<String> tokens, TokenVerifier verifier) {
    return perSecond(tokens, tokens.size(), verifier);
  }

  private static double perSecond(List<String> tokens, int times, TokenVerifier verifier) {
    long start = PacedLoad.cpuNanos();
    for (int i = 0; i < times; i++) {
      Verification verification = verifier.verify(tokens.get(i % tokens.size()));
      if (!(verification instanceof Verification.Verified)) {
        throw new BenchException("A token that is good was found to be " + verification);
      }
    }
    return times * NANOS_PER_SECOND / (PacedLoad.cpuNanos() - start);
  }
}
