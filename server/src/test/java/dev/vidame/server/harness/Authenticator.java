package dev.vidame.server.harness;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Agent;
import dev.vidame.server.factors.OneTimeCodes;
import dev.vidame.server.secrets.KeySeal;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a person has in the hand: it computes codes from the secret that was shown, with nothing of
 * the code under test.
 */
public final class Authenticator {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final byte[] secret;
  private final Clock clock;
  private final List<String> recoveryCodes;

  /** One that was given this secret. */
  public Authenticator(String base32, List<String> recoveryCodes, Clock clock) {
    this.secret = decoded(base32);
    this.recoveryCodes = recoveryCodes;
    this.clock = clock;
  }

  /** One of an agent of a test server, which asks for it from now on. */
  public static Authenticator enrol(TestServer server, Agent agent) {
    return enrol(server.server().directory(), server.clock(), agent);
  }

  /** As above, of whoever serves the directory. */
  public static Authenticator enrol(Directory directory, Clock clock, Agent agent) {
    OneTimeCodes codes = codes(directory, clock);
    OneTimeCodes.Shown shown =
        codes.enrol(agent.partner(), agent.id(), request(agent)).orElseThrow().value();
    Authenticator made =
        new Authenticator(String.valueOf(shown.secret()), shown.recoveryCodes(), clock);
    // With the code before the one that is good now, which is left for the test.
    var _ = codes.confirm(agent.partner(), agent.id(), made.code(-1), request(agent)).orElseThrow();
    return made;
  }

  /** The codes of a directory without a seal. */
  public static OneTimeCodes codes(Directory directory, Clock clock) {
    return OneTimeCodes.open(
        directory, KeySeal.none(), new OneTimeCodes.Chance(new SecureRandom(), clock));
  }

  /** A request of an operator, which is no repetition. */
  public static ChangeRequest request(Agent agent) {
    return ChangeRequest.once(Actor.operator(agent.partner()), UUID.randomUUID());
  }

  /** What it shows now. */
  public String code() {
    return code(0);
  }

  /** What it shows so many steps of 30 seconds from now. */
  public String code(int steps) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      long step = clock.instant().getEpochSecond() / 30 + steps;
      byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
      int at = hash[19] & 15;
      long number = ByteBuffer.wrap(hash, at, 4).getInt() & 0x7fffffffL;
      String digits = "000000" + number;
      return digits.substring(digits.length() - 6);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Six digits that it does not show about now. */
  public String wrongCode() {
    for (int guess = 0; ; guess++) {
      String code = "%06d".formatted(guess);
      if (List.of(-1, 0, 1).stream().noneMatch(steps -> code(steps).equals(code))) {
        return code;
      }
    }
  }

  /** The codes for when it is lost. */
  public List<String> recoveryCodes() {
    return recoveryCodes;
  }

  private static byte[] decoded(String base32) {
    ByteBuffer bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
    long waiting = 0;
    int bits = 0;
    for (int i = 0; i < base32.length(); i++) {
      waiting = (waiting << 5) | BASE32.indexOf(base32.charAt(i));
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.put((byte) (waiting >> bits));
        waiting &= (1L << bits) - 1;
      }
    }
    return bytes.array();
  }
}
