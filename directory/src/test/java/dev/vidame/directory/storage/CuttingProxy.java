package dev.vidame.directory.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Lies between a client and a PostgreSQL, and loses what the server says of a commit. */
final class CuttingProxy implements AutoCloseable {
  /** What stands in the server's answer once a commit has happened. */
  private static final byte[] COMMITTED = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final AtomicInteger toLose = new AtomicInteger();

  CuttingProxy(String host, int port) throws IOException {
    server = new InetSocketAddress(host, port);
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::listen);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The answers to the next so many commits are lost, and their connections with them. */
  void loseCommits(int count) {
    toLose.set(count);
  }

  int left() {
    return toLose.get();
  }

  private void listen() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket own = new Socket();
        own.connect(server);
        Thread.startVirtualThread(() -> forward(client, own, false));
        Thread.startVirtualThread(() -> forward(own, client, true));
      }
    } catch (IOException e) {
      Thread.currentThread().interrupt(); // the listener was closed, and this thread ends
    }
  }

  private void forward(Socket from, Socket to, boolean isAnswer) {
    byte[] buffer = new byte[64 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (isAnswer
            && isCommitted(buffer, read)
            && toLose.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          return;
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      Thread.currentThread().interrupt(); // one of both has gone, and this thread ends
    }
  }

  private static boolean isCommitted(byte[] bytes, int length) {
    for (int i = 0; i + COMMITTED.length <= length; i++) {
      if (Arrays.equals(bytes, i, i + COMMITTED.length, COMMITTED, 0, COMMITTED.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
