package dev.vidame.directory.move;

import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.storage.SqliteFile;
import dev.vidame.directory.storage.WholeStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies a store in a file to a PostgreSQL and proves the copy. The file stays as it is.
 *
 * <p>Each page of rows is one transaction, with a note of how far the table is. So a move that was
 * ended at whatever point goes on from there, loses nothing and copies nothing twice. Until the
 * copy is proved, no server opens the database.
 */
public final class Move {
  private final Path file;
  private final PostgresOptions options;
  private final Progress progress;
  private final Pace pace;

  private Move(Path file, PostgresOptions options, Progress progress, Pace pace) {
    this.file = file;
    this.options = options;
    this.progress = progress;
    this.pace = pace;
  }

  /**
   * How it is copied.
   *
   * @param rows how many rows go in one transaction
   * @param beforeCommit what happens before each of them ends
   */
  record Pace(int rows, Runnable beforeCommit) {
    /** Enough rows to hide the round trips, and few to do again. */
    static final Pace STANDARD = new Pace(1_000, () -> {});
  }

  /**
   * Moves.
   *
   * @param file of a store that nobody writes to meanwhile
   * @param whenProved is told of the copy once it is proved, and before servers may open it
   * @throws MoveException where it came to nothing; it may go on later
   */
  public static void run(
      Path file, PostgresOptions options, Progress progress, Consumer<MoveReport> whenProved)
      throws MoveException {
    run(file, options, progress, Pace.STANDARD, whenProved);
  }

  @SuppressWarnings("TooManyParameters") // with a place for faults
  static void run(
      Path file,
      PostgresOptions options,
      Progress progress,
      Pace pace,
      Consumer<MoveReport> whenProved)
      throws MoveException {
    try {
      new Move(file, options, progress, pace).run(whenProved);
    } catch (SQLException e) {
      throw Faults.said(e);
    }
  }

  /**
   * Makes the tables that a store will be moved to, so that they can be spread over machines before
   * anything is in them.
   *
   * @throws MoveException when the database cannot be had, or is something else's
   */
  public static void makeTables(PostgresOptions options) throws MoveException {
    try {
      WholeStore.ofDatabase(options).close(); // whose refusals say more
      WholeStore.migrate(options);
    } catch (SQLException e) {
      throw Faults.said(e);
    }
  }

  private void run(Consumer<MoveReport> whenProved) throws SQLException, MoveException {
    requireSchema(SqliteFile.schema(file));
    try (WholeStore source = WholeStore.ofFile(file);
        WholeStore target = WholeStore.ofDatabase(options)) {
      MoveState state = new MoveState(target);
      SourceState begun = SourceState.of(source);
      boolean goesOn = state.requireFree(begun);
      target.commit();
      WholeStore.migrate(options);
      if (!goesOn) {
        state.begin(begun);
      }
      List<Shape> shapes = Pages.ordered(Shape.of(source, target));
      long total = copy(source, target, state, shapes);
      whenProved.accept(prove(source, target, shapes, total));
      target.commit();
      state.finish();
    }
  }

  private static void requireSchema(SqliteFile.Schema schema) throws MoveException {
    switch (schema) {
      case SAME -> {}
      case NONE -> throw MoveException.refused("There is no store in the folder.");
      case OLDER ->
          throw MoveException.refused(
              "The store is of an older version. Start a server of this version on it once, and stop it.");
      case NEWER ->
          throw MoveException.refused("The store is of a newer version than this program.");
    }
  }

  private long copy(WholeStore source, WholeStore target, MoveState state, List<Shape> shapes)
      throws SQLException, MoveException {
    long total = 0;
    for (Shape shape : shapes) {
      total += source.number("select count(*) from " + shape.table().name());
    }
    long before = 0;
    for (Shape shape : shapes) {
      Pages pages = new Pages(source, target, shape, pace.rows());
      String step = "Copying " + shape.table().name();
      Mark mark = state.mark(shape.table());
      target.commit();
      progress.at(step, before + mark.copied(), total);
      @Nullable Mark next = pages.copyNext(mark);
      while (next != null) {
        state.advance(shape.table(), mark, next);
        pace.beforeCommit().run();
        target.commit();
        mark = next;
        progress.at(step, before + mark.copied(), total);
        next = pages.copyNext(mark);
      }
      before += mark.copied();
    }
    return total;
  }

  private MoveReport prove(WholeStore source, WholeStore target, List<Shape> shapes, long total)
      throws SQLException, MoveException {
    for (Shape shape : shapes) {
      target.update("analyze " + shape.table().name());
      target.commit();
    }
    target.holdStill();
    Proof.Result result = new Proof(source, target, shapes).run(progress, total);
    if (!result.faults().isEmpty()) {
      throw MoveException.refused(
          "The copy is not proved, and no server will open it:"
              + System.lineSeparator()
              + "  "
              + String.join(System.lineSeparator() + "  ", result.faults()));
    }
    return new MoveReport(
        new TreeMap<>(result.counts()),
        result.customers(),
        HexFormat.of().formatHex(result.digest()));
  }
}
