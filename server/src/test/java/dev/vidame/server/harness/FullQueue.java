package dev.vidame.server.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * As many changes of what is no customer's as may wait for a test server's store, which does not
 * commit any: further ones are refused at once. Not for longer than a {@link StoreLock} holds.
 */
public final class FullQueue implements AutoCloseable {
  private static final int AT_ONCE = 500;

  private final TestServer server;
  private final StoreLock lock;
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  private FullQueue(TestServer server, StoreLock lock) {
    this.server = server;
    this.lock = lock;
  }

  /** Fills the queue of the server that was started on this folder. */
  public static FullQueue of(TestServer server, Path folder) throws SQLException {
    FullQueue queue = new FullQueue(server, StoreLock.take(folder));
    while (queue.refused.get() == 0) {
      for (int i = 0; i < AT_ONCE; i++) {
        queue.callers.execute(queue::change);
      }
    }
    return queue;
  }

  private void change() {
    try {
      server.server().directory().atomically(directory -> true);
      done.incrementAndGet();
    } catch (DirectoryException e) {
      assertThat(e.failure()).isInstanceOf(Failure.Overloaded.class);
      refused.incrementAndGet();
    }
  }

  /** How many changes have been made, of those that waited. */
  public int done() {
    return done.get();
  }

  /** Lets the store commit, and waits until nothing waits any more. */
  @Override
  public void close() throws SQLException {
    lock.close();
    callers.close();
  }
}
