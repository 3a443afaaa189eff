package dev.vidame.directory.storage;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a row by position, counted from 1. */
public final class Row {
  private final ResultSet rows;
  private final Dialect dialect;

  Row(ResultSet rows, Dialect dialect) {
    this.rows = rows;
    this.dialect = dialect;
  }

  /** A GUID that is never null. */
  public UUID uuid(int column) throws SQLException {
    return dialect == Dialect.SQLITE
        ? toUuid(rows.getBytes(column))
        : rows.getObject(column, UUID.class);
  }

  /** A GUID that may be null. */
  public @Nullable UUID optionalUuid(int column) throws SQLException {
    if (dialect == Dialect.POSTGRESQL) {
      return rows.getObject(column, UUID.class);
    }
    byte[] bytes = rows.getBytes(column);
    return bytes == null ? null : toUuid(bytes);
  }

  /** Text that is never null. */
  public String text(int column) throws SQLException {
    return rows.getString(column);
  }

  /** Text that may be null. */
  public @Nullable String optionalText(int column) throws SQLException {
    return rows.getString(column);
  }

  /** Bytes that are never null. */
  public byte[] bytes(int column) throws SQLException {
    return rows.getBytes(column);
  }

  /** Bytes that may be null. */
  public byte @Nullable [] optionalBytes(int column) throws SQLException {
    return rows.getBytes(column);
  }

  /** A whole number. */
  public long number(int column) throws SQLException {
    return rows.getLong(column);
  }

  /** A truth value, which a condition has, or a column as 0 or 1. */
  public boolean bool(int column) throws SQLException {
    return rows.getBoolean(column);
  }

  /** A moment that is never null. */
  public Instant instant(int column) throws SQLException {
    return Instant.EPOCH.plus(rows.getLong(column), ChronoUnit.MICROS);
  }

  /** A moment that may be null. */
  public @Nullable Instant optionalInstant(int column) throws SQLException {
    long micros = rows.getLong(column);
    return rows.wasNull() ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static UUID toUuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
