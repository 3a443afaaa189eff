package dev.vidame.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the passwords of a plan are made of: the same password for the same row each time, so that a
 * request which is sent again is the same. Immutable; its text form shows nothing.
 */
final class PasswordSeed {
  /** Without what is easily taken for something else when it is read out. */
  private static final String CHARACTERS =
      "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-+=!?*%";

  private static final String MAC = "HmacSHA256";
  private static final int BYTES = 32;
  private static final int LENGTH = 20;
  private static final int SHORTEST_NAME = 4;

  private final SecretKeySpec key;

  private PasswordSeed(byte[] secret) {
    this.key = new SecretKeySpec(secret, MAC);
  }

  /**
   * Makes one and keeps it in a file that only its owner can read.
   *
   * @param random must be fit for secrets
   */
  static void create(RunFiles files, RandomGenerator random) {
    Path file = files.seed();
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    byte[] text = (HexFormat.of().formatHex(secret) + "\n").getBytes(StandardCharsets.US_ASCII);
    try (FileChannel channel = PrivateFiles.create(file)) {
      ByteBuffer buffer = ByteBuffer.wrap(files.seal().seal(file, text));
      while (buffer.hasRemaining()) {
        var _ = channel.write(buffer);
      }
      channel.force(true);
    } catch (FileAlreadyExistsException e) {
      throw BulkException.file(
          file + " is there: passwords of an earlier plan of this name may still depend on it.");
    } catch (IOException e) {
      throw BulkException.unreadable(file, e);
    }
  }

  /**
   * Reads one.
   *
   * @throws BulkException when it is not there any more, or not whole
   */
  static PasswordSeed read(RunFiles files) {
    Path file = files.seed();
    try (InputStream in = files.seal().open(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      byte[] secret = HexFormat.of().parseHex(text.strip());
      if (secret.length == BYTES) {
        return new PasswordSeed(secret);
      }
    } catch (NoSuchFileException e) {
      throw BulkException.file(file + ", which the plan's passwords are made of, is not there.");
    } catch (IOException e) {
      throw BulkException.unreadable(file, e);
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw BulkException.data(file + ", which the plan's passwords are made of, is damaged.");
  }

  /** The password of a row. */
  String password(PlanRow row) {
    String name = name(row).toLowerCase(Locale.ROOT);
    for (int round = 0; ; round++) {
      String password = password(row.requestId() + "/" + round);
      boolean hasName =
          name.length() >= SHORTEST_NAME && password.toLowerCase(Locale.ROOT).contains(name);
      if (!hasName && hasAllKinds(password)) {
        return password;
      }
    }
  }

  private static String name(PlanRow row) {
    Map<Field, String> after = row.after();
    String name = after.getOrDefault(Field.USER_PRINCIPAL_NAME, row.key());
    return name.substring(0, Math.max(0, name.indexOf('@')));
  }

  private static boolean hasAllKinds(String password) {
    return password.chars().anyMatch(Character::isLowerCase)
        && password.chars().anyMatch(Character::isUpperCase)
        && password.chars().anyMatch(Character::isDigit)
        && password.chars().anyMatch(c -> !Character.isLetterOrDigit(c));
  }

  private String password(String row) {
    StringBuilder password = new StringBuilder(LENGTH);
    int fair = 256 - 256 % CHARACTERS.length();
    for (int block = 0; password.length() < LENGTH; block++) {
      for (byte b : mac(row + "/" + block)) {
        int value = Byte.toUnsignedInt(b);
        if (value < fair && password.length() < LENGTH) {
          password.append(CHARACTERS.charAt(value % CHARACTERS.length()));
        }
      }
    }
    return password.toString();
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + MAC, e);
    }
  }

  @Override
  public String toString() {
    return "PasswordSeed[]";
  }
}
