package dev.vidame.server.harness;

import dev.vidame.server.StartException;
import dev.vidame.server.VidameServer;
import dev.vidame.server.settings.SettingsLoader;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The real server on a free port, over a folder of its own, with a clock that the test moves.
 * Checks every answer that comes through {@link #send}.
 */
public final class TestServer implements AutoCloseable {
  private static final int SERVER_ERROR = 500;

  private final VidameServer server;
  private final Tenancy tenancy;
  private final MovableClock clock;
  private final TestTokens tokens;
  private final int port;

  private TestServer(VidameServer server, Tenancy tenancy, MovableClock clock) {
    this(server, tenancy, clock, server.address().getPort());
  }

  @SuppressWarnings("TooManyParameters") // a server, and where it is
  private TestServer(VidameServer server, Tenancy tenancy, MovableClock clock, int port) {
    this.port = port;
    this.server = server;
    this.tenancy = tenancy;
    this.clock = clock;
    this.tokens = new TestTokens(this);
  }

  /** A server with people and customers in it, as {@link Tenancy} says. */
  public static TestServer start(Path folder) {
    return start(folder, Map.of());
  }

  /** The same with other settings. */
  public static TestServer start(Path folder, Map<String, String> settings) {
    MovableClock clock = new MovableClock();
    Optional<Tenancy> copied = SeededStore.copyTo(folder, settings);
    VidameServer server = server(folder, settings, clock);
    Tenancy tenancy =
        copied
            .map(tenants -> tenants.over(server.directory()))
            .orElseGet(() -> Tenancy.seed(server.directory()));
    return new TestServer(server, tenancy, clock);
  }

  /** Stops this server and starts another on its folder, at its port and with its clock. */
  public TestServer restart(Path folder) {
    close();
    Map<String, String> settings = Map.of("listen.port", Integer.toString(port()));
    VidameServer again = server(folder, settings, clock);
    return new TestServer(again, tenancy.over(again.directory()), clock);
  }

  /** As below, at a port that nobody listens at. */
  public TestServer beside(Path folder, Map<String, String> settings) {
    return beside(folder, settings, freePort());
  }

  /** A port that nobody listens at now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Another server over the same store, with the same clock and, as behind a proxy, the same
   * address for callers; it listens at this port.
   *
   * @param settings those of this server, which name the store
   */
  public TestServer beside(Path folder, Map<String, String> settings, int itsPort) {
    Map<String, String> own = new HashMap<>(settings);
    own.put("listen.port", Integer.toString(itsPort));
    own.put("listen.base-url", server.address().toString());
    VidameServer other = server(folder, own, clock);
    return new TestServer(other, tenancy.over(other.directory()), clock, itsPort);
  }

  static VidameServer server(Path folder, Map<String, String> settings, MovableClock clock) {
    Map<String, String> flags = new HashMap<>(SharedStore.settings(folder));
    flags.put("listen.port", "0");
    flags.put("auth.password-grant", "true");
    flags.put(
        "passwords.hash-memory-kibibytes",
        "8"); // what hashes cost is no test's concern but its own
    flags.putAll(settings);
    try {
      return VidameServer.start(SettingsLoader.load(Optional.empty(), Map.of(), flags), clock);
    } catch (StartException e) {
      throw new IllegalStateException(e);
    }
  }

  public VidameServer server() {
    return server;
  }

  public Tenancy tenancy() {
    return tenancy;
  }

  public MovableClock clock() {
    return clock;
  }

  public TestTokens tokens() {
    return tokens;
  }

  public int port() {
    return port;
  }

  /** The path of the founding document's account. */
  public static String foundingPath() {
    return path(Tenancy.CUSTOMER, Tenancy.USER);
  }

  public static String path(CustomerId customer, UserId user) {
    return "/v1/customers/" + customer + "/users/" + user;
  }

  /** Sends a request as the first partner's admin agent. */
  public RawAnswer sendAsAdmin(RawRequest request) {
    return send(request.token(tokens.admin()));
  }

  /** Sends a request on a connection of its own; a server error fails the test. */
  public RawAnswer send(RawRequest request) {
    RawAnswer answer = sendWhateverComes(request);
    if (answer.status() >= SERVER_ERROR) {
      throw new AssertionError(
          "A server error for " + request.method() + " " + request.target() + ": " + answer);
    }
    return answer;
  }

  /** Sends a request of which the test expects a server error, perhaps. */
  public RawAnswer sendWhateverComes(RawRequest request) {
    try (RawConnection connection = connect()) {
      RawAnswer answer = connection.exchange(request);
      AnswerRules.check(request, answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "No answer to " + request.method() + " " + request.target(), e);
    }
  }

  /** Sends bytes that need not be HTTP. */
  public RawAnswer sendBytes(byte[] bytes) {
    try (RawConnection connection = connect()) {
      connection.send(bytes);
      RawAnswer answer = connection.read();
      AnswerRules.check(answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends requests one behind the other on one connection, before the first answer is read. */
  public List<RawAnswer> sendPipelined(List<RawRequest> requests) {
    try (RawConnection connection = connect()) {
      for (RawRequest request : requests) {
        connection.send(request.bytes());
      }
      return requests.stream().map(request -> readChecked(connection, request)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RawAnswer readChecked(RawConnection connection, RawRequest request) {
    try {
      RawAnswer answer = connection.read();
      AnswerRules.check(request, answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checks an answer that came over a connection of the test's own. */
  public void check(RawRequest request, RawAnswer answer) {
    AnswerRules.check(request, answer);
  }

  public RawConnection connect() throws IOException {
    return new RawConnection(port());
  }

  @Override
  public void close() {
    server.close();
  }
}
