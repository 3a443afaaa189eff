package dev.vidame.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Agents who sign in at once, each again as soon as it has its token. */
final class SignInLoad implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final URI endpoint;
  private final SeededStore store;

  SignInLoad(URI server, SeededStore store) {
    this.endpoint = server.resolve("/" + store.partner() + "/oauth2/token");
    this.store = store;
  }

  /** A result of something, and how many sign-ins were answered meanwhile. */
  record During(Rate rate, long signIns) {}

  /**
   * Signs agents in one after the other, so that the server knows where they sign in from. Whoever
   * comes from a new address is one of few who may try at once (docs/decisions/0037).
   */
  void introduce(int agents) {
    for (int agent = 0; agent < agents; agent++) {
      signIn(agent);
    }
  }

  /** Measures while so many agents are signing in. */
  During during(int agents, Turns.Measurement measurement) throws IOException {
    AtomicInteger answered = new AtomicInteger();
    CountDownLatch underWay = new CountDownLatch(agents);
    CountDownLatch end = new CountDownLatch(1);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      int agent = i;
      running.add(
          threads.submit(() -> {
            underWay.countDown();
            while (end.getCount() > 0) {
              signIn(agent);
              answered.incrementAndGet();
            }
          }));
    }
    try {
      underWay.await();
      int before = answered.get();
      Rate rate = measurement.run();
      int after = answered.get();
      end.countDown();
      for (Future<?> one : running) {
        one.get();
      }
      return new During(rate, after - before);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted", e);
    } catch (ExecutionException e) {
      throw new BenchException("A sign-in failed: " + e.getCause(), e);
    } finally {
      end.countDown();
    }
  }

  private void signIn(int agent) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(store.signInForm(agent)))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new BenchException("A sign-in was answered with " + answer.statusCode());
      }
    } catch (IOException e) {
      throw new BenchException("A sign-in was not answered: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted", e);
    }
  }

  @Override
  public void close() {
    threads.close();
    client.close();
  }
}
