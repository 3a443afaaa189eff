package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import dev.vidame.server.tokens.OutboundConnections.AddressRefused;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where this server goes to ask, and where it never goes, whatever names lead to. */
@Timeout(60)
class OutboundConnectionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String LOCAL = "127.0.0.1";

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer listener;

  /** What every name leads to. */
  private volatile InetAddress[] leadsTo = {};

  @BeforeEach
  void listen() throws IOException {
    listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listener.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    listener.start();
  }

  @AfterEach
  void listenNoMore() {
    listener.stop(0);
  }

  private void leadTo(String... addresses) {
    leadsTo = Stream.of(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }

  private BoundedRetriever retriever() {
    return new BoundedRetriever(
        PATIENCE,
        new OutboundConnections(
            host -> leadsTo, () -> (SSLSocketFactory) SSLSocketFactory.getDefault()));
  }

  private String fetched(BoundedRetriever retriever) throws IOException {
    return retriever.retrieveResource(url("http")).getContent();
  }

  private URL url(String scheme) throws IOException {
    return URI.create(scheme + "://login.example:" + listener.getAddress().getPort() + "/keys")
        .toURL();
  }

  /**
   * The second address is one that the system, too, takes for this machine, so that whoever goes
   * there is counted.
   */
  @Test
  void nameThatLeadsElsewhereTheNextTimeIsNotFollowed() throws IOException {
    try (BoundedRetriever retriever = retriever()) {
      leadTo(LOCAL);
      assertThat(fetched(retriever)).isEqualTo("{}");
      assertThat(asked).hasValue(1);

      leadTo("0.0.0.0");

      assertThatIOException()
          .isThrownBy(() -> fetched(retriever))
          .withCauseInstanceOf(AddressRefused.class);
      assertThat(asked).hasValue(1);
      leadTo(LOCAL);
      assertThat(fetched(retriever)).isEqualTo("{}");
    }
  }

  @Test
  void ofSeveralAddressesOnlyThoseThatMayBeAskedAre() throws IOException {
    try (BoundedRetriever retriever = retriever()) {
      leadTo("169.254.169.254", "fe80::1", LOCAL);

      assertThat(fetched(retriever)).isEqualTo("{}");
    }
  }

  @Test
  void nextAddressIsTriedWhereNobodyListens() throws IOException {
    try (BoundedRetriever retriever = retriever()) {
      leadTo("127.0.0.9", LOCAL);

      assertThat(fetched(retriever)).isEqualTo("{}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "0.0.0.0",
        "0.1.2.3",
        "224.0.0.1",
        "239.255.255.250",
        "255.255.255.255",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "::",
        "fe80::1",
        "febf::1",
        "ff02::1",
        "ff0e::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1"
      })
  void addressThatMeansNoProviderIsNotConnectedTo(String address) throws IOException {
    leadTo(address);

    try (BoundedRetriever retriever = retriever()) {
      for (String scheme : new String[] {"http", "https"}) {
        URL url = url(scheme);
        assertThatIOException()
            .isThrownBy(() -> retriever.retrieveResource(url))
            .withCauseInstanceOf(AddressRefused.class);
        assertThatIOException()
            .isThrownBy(() -> retriever.post(URI.create(url.toString()), "a=b", Map.of()))
            .withCauseInstanceOf(AddressRefused.class);
      }
    }
    assertThat(ProviderAddresses.mayBeNamed(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::1",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "100.64.0.1",
        "168.63.129.17",
        "198.51.100.7",
        "fd12:3456::1",
        "2001:db8::1",
        "2002:c633:6407::1",
        "64:ff9b::c633:6407"
      })
  void providerMayBeAnywhereElse(String address) {
    assertThat(ProviderAddresses.mayBeAsked(InetAddress.ofLiteral(address))).isTrue();
    assertThat(ProviderAddresses.mayBeNamed(address)).isTrue();
    assertThat(ProviderAddresses.mayBeNamed("login.example")).isTrue();
  }

  /** Without TLS only this machine is asked, whatever an address in the store says. */
  @Test
  void otherMachinesAreNotAskedWithoutTls() throws IOException {
    leadTo("10.0.0.1");

    try (BoundedRetriever retriever = retriever()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> fetched(retriever))
          .withCauseInstanceOf(AddressRefused.class);
    }
  }

  /** A byte now and then is not an answer, however long it goes on. */
  @Test
  void answerThatDripsIsGivenUp() throws Exception {
    leadTo(LOCAL);
    CountDownLatch end = new CountDownLatch(1);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        BoundedRetriever retriever =
            new BoundedRetriever(Duration.ofMillis(300), OutboundConnections.standard())) {
      Future<Boolean> isHungUp = threads.submit(() -> drip(server, end));
      URL url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/").toURL();
      long begin = System.nanoTime();

      assertThatIOException()
          .isThrownBy(() -> retriever.retrieveResource(url))
          .withMessageContaining("took longer than");

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
      assertThat(isHungUp.get(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      end.countDown();
    }
  }

  /** Until nobody listens any more. */
  private static boolean drip(ServerSocket server, CountDownLatch end) throws Exception {
    try (Socket socket = server.accept();
        OutputStream out = socket.getOutputStream()) {
      out.write("HTTP/1.1 200 OK\r\nA: ".getBytes(StandardCharsets.US_ASCII));
      while (!end.await(5, TimeUnit.MILLISECONDS)) {
        out.write('a');
        out.flush();
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
