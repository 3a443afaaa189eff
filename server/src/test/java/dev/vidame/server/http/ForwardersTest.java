package dev.vidame.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word counts on whose request it is. */
final class ForwardersTest {
  private static final Forwarders PROXIES =
      Forwarders.of(List.of("10.1.2.3", "10.2.0.0/16", "2001:db8:1::/48"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.9|198.51.100.7|192.0.2.9", // anybody can write the header
        "10.1.2.4|198.51.100.7|10.1.2.4",
        "10.1.2.3|198.51.100.7|198.51.100.7",
        "10.2.255.1|198.51.100.7|198.51.100.7",
        "10.3.0.1|198.51.100.7|10.3.0.1",
        "10.1.2.3|203.0.113.5, 198.51.100.7|198.51.100.7", // what the caller wrote before it
        "10.1.2.3|198.51.100.7, 10.2.0.1|198.51.100.7",
        "10.1.2.3|10.2.0.9, 10.2.0.1|10.2.0.9",
        "10.1.2.3|unknown|10.1.2.3",
        "10.1.2.3|198.51.100.7, nonsense|10.1.2.3",
        "10.1.2.3||10.1.2.3",
        "10.1.2.3|198.51.100.7:4711|198.51.100.7",
        "10.1.2.3|[2001:db8:9::1]:443|2001:db8:9::1",
        "2001:db8:1::5|2001:db8:9::1|2001:db8:9::1",
        "2001:db8:2::5|2001:db8:9::1|2001:db8:2::5",
        "::ffff:10.1.2.3|198.51.100.7|198.51.100.7",
      })
  void theLastAddressThatIsNoProxyIsTheCaller(String peer, String header, String caller) {
    List<String> lines = header == null ? List.of() : List.of(header);

    assertThat(PROXIES.client(InetAddress.ofLiteral(peer), lines))
        .isEqualTo(InetAddress.ofLiteral(caller));
  }

  @Test
  void severalLinesAreOneList() {
    List<String> lines = List.of("203.0.113.5", "198.51.100.7", "10.2.0.1");

    assertThat(PROXIES.client(InetAddress.ofLiteral("10.1.2.3"), lines))
        .isEqualTo(InetAddress.ofLiteral("198.51.100.7"));
  }

  @Test
  void nobodyIsBelievedUnlessNamed() {
    assertThat(Forwarders.none().client(InetAddress.getLoopbackAddress(), List.of("198.51.100.7")))
        .isEqualTo(InetAddress.getLoopbackAddress());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example",
        "10.0.0.0/0",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0/8x",
        "::/129",
        ""
      })
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> Forwarders.of(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
