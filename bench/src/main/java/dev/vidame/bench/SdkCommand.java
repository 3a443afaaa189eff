package dev.vidame.bench;

import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerCredential;
import dev.vidame.sdk.UserClient;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the SDK adds to a call. */
@Command(
    name = "sdk",
    mixinStandardHelpOptions = true,
    description = {
      "Compares a PATCH by the SDK with a bare HttpClient request of the same body.",
      "",
      "Both ask a server that answers fixed bytes, in turns, in one process. The SDK writes the",
      "update, makes ids, asks its credential, reads the account; the bare request takes bytes and",
      "gives bytes. Says the median of both and what the one takes longer than the other."
    },
    footer = {
      "",
      "Examples:",
      "  bench/run sdk",
      "  bench/run sdk --rounds 3 --seconds 1     a quick look"
    })
final class SdkCommand implements Callable<Integer> {
  private static final double MICROS_PER_MILLI = 1e3;
  private static final double PROMISED_MICROS = 60;
  private static final int WARM_UP_ROUNDS = 2;
  private static final CustomerId CUSTOMER = HttpOnlyCommand.CUSTOMER;
  private static final UserId USER = HttpOnlyCommand.USER;
  private static final CustomerUserUpdate UPDATE =
      CustomerUserUpdate.builder().displayName("Display name").usageLocation("US").build();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How long a round takes for each; default ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "9",
      description = "Rounds that count; two more warm up. Default ${DEFAULT-VALUE}.")
  private int rounds;

  @Override
  public Integer call() throws IOException {
    try (RunScope scope = RunScope.open();
        FixedAnswer server = new FixedAnswer(HttpOnlyCommand.account())) {
      Machine machine = Machine.here(scope.folder());
      Bench.say(machine.toString());
      ClosedLoop bare = bare(server.address());
      ClosedLoop sdk = sdk(server.address());
      Bench.say("warming up");
      rounds(WARM_UP_ROUNDS, bare, sdk);
      Bench.say(rounds + " rounds of " + seconds + " s each");
      print(rounds(rounds, bare, sdk), machine);
    }
    return 0;
  }

  private Turns rounds(int number, ClosedLoop bare, ClosedLoop sdk) throws IOException {
    Duration time = Duration.ofSeconds(seconds);
    return Turns.run(number, () -> bare.run(time), () -> sdk.run(time));
  }

  private static ClosedLoop sdk(URI server) {
    UserClient user =
        PartnerClient.builder()
            .endpoint(server)
            .credential(PartnerCredential.fixed("token"))
            .build()
            .customers()
            .byId(CUSTOMER)
            .users()
            .byId(USER);
    return new ClosedLoop(
        1,
        (thread, random, number) -> {
          if (!USER.equals(user.patch(UPDATE).id())) {
            throw new BenchException("Another account came back");
          }
        });
  }

  private static ClosedLoop bare(URI server) {
    HttpClient http = HttpClient.newHttpClient();
    URI uri = URI.create(server + "/v1/customers/" + CUSTOMER + "/users/" + USER);
    byte[] body = UPDATE.toJson();
    return new ClosedLoop(1, (thread, random, number) -> send(http, uri, body));
  }

  private static void send(HttpClient http, URI uri, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .version(HttpClient.Version.HTTP_1_1)
            .header("Authorization", "Bearer token")
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new BenchException("Answered " + response.statusCode());
      }
    } catch (IOException e) {
      throw new BenchException("A request failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted", e);
    }
  }

  private void print(Turns turns, Machine machine) {
    double bare = turns.first().p50Millis() * MICROS_PER_MILLI;
    double sdk = turns.second().p50Millis() * MICROS_PER_MILLI;
    System.out.println(machine);
    System.out.printf("one caller, median of %d rounds of %d s%n%n", rounds, seconds);
    System.out.printf("bare HttpClient   %8.1f us%n", bare);
    System.out.printf("SDK               %8.1f us%n", sdk);
    System.out.printf(
        "added             %8.1f us   (promised: %.0f at most)%n%n", sdk - bare, PROMISED_MICROS);
    System.out.println(
        new JsonLine()
            .number("bare_us", bare, 1)
            .number("sdk_us", sdk, 1)
            .number("added_us", sdk - bare, 1)
            .number("rounds", rounds, 0)
            .machine(machine));
  }
}
