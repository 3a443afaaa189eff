package dev.vidame.bench;

import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The accounts of a seeded store. Immutable.
 *
 * <p>Its file has one line {@code customer/user} for each, of one width, so that wrk's script finds
 * any of them without taking the file apart.
 */
public final class Accounts {
  private static final int GUID = 36;
  private static final int LINE = GUID + 1 + GUID + 1;

  private final byte[] lines;

  private Accounts(byte[] lines) {
    this.lines = lines;
  }

  /** Reads the list. */
  public static Accounts read(Path file) throws IOException {
    return new Accounts(Files.readAllBytes(file));
  }

  static String line(UUID customer, UUID user) {
    return customer + "/" + user + "\n";
  }

  /** How many there are. */
  public int count() {
    return lines.length / LINE;
  }

  /** The customer of one, counted from 0. */
  public CustomerId customer(int index) {
    return CustomerId.of(text(index * LINE));
  }

  /** The user of one, counted from 0. */
  public UserId user(int index) {
    return UserId.of(text(index * LINE + GUID + 1));
  }

  private String text(int from) {
    return new String(lines, from, GUID, StandardCharsets.US_ASCII);
  }
}
