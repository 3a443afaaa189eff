package dev.vidame.bench.compare;

import dev.vidame.bench.Rate;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A system that is compared. Its data is made once and lies there between the rounds; it runs only
 * while its turn lasts, so that it takes nobody's processors. Not thread-safe.
 */
interface Peer {
  /** For programs. */
  String name();

  /** For people. */
  String title();

  /** Why it cannot be measured here, where it cannot. */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /** Makes its data. */
  void prepare() throws IOException, SQLException;

  /** What of what version runs, once its data are made; for people. */
  String version() throws IOException, SQLException;

  /** Starts it, with what it needs. */
  Running start() throws IOException, SQLException;

  /** A system that runs, and ends when closed. */
  interface Running extends AutoCloseable {
    /** What it can be asked to do, in order. */
    List<Operation> operations();

    /**
     * Asks as fast as it answers: for a while so that it is warm, then for as long as is planned.
     *
     * @throws dev.vidame.bench.BenchException when an answer was not what it is to be, or a change
     *     that was answered is not there afterwards
     */
    Rate measure(Operation operation) throws IOException;

    @Override
    void close() throws IOException;
  }
}
