package dev.vidame.directory.partners;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads of the same thing that many ask for at once. Thread-safe.
 *
 * <p>Whoever asks gets the answer of a read that began after it asked, so nobody learns less than
 * by reading alone. All who ask while a read is under way share the next one, which the first of
 * them makes when that one is over.
 *
 * @param <K> what is asked about; equal keys ask for the same
 * @param <V> what is read
 */
final class JointReads<K, V> {
  private final ConcurrentHashMap<K, Line<V>> lines = new ConcurrentHashMap<>();

  /** One read. */
  private static final class Turn<V> {
    private final CompletableFuture<V> answer = new CompletableFuture<>();
  }

  /**
   * Who reads now, and who reads next.
   *
   * @param running has begun, or is about to
   * @param next has not begun, so that anybody may still join; null where nobody has asked for it
   */
  private record Line<V>(Turn<V> running, @Nullable Turn<V> next) {
    Line<V> joined(Turn<V> own) {
      return next == null ? new Line<>(running, own) : this;
    }
  }

  /**
   * What a read gives that begins from now on.
   *
   * @param read makes it; must not ask here for the same key, and may be another caller's
   * @throws RuntimeException what the read throws, to all who share it
   */
  V read(K key, Supplier<V> read) {
    Turn<V> own = new Turn<>();
    Line<V> line =
        lines.compute(
            key, (same, before) -> before == null ? new Line<>(own, null) : before.joined(own));
    if (line.running() == own) {
      return run(key, own, read);
    }
    Turn<V> next = Objects.requireNonNull(line.next());
    if (next == own) {
      awaitEnd(line.running().answer);
      return run(key, own, read);
    }
    return answer(next.answer);
  }

  private V run(K key, Turn<V> own, Supplier<V> read) {
    V value;
    try {
      value = read.get();
    } catch (RuntimeException | Error e) {
      pass(key);
      own.answer.completeExceptionally(e);
      throw e;
    }
    pass(key);
    own.answer.complete(value);
    return value;
  }

  /** Lets the next one read. It is woken after this, so that nobody joins it once it has begun. */
  private void pass(K key) {
    lines.computeIfPresent(
        key, (same, line) -> line.next() == null ? null : new Line<>(line.next(), null));
  }

  private static void awaitEnd(CompletableFuture<?> read) {
    read.handle((value, failure) -> true).join();
  }

  private static <V> V answer(CompletableFuture<V> read) {
    try {
      return read.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
