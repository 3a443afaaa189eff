package dev.vidame.bench.sql;

import dev.vidame.bench.sql.PatchWork.Change;

/** One way to run the statements of a PATCH, over a store of its own. Thread-safe. */
interface Contestant extends AutoCloseable {
  /** What the report calls it. */
  String name();

  /** The name of the thread that runs the statements. */
  String writerThread();

  /** Runs the statements; when this returns they are on disk. */
  void patch(Change change);

  @Override
  void close();
}
