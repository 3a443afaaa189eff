package dev.vidame.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one server, and the thread that receives on all of them. It sleeps while nothing
 * comes. One other thread takes idle connections and sends on them.
 */
final class PacedConnections implements AutoCloseable {
  private static final int SECONDS_TO_ANSWER = 30;

  private final Selector selector = Selector.open();
  private final List<PacedConnection> all = new ArrayList<>();
  private final BlockingQueue<PacedConnection> idle;
  private final Latencies latencies = new Latencies();
  private final Thread receiver =
      Thread.ofPlatform().name("bench-receiver").daemon().unstarted(this::receive);
  private volatile @Nullable Exception failure;
  private volatile boolean isClosing;

  private PacedConnections(int count) throws IOException {
    idle = new ArrayBlockingQueue<>(count);
  }

  static PacedConnections open(InetSocketAddress server, int count) throws IOException {
    PacedConnections connections = new PacedConnections(count);
    for (int i = 0; i < count; i++) {
      connections.all.add(PacedConnection.open(server, connections.selector));
    }
    connections.idle.addAll(connections.all);
    connections.receiver.start();
    return connections;
  }

  /** An idle connection; waits for one. */
  PacedConnection take() {
    try {
      PacedConnection connection = idle.poll(SECONDS_TO_ANSWER, TimeUnit.SECONDS);
      Exception broken = failure;
      if (broken != null) {
        throw new BenchException("A paced request failed: " + broken.getMessage(), broken);
      }
      if (connection == null) {
        throw new BenchException("No answer within " + SECONDS_TO_ANSWER + " s");
      }
      return connection;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted", e);
    }
  }

  /** All latencies, once every request is answered; nothing can be sent after that. */
  Latencies finish() {
    for (int i = 0; i < all.size(); i++) {
      take();
    }
    return latencies;
  }

  private void receive() {
    Urgency.ofThisThread();
    try {
      while (!isClosing) {
        selector.select(key -> {
          if (key.attachment() instanceof PacedConnection connection) {
            received(connection);
          }
        });
      }
    } catch (IOException | UncheckedIOException e) {
      failure = e;
      idle.addAll(all.subList(0, idle.remainingCapacity())); // wakes who waits, to hear of it
    }
  }

  private void received(PacedConnection connection) {
    try {
      if (connection.receive()) {
        latencies.add(System.nanoTime() - connection.intended());
        idle.add(connection);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    isClosing = true;
    selector.wakeup();
    try {
      receiver.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (PacedConnection connection : all) {
      connection.close();
    }
    selector.close();
  }
}
