package dev.vidame.server;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Something that is opened on a thread of its own while the server prepares the rest. Start-up is
 * mostly the loading of classes, which two threads do in little more than half the time.
 */
final class Opening<T> {
  private final FutureTask<T> task;

  private Opening(FutureTask<T> task) {
    this.task = task;
  }

  static <T> Opening<T> of(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().name("vidame-open").start(task);
    return new Opening<>(task);
  }

  /** Waits until it is open. */
  T result() throws StartException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (Objects.requireNonNull(e.getCause())) {
        case StartException refused -> throw refused;
        case RuntimeException unexpected -> throw unexpected;
        case Throwable other -> throw new IllegalStateException("A store failed to open", other);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("The start was interrupted", e);
    }
  }
}
