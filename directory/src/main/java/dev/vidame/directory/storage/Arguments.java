package dev.vidame.directory.storage;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds parameters in the order in which they stand in the statement. */
public sealed interface Arguments permits NumberedArguments, PlacedArguments {

  /** Binds a GUID. */
  Arguments uuid(@Nullable UUID value) throws SQLException;

  /** Binds text. */
  Arguments text(@Nullable String value) throws SQLException;

  /** Binds bytes. */
  Arguments bytes(byte @Nullable [] value) throws SQLException;

  /** Binds a whole number. */
  Arguments number(long value) throws SQLException;

  /** Binds the absence of a number. */
  Arguments noNumber() throws SQLException;

  /** Binds a truth value, as 0 or 1. */
  default Arguments bool(boolean value) throws SQLException {
    return number(value ? 1 : 0);
  }

  /** Binds a moment, as microseconds since 1970. */
  default Arguments instant(@Nullable Instant value) throws SQLException {
    return value == null ? noNumber() : number(micros(value));
  }

  /** A moment in microseconds since 1970. */
  static long micros(Instant value) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, value);
  }
}
