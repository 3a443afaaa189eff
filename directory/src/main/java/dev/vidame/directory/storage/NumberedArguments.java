package dev.vidame.directory.storage;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Parameters of SQLite, where a GUID is 16 bytes. */
final class NumberedArguments implements Arguments {
  private final PreparedStatement statement;
  private int number;

  NumberedArguments(PreparedStatement statement) {
    this.statement = statement;
  }

  @Override
  public Arguments uuid(@Nullable UUID value) throws SQLException {
    return bytes(value == null ? null : toBytes(value));
  }

  @Override
  public Arguments text(@Nullable String value) throws SQLException {
    statement.setString(++number, value);
    return this;
  }

  @Override
  public Arguments bytes(byte @Nullable [] value) throws SQLException {
    statement.setBytes(++number, value);
    return this;
  }

  @Override
  public Arguments number(long value) throws SQLException {
    statement.setLong(++number, value);
    return this;
  }

  @Override
  public Arguments noNumber() throws SQLException {
    statement.setObject(++number, null);
    return this;
  }

  private static byte[] toBytes(UUID value) {
    return ByteBuffer.allocate(16)
        .putLong(value.getMostSignificantBits())
        .putLong(value.getLeastSignificantBits())
        .array();
  }
}
