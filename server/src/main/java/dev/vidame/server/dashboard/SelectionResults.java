package dev.vidame.server.dashboard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What became of the last few selections in a browser. Thread-safe. Of each browser one is carried
 * out at a time, so that a form that is sent twice at once is carried out once, and both are told
 * the same.
 */
final class SelectionResults {
  private static final int MOST = 3;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<UUID, SelectionResult> kept = new LinkedHashMap<>();

  /** Carries a form out, unless that was done. */
  void keep(UUID form, Supplier<SelectionResult> work) {
    lock.lock();
    try {
      if (kept.containsKey(form)) {
        return;
      }
      kept.put(form, work.get());
      if (kept.size() > MOST) {
        kept.remove(kept.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  /** What became of a form; empty where that is kept no more. */
  Optional<SelectionResult> find(@Nullable UUID form) {
    lock.lock();
    try {
      return Optional.ofNullable(form == null ? null : kept.get(form));
    } finally {
      lock.unlock();
    }
  }
}
