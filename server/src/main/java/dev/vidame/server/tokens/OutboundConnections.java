package dev.vidame.server.tokens;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Connects to the hosts of URLs, and looks at the very address that it connects to: a name may lead
 * elsewhere each time that it is looked up. Thread-safe.
 */
final class OutboundConnections {
  /** Of a name that has more, the others are not tried. */
  private static final int MOST_ADDRESSES = 4;

  private static final String HTTPS = "https";

  private final Resolver resolver;
  private final Supplier<SSLSocketFactory> tls;

  /** Looks names up. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  /**
   * Connections.
   *
   * @param tls asked when first needed, because few servers do and that takes its time
   */
  OutboundConnections(Resolver resolver, Supplier<SSLSocketFactory> tls) {
    this.resolver = resolver;
    this.tls = tls;
  }

  /** As the platform looks names up, and trusting whom it trusts. */
  static OutboundConnections standard() {
    return new OutboundConnections(
        host -> InetAddress.getAllByName(host),
        () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /** A host has no address that may be asked. */
  static final class AddressRefused extends IOException {
    private static final long serialVersionUID = 1;

    AddressRefused() {
      super("The host has no address that may be asked");
    }
  }

  /**
   * A connection.
   *
   * @param below what is closed: who has read an answer to its end owes no farewell
   * @param socket to speak through
   */
  record Connection(Socket below, Socket socket) implements Closeable {
    @Override
    public void close() throws IOException {
      below.close();
    }
  }

  /**
   * Connects to where a URL points.
   *
   * @param patience for all of its addresses; TLS may take longer
   * @throws AddressRefused when none of them may be asked, or not without TLS
   */
  Connection open(URI url, Duration patience) throws IOException {
    boolean isSecure = HTTPS.equals(url.getScheme().toLowerCase(Locale.ROOT));
    String host = ProviderAddresses.withoutBrackets(url.getHost());
    int usualPort = isSecure ? 443 : 80;
    int port = url.getPort() < 0 ? usualPort : url.getPort();
    Socket below = connected(addresses(host, isSecure), port, patience);
    try {
      return new Connection(below, isSecure ? secured(below, host, port) : below);
    } catch (IOException | RuntimeException e) {
      below.close();
      throw e;
    }
  }

  private List<InetAddress> addresses(String host, boolean isSecure) throws IOException {
    List<InetAddress> fit =
        Arrays.stream(resolver.addresses(host))
            .filter(ProviderAddresses::mayBeAsked)
            .filter(address -> isSecure || address.isLoopbackAddress())
            .limit(MOST_ADDRESSES)
            .toList();
    if (fit.isEmpty()) {
      throw new AddressRefused();
    }
    return fit;
  }

  /** To the first address that takes it; no proxy, which would look the name up by itself. */
  private static Socket connected(List<InetAddress> addresses, int port, Duration patience)
      throws IOException {
    int millis = Math.toIntExact(patience.dividedBy(addresses.size()).toMillis());
    IOException failed = new AddressRefused();
    for (InetAddress address : addresses) {
      Socket socket = new Socket(Proxy.NO_PROXY);
      try {
        socket.connect(new InetSocketAddress(address, port), millis);
        return socket;
      } catch (IOException e) {
        socket.close();
        failed = e;
      }
    }
    throw failed;
  }

  /** The certificate has to be of the host, by whom the platform trusts. */
  private SSLSocket secured(Socket below, String host, int port) throws IOException {
    SSLSocket socket = (SSLSocket) tls.get().createSocket(below, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
