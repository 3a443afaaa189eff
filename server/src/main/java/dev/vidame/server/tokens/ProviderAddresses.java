package dev.vidame.server.tokens;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where identity providers may be. An operator may name any host, also one of the company's own
 * network; but nobody's provider is at an address that means this link, this machine's cloud or a
 * group of machines, where requests could be had that were never meant for anybody from outside.
 */
public final class ProviderAddresses {
  /** Where clouds tell their machines secrets, beside the link-local address of most of them. */
  private static final Set<InetAddress> OF_CLOUDS =
      Stream.of("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254")
          .map(InetAddress::ofLiteral)
          .collect(Collectors.toUnmodifiableSet());

  private static final InetAddress BROADCAST = InetAddress.ofLiteral("255.255.255.255");

  private static final byte[] TRANSLATED = {
    0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final byte[] COMPATIBLE = new byte[12];
  private static final byte[] SIX_TO_FOUR = {0x20, 0x02};

  private ProviderAddresses() {}

  /** Whether a connection to the address may be made. */
  public static boolean mayBeAsked(InetAddress address) {
    if (address.isLoopbackAddress()) {
      return true;
    }
    boolean isOfThisNetwork = !(address instanceof Inet6Address) && address.getAddress()[0] == 0;
    return !isOfThisNetwork
        && !address.isAnyLocalAddress()
        && !address.isLinkLocalAddress()
        && !address.isMulticastAddress()
        && !address.equals(BROADCAST)
        && !OF_CLOUDS.contains(address)
        && carried(address.getAddress()).map(ProviderAddresses::mayBeAsked).orElse(true);
  }

  /**
   * Whether an URL with this host may be stored.
   *
   * @param host as {@link java.net.URI#getHost} tells it; of a name nothing is known before it is
   *     looked up, which each connection does anew
   */
  public static boolean mayBeNamed(String host) {
    try {
      return mayBeAsked(InetAddress.ofLiteral(withoutBrackets(host)));
    } catch (IllegalArgumentException e) {
      return true; // a name
    }
  }

  /** An IPv6 address as it is without what marks it in URLs; everything else as it is. */
  static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The IPv4 address to which networks lead on what is sent to an IPv6 address, if any. */
  private static Optional<InetAddress> carried(byte[] address) {
    if (address.length == 4) {
      return Optional.empty();
    }
    if (startsWith(address, SIX_TO_FOUR)) {
      return Optional.of(of(Arrays.copyOfRange(address, 2, 6)));
    }
    return startsWith(address, TRANSLATED) || startsWith(address, COMPATIBLE)
        ? Optional.of(of(Arrays.copyOfRange(address, 12, 16)))
        : Optional.empty();
  }

  private static boolean startsWith(byte[] address, byte[] start) {
    return Arrays.equals(address, 0, start.length, start, 0, start.length);
  }

  private static InetAddress of(byte[] fourBytes) {
    try {
      return InetAddress.getByAddress(fourBytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address", e);
    }
  }
}
