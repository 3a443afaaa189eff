package dev.vidame.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS with a certificate from files that may change: who connects after that is shown the new one,
 * and who is connected stays so. Thread-safe.
 *
 * <p>Files that cannot be used, such as a certificate whose key is not written yet, change nothing:
 * the certificate before stays, the log says so once, and the next change is looked at again.
 */
public final class ServerTls implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ServerTls.class.getName());

  private final TlsFiles files;
  private final ExchangeableKeyManager keys;
  private final SSLContext context;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("vidame-certificate").factory());
  private List<Stamp> seen;

  /** What tells one state of a file from another; a link may lead to another file. */
  private record Stamp(Path file, long bytes, @Nullable FileTime changedAt) {
    static Stamp of(Path file) {
      try {
        Path real = file.toRealPath();
        BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
        return new Stamp(real, attributes.size(), attributes.lastModifiedTime());
      } catch (IOException e) {
        return new Stamp(file, 0, null); // it is not there, which is a state too
      }
    }
  }

  private ServerTls(TlsFiles files, List<Stamp> seen, Certificate first)
      throws GeneralSecurityException {
    this.files = files;
    this.seen = seen;
    this.keys = new ExchangeableKeyManager(first);
    this.context = SSLContext.getInstance("TLS");
    // No certificate is asked of those who connect, so nobody's is trusted.
    context.init(new KeyManager[] {keys}, new TrustManager[0], null);
  }

  /**
   * Reads the certificate.
   *
   * @throws TlsException when it cannot be used
   */
  public static ServerTls open(TlsFiles files) throws TlsException {
    List<Stamp> stamps = stamps(files);
    try {
      return new ServerTls(files, stamps, files.load());
    } catch (KeyManagementException e) {
      throw new TlsException("The certificate cannot be used: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has TLS", e);
    }
  }

  private static List<Stamp> stamps(TlsFiles files) {
    List<Stamp> stamps = new ArrayList<>();
    files.files().forEach(file -> stamps.add(Stamp.of(file)));
    return stamps;
  }

  /** Looks every so often whether the files have changed. */
  public ServerTls watching(Duration every) {
    var _ =
        schedule.scheduleWithFixedDelay(
            this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  /**
   * Takes changed files.
   *
   * @return whether another certificate is shown now
   */
  synchronized boolean look() {
    List<Stamp> now = stamps(files);
    if (now.equals(seen)) {
      return false;
    }
    seen = now;
    try {
      Certificate next = files.load();
      keys.exchange(next);
      LOG.log(System.Logger.Level.INFO, "From now on shows another " + next);
      return true;
    } catch (TlsException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The changed certificate is not taken, the one before stays: " + e.getMessage());
      return false;
    }
  }

  /** What connections are made with. */
  public SSLContext context() {
    return context;
  }

  /** Looks no more. */
  @Override
  public void close() {
    schedule.close();
  }
}
