package dev.vidame.directory.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/** Parameters of PostgreSQL, which wants to know the type of everything, also of nothing. */
final class PlacedArguments implements Arguments {
  private static final char ZERO = 0;
  private static final char NO_CHARACTER = 0xFFFF;

  private final PreparedStatement statement;
  private final PostgresSql sql;
  private final int placesBefore;
  private int number;

  /**
   * Of one statement among several that are sent together.
   *
   * @param placesBefore how many places of parameters the statements before it have
   */
  PlacedArguments(PreparedStatement statement, PostgresSql sql, int placesBefore) {
    this.statement = statement;
    this.sql = sql;
    this.placesBefore = placesBefore;
  }

  @Override
  public Arguments uuid(@Nullable UUID value) throws SQLException {
    for (int place : sql.places(++number)) {
      statement.setObject(placesBefore + place, value == null ? noUuid() : value);
    }
    return this;
  }

  private static PGobject noUuid() {
    PGobject nothing = new PGobject();
    nothing.setType("uuid");
    return nothing;
  }

  @Override
  public Arguments text(@Nullable String value) throws SQLException {
    for (int place : sql.places(++number)) {
      statement.setString(placesBefore + place, storable(value));
    }
    return this;
  }

  /**
   * PostgreSQL knows no character zero in texts. No text of the store has it, since no rule lets it
   * in, so whoever looks for one that has it looks for what is not there, as with a character that
   * is none.
   */
  private static @Nullable String storable(@Nullable String text) {
    return text == null ? null : text.replace(ZERO, NO_CHARACTER);
  }

  @Override
  public Arguments bytes(byte @Nullable [] value) throws SQLException {
    for (int place : sql.places(++number)) {
      statement.setBytes(placesBefore + place, value);
    }
    return this;
  }

  @Override
  public Arguments number(long value) throws SQLException {
    for (int place : sql.places(++number)) {
      statement.setLong(placesBefore + place, value);
    }
    return this;
  }

  @Override
  public Arguments noNumber() throws SQLException {
    for (int place : sql.places(++number)) {
      statement.setNull(placesBefore + place, Types.BIGINT);
    }
    return this;
  }
}
