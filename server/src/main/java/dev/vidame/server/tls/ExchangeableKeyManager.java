package dev.vidame.server.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows one certificate to those who connect, and another one from when it is exchanged.
 * Thread-safe.
 *
 * <p>A handshake asks three times: for a name, for its chain, for its key. So each certificate has
 * a name of its own and the one before stays for handshakes that began with it.
 */
final class ExchangeableKeyManager extends X509ExtendedKeyManager {
  private volatile Shown shown;

  private record Shown(long number, Certificate current, Certificate before) {
    String name() {
      return Long.toString(number);
    }

    @Nullable Certificate named(String name) {
      return name.equals(name()) ? current : name.equals(Long.toString(number - 1)) ? before : null;
    }
  }

  ExchangeableKeyManager(Certificate first) {
    shown = new Shown(1, first, first);
  }

  /** Shows this one from now on. Called by one thread. */
  void exchange(Certificate next) {
    Shown was = shown;
    shown = new Shown(was.number() + 1, next, was.current());
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    Shown now = shown;
    return now.current().keyType().equals(keyType) ? now.name() : null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    Shown now = shown;
    return now.current().keyType().equals(keyType) ? now.name() : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String name) {
    Certificate certificate = shown.named(name);
    return certificate == null ? null : certificate.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String name) {
    Certificate certificate = shown.named(name);
    return certificate == null ? null : certificate.key();
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {shown.name()};
  }

  /** A server shows itself; it is nobody's client. */
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
