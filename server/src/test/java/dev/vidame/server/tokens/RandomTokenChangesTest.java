package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.tokens.Verification.Verified;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blind attacks on a good token. */
final class RandomTokenChangesTest {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private static final int TRIES = 100_000;

  @Test
  void noneOfAHundredThousandIsTaken(@TempDir Path folder) {
    long seed = new Random().nextLong();
    System.out.println("Random changes of a token, seed " + seed);
    Random random = new Random(seed);
    List<String> taken = new ArrayList<>();
    try (World world = new World(folder)) {
      String token = world.userToken();
      assertThat(world.verify(token)).isInstanceOf(Verified.class);
      int tried = 0;
      while (tried < TRIES) {
        String changed = changed(token, random);
        if (!changed.equals(token)) {
          tried++;
          if (world.verify(changed) instanceof Verified) {
            taken.add(changed);
          }
        }
      }
    }

    assertThat(taken).as("seed %d", seed).isEmpty();
  }

  private static String changed(String token, Random random) {
    int at = random.nextInt(token.length());
    int to = at + random.nextInt(token.length() - at);
    String any = String.valueOf(ALPHABET.charAt(random.nextInt(64)));
    StringBuilder text = new StringBuilder(token);
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> text.replace(at, at + 1, any).toString();
      case 3 -> text.insert(at, any).toString();
      case 4 -> text.deleteCharAt(at).toString();
      case 5 -> text.insert(at, token, at, to).toString();
      case 6 -> text.delete(at, to).toString();
      default -> text.replace(at, at + 1, String.valueOf((char) random.nextInt(256))).toString();
    };
  }
}
