package dev.vidame.bench;

import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Api;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.HttpListener;
import dev.vidame.server.http.Route;
import dev.vidame.server.http.Throttle;
import dev.vidame.server.metrics.RequestMetrics;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.Link;
import dev.vidame.wire.UserDomainType;
import dev.vidame.wire.UserId;
import dev.vidame.wire.UserState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A server of the product's HTTP layer and nothing below it: reads a PATCH and answers with an
 * account that was rendered before.
 */
@Command(name = "http-only", hidden = true)
final class HttpOnlyCommand implements Callable<Integer> {
  /** Answers 200 once the server is there. */
  static final String FIRST_ANSWER = "/ready";

  static final CustomerId CUSTOMER = CustomerId.of("eebd1b55-5360-4438-a11d-5c06918c3014");
  static final UserId USER = UserId.of("4b10bf41-ab11-40e3-8c53-cd67849b50de");

  @Option(names = "--port", required = true)
  private int port;

  @Override
  public Integer call() throws InterruptedException {
    byte[] account = account();
    Answer.Header tag = new Answer.Header("ETag", "\"1\"");
    List<Route> routes =
        List.of(
            Route.open(
                "GET",
                FIRST_ANSWER,
                "ready",
                call -> Answer.json(200, "{}".getBytes(StandardCharsets.UTF_8))),
            Route.open(
                "PATCH",
                "/v1/customers/{customer}/users/{user}",
                "update",
                call -> Answer.json(call.jsonBody().length > 0 ? 200 : 400, account, tag)));
    try (HttpListener listener =
        HttpListener.prepare(
            () -> new UUID(0, 0), new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      listener.start(api(routes));
      Bench.say("HTTP alone at port " + listener.port());
      new CountDownLatch(1).await();
    }
    return 0;
  }

  /** Open routes ask neither who calls nor what that is to whom. */
  private static Api api(List<Route> routes) {
    RequestMetrics metrics = new RequestMetrics();
    return new Api(
        routes,
        (authorization, client) -> {
          throw ApiErrors.notOffered();
        },
        Throttle.open(metrics),
        (bearer, customer) -> Optional.empty(),
        (call, operation, refusal) -> {},
        metrics,
        InstantSource.system());
  }

  /** An account as the service answers it. */
  static byte[] account() {
    return new CustomerUser(
            "US",
            USER,
            "user0000001@customer00001.example",
            "First 0000001",
            "Last name 0000001",
            "Display name 0000001",
            null,
            null,
            null,
            null,
            UserDomainType.NONE,
            UserState.ACTIVE,
            null,
            Link.get("/customers/" + CUSTOMER + "/users/" + USER))
        .toJson();
  }
}
