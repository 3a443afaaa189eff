package dev.vidame.server.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** Prints what verifying a token costs, known and unknown. Run by hand. */
final class CachedVerificationSpeed {
  private static final int ROUNDS = 5;
  private static final int KNOWN = 1_000_000;
  private static final int UNKNOWN = 20_000;

  private CachedVerificationSpeed() {}

  /** Takes a folder to work in. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "speed");
    try (World world = new World(folder)) {
      String token = world.userToken();
      TokenVerifier verifier = world.tokens().verifier();
      SigningKeyRing keys =
          SigningKeyRing.open(world.directory.signingKeys(), Duration.ofHours(1), world.clock);
      for (int round = 1; round <= ROUNDS; round++) {
        long known = nanosEach(KNOWN, () -> verifier.verify(token));
        long unknown = nanosEach(UNKNOWN, () -> world.newVerifier(keys::verifier).verify(token));
        System.out.printf(
            "%d characters: known %d ns, unknown %d ns%n", token.length(), known, unknown);
      }
    }
  }

  private static long nanosEach(int times, Supplier<Verification> work) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      if (!(work.get() instanceof Verification.Verified)) {
        throw new AssertionError("The token is good");
      }
    }
    return (System.nanoTime() - start) / times;
  }
}
