package dev.vidame.directory.storage;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds parameters in the order in which they stand in the statement. */
public final class Arguments {
  private final PreparedStatement statement;
  private int position;

  Arguments(PreparedStatement statement) {
    this.statement = statement;
  }

  /** Binds a GUID, as 16 bytes. */
  public Arguments uuid(@Nullable UUID value) throws SQLException {
    return bytes(value == null ? null : toBytes(value));
  }

  /** Binds text. */
  public Arguments text(@Nullable String value) throws SQLException {
    statement.setString(++position, value);
    return this;
  }

  /** Binds bytes. */
  public Arguments bytes(byte @Nullable [] value) throws SQLException {
    statement.setBytes(++position, value);
    return this;
  }

  /** Binds a whole number. */
  public Arguments number(long value) throws SQLException {
    statement.setLong(++position, value);
    return this;
  }

  /** Binds a truth value, as 0 or 1. */
  public Arguments bool(boolean value) throws SQLException {
    return number(value ? 1 : 0);
  }

  /** Binds a moment, as microseconds since 1970. */
  public Arguments instant(@Nullable Instant value) throws SQLException {
    if (value == null) {
      statement.setObject(++position, null);
      return this;
    }
    return number(micros(value));
  }

  /** A moment in microseconds since 1970. */
  public static long micros(Instant value) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, value);
  }

  static byte[] toBytes(UUID value) {
    return ByteBuffer.allocate(16)
        .putLong(value.getMostSignificantBits())
        .putLong(value.getLeastSignificantBits())
        .array();
  }
}
