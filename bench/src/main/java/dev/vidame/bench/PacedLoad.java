package dev.vidame.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Requests at a fixed pace, whatever the server does.
 *
 * <p>Request number n is meant to leave at start + n / pace, and its latency counts from then: a
 * server that stalls, or a client that is late, shows as latency of all that had to wait, and not
 * as fewer requests. One thread sends, another receives; both sleep in between, because the server
 * runs on the same processors, and go first when they have something to do ({@link Urgency}).
 */
final class PacedLoad {
  private static final double NANOS_PER_SECOND = 1e9;

  private PacedLoad() {}

  /**
   * A paced run.
   *
   * @param rate what was answered
   * @param ownCpu how much of one processor this program itself took
   */
  record Result(Rate rate, double ownCpu) {}

  /** How a paced run goes. */
  record Plan(int perSecond, int seconds, int connections) {}

  /**
   * Runs to its end, when every request is answered.
   *
   * @param server on this machine
   * @param requests the bytes of request number n
   */
  static Result run(URI server, Plan plan, IntFunction<byte[]> requests) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    try (PacedConnections connections = PacedConnections.open(address, plan.connections())) {
      long cpu = cpuNanos();
      long start = System.nanoTime();
      sendUrgently(connections, plan, requests);
      Latencies.Sorted latencies = Latencies.sorted(List.of(connections.finish()));
      double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
      double ownCpu = (cpuNanos() - cpu) / NANOS_PER_SECOND / seconds;
      return new Result(Rate.of(latencies, seconds), ownCpu);
    }
  }

  /** On a thread of its own, as no thread can be made less urgent again by everybody. */
  private static void sendUrgently(
      PacedConnections connections, Plan plan, IntFunction<byte[]> requests) {
    FutureTask<@Nullable Void> sending =
        new FutureTask<>(() -> {
          Urgency.ofThisThread();
          send(connections, plan, requests);
          return null;
        });
    Thread.ofPlatform().name("bench-sender").daemon().start(sending);
    try {
      sending.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted", e);
    } catch (ExecutionException e) {
      throw new BenchException("A paced load broke off: " + e.getMessage(), e);
    }
  }

  private static void send(PacedConnections connections, Plan plan, IntFunction<byte[]> requests)
      throws IOException {
    double interval = NANOS_PER_SECOND / plan.perSecond();
    long start = System.nanoTime();
    for (int i = 0; i < plan.seconds() * plan.perSecond(); i++) {
      long intended = start + (long) (i * interval);
      ByteBuffer request = ByteBuffer.wrap(requests.apply(i));
      for (long now = System.nanoTime(); now < intended; now = System.nanoTime()) {
        LockSupport.parkNanos(intended - now);
      }
      connections.take().send(request, intended);
    }
  }

  /** This program's time on processors so far. */
  static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }
}
