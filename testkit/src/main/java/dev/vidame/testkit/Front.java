package dev.vidame.testkit;

import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Answering;
import dev.vidame.server.http.Correlation;
import dev.vidame.server.http.Entrance;
import dev.vidame.server.http.HttpListener;
import dev.vidame.server.http.Request;
import io.helidon.webserver.CloseConnectionException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The production listener at one port, before one server after the other: connections outlive a
 * reset. Between the two stand the recorder and the scripted faults. Thread-safe.
 */
final class Front implements Answering, AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  /**
   * Gets ready while the first server opens its store: a start is mostly the loading of classes.
   */
  private final FutureTask<HttpListener> listening;

  private final Faults faults;
  private final Recorder recorder;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int underWay;
  private boolean isChanging = true;
  private @Nullable Door behind;

  Front(Faults faults, Recorder recorder, Supplier<UUID> newIds) {
    this.faults = faults;
    this.recorder = recorder;
    listening = new FutureTask<>(() -> listen(newIds));
    Thread.ofPlatform().name("vidame-testkit-listen").start(listening);
  }

  private HttpListener listen(Supplier<UUID> newIds) {
    HttpListener listener =
        HttpListener.prepare(newIds, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listener.start(this);
    return listener;
  }

  private HttpListener listener() {
    try {
      return listening.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("No port can be listened at", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The start was interrupted", e);
    }
  }

  int port() {
    return listener().port();
  }

  /** A way in for one server. Requests come through it once it is {@link #open}. */
  Door door() {
    return new Door();
  }

  /** What one server takes for its listener. */
  final class Door implements Entrance {
    private volatile @Nullable Answering api;

    private Answering api() {
      return Objects.requireNonNull(api, "The server does not answer yet");
    }

    @Override
    public void start(Answering answering) {
      api = answering;
    }

    @Override
    public int port() {
      return Front.this.port();
    }

    /** Whoever closes a server here has seen to it that no request is under way. */
    @Override
    public void stop(Duration grace) {
      api().letHeldAnswersGo();
    }
  }

  /**
   * Lets nobody in and waits for those inside: a request belongs to one state of the server. Who
   * takes longer than five seconds is left to the server that it came to.
   */
  void shut() {
    lock.lock();
    try {
      isChanging = true;
      if (behind != null) {
        behind.api().letHeldAnswersGo();
      }
      long left = GRACE.toNanos();
      while (underWay > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Lets everybody in, through this door. */
  void open(Door door) {
    lock.lock();
    try {
      behind = door;
      isChanging = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets everybody in, through the door of before. */
  void reopen() {
    lock.lock();
    try {
      isChanging = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Answering enter() {
    lock.lock();
    try {
      while (isChanging) {
        changed.awaitUninterruptibly();
      }
      if (behind == null) {
        throw new CloseConnectionException("The server is gone");
      }
      underWay++;
      return behind.api();
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      underWay--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Answer answer(Request request, Correlation correlation) {
    Answering api = enter();
    try {
      return recorder.recorded(
          new KeptRequest(request), kept -> faults.answer(kept, correlation, api));
    } finally {
      leave();
    }
  }

  @Override
  public void letHeldAnswersGo() {
    // Each server's own door does that.
  }

  @Override
  public void close() {
    lock.lock();
    try {
      behind = null; // for who waits at the door, the connection ends
      isChanging = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    listener().close();
  }
}
