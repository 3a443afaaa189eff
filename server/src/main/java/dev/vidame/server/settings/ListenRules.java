package dev.vidame.server.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Where a server may listen. */
final class ListenRules {
  private ListenRules() {}

  /**
   * What is wrong with an address, for the operator; nothing where all is well.
   *
   * @param host the address
   * @param hasBaseUrl whether the address that callers use is set
   * @param security whether there is TLS, and whether others may do without
   */
  static List<String> problems(String host, boolean hasBaseUrl, SecuritySettings security) {
    List<String> problems = new ArrayList<>(security.problems());
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address.isAnyLocalAddress() && !hasBaseUrl) {
        problems.add(
            "listen.host "
                + host
                + " stands for every address of this machine, and tokens must name one: set listen.base-url to the"
                + " address that callers use");
      }
      if (!address.isLoopbackAddress() && security.tls().isEmpty() && !security.allowsPlainHttp()) {
        problems.add(
            "listen.host "
                + host
                + " can be reached by others, and this server has no TLS: set tls.certificate-file and tls.key-file,"
                + " or tls.pkcs12-file and tls.password-file; or put a proxy with TLS before it and set"
                + " security.allow-plain-http=true; or listen at 127.0.0.1");
      }
    } catch (UnknownHostException e) {
      problems.add("listen.host " + host + " is not an address of this machine");
    }
    return problems;
  }
}
