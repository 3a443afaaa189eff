package dev.vidame.server.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The proxies whose word counts on whose request they pass on. Immutable.
 *
 * <p>Anybody can write {@code X-Forwarded-For}. So the connection's other end is the caller, unless
 * it is one of these; then it is the last address of the header that is none of these. No other
 * header of a proxy is believed: the server's own address is a setting.
 */
public final class Forwarders {
  private final List<Network> trusted;

  private Forwarders(List<Network> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /** Addresses that begin with the same bits. */
  private record Network(List<Byte> address, int bits) {
    static Network of(String text) {
      int slash = text.indexOf('/');
      byte[] address =
          InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
      int longest = address.length * Byte.SIZE;
      int bits = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
      if (bits < 1 || bits > longest) {
        throw new IllegalArgumentException("A network of " + bits + " bits");
      }
      return new Network(boxed(address), bits);
    }

    private static List<Byte> boxed(byte[] bytes) {
      List<Byte> boxed = new ArrayList<>();
      for (byte each : bytes) {
        boxed.add(each);
      }
      return boxed;
    }

    boolean contains(InetAddress other) {
      byte[] bytes = other.getAddress();
      if (bytes.length != address.size()) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        int at = bit / Byte.SIZE;
        if ((bytes[at] & mask) != (address.get(at) & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Proxies by address or network, such as {@code 10.1.2.3} and {@code 10.2.0.0/16}.
   *
   * @throws IllegalArgumentException when one is neither, or is every address there is
   */
  public static Forwarders of(List<String> networks) {
    return new Forwarders(networks.stream().map(Network::of).toList());
  }

  /** No proxy is believed. */
  public static Forwarders none() {
    return new Forwarders(List.of());
  }

  /**
   * Whose request it is.
   *
   * @param peer the connection's other end
   * @param forwardedFor the lines of {@code X-Forwarded-For}, in order
   */
  InetAddress client(InetAddress peer, List<String> forwardedFor) {
    InetAddress client = peer;
    List<String> hops = new ArrayList<>();
    forwardedFor.forEach(line -> hops.addAll(Arrays.asList(line.split(",", -1))));
    for (String hop : hops.reversed()) {
      if (!isTrusted(client)) {
        return client;
      }
      Optional<InetAddress> before = address(hop.strip());
      if (before.isEmpty()) {
        return client; // the proxy knew no better
      }
      client = before.get();
    }
    return client;
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(network -> network.contains(address));
  }

  /** An address that may have a port, and brackets if it has colons. */
  private static Optional<InetAddress> address(String text) {
    int end = text.indexOf(']');
    int colon = text.indexOf(':');
    String literal = text;
    if (text.startsWith("[") && end > 0) {
      literal = text.substring(1, end);
    } else if (colon > 0 && colon == text.lastIndexOf(':')) {
      literal = text.substring(0, colon);
    }
    try {
      return Optional.of(InetAddress.ofLiteral(literal));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
