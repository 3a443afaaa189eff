package dev.vidame.directory.storage;

import dev.vidame.directory.TestPostgres;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lies between a client and a PostgreSQL. Loses what the server says of a commit, or says something
 * else, and notes what the server has done.
 */
final class ServerProxy implements AutoCloseable {
  /** What a client ends a question with, in the server's protocol 3. */
  private static final String ENDS_OF_QUESTIONS = "QS";

  private static final int COMMAND_COMPLETE = 'C';

  private static final int ERROR = 'E';
  private static final int READY_FOR_QUERY = 'Z';

  private static final String COMMIT = "COMMIT";

  /** An error's fields: severity, state and text, each ended by a zero. */
  private static final byte[] UNKNOWN =
      "SERROR\0C40003\0Mresult is ambiguous\0\0".getBytes(StandardCharsets.US_ASCII);

  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final AtomicInteger toLose = new AtomicInteger();
  private final AtomicInteger toDoubt = new AtomicInteger();
  private final List<List<String>> trips = new ArrayList<>();

  ServerProxy(String host, int port) throws IOException {
    server = new InetSocketAddress(host, port);
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::listen);
  }

  /** In front of the server of all tests. */
  static ServerProxy ofTests() throws IOException {
    return new ServerProxy(TestPostgres.host(), TestPostgres.port());
  }

  /** The same URL by way of this, and in the clear, which is what is read here. */
  String through(String url) {
    String own = TestPostgres.throughPort(url, listener.getLocalPort());
    return own + (own.contains("?") ? "&" : "?") + "sslmode=disable&gssEncMode=disable";
  }

  /** The answers to the next so many commits are lost, and their connections with them. */
  void loseCommits(int count) {
    toLose.set(count);
  }

  /** To the next so many commits, which happen, the answer is that nobody knows. */
  void doubtCommits(int count) {
    toDoubt.set(count);
  }

  int left() {
    return toLose.get() + toDoubt.get();
  }

  /**
   * What was done since this was last asked: for each round trip the commands that the server has
   * completed in it, whether they were sent as one question or as several at once. Without what a
   * pool does with a connection that it has just opened or looks after.
   */
  List<List<String>> takeRoundTrips() {
    synchronized (trips) {
      List<List<String>> taken = List.copyOf(trips);
      trips.clear();
      return taken;
    }
  }

  private void listen() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket own = new Socket();
        own.connect(server);
        AtomicInteger unanswered = new AtomicInteger(1); // what a client begins with
        Thread.startVirtualThread(() -> ask(client, own, unanswered));
        Thread.startVirtualThread(() -> answer(own, client, unanswered));
      }
    } catch (IOException e) {
      Thread.currentThread().interrupt(); // the listener was closed, and this thread ends
    }
  }

  /** Passes on together what comes together, so that nothing of it is answered before. */
  private static void ask(Socket client, Socket own, AtomicInteger unanswered) {
    try (client;
        own) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
      DataOutputStream out = new DataOutputStream(new BufferedOutputStream(own.getOutputStream()));
      copy(in, out); // the only message without a type
      out.flush();
      while (true) {
        int type = in.readUnsignedByte();
        if (ENDS_OF_QUESTIONS.indexOf(type) >= 0) {
          unanswered.incrementAndGet();
        }
        out.writeByte(type);
        copy(in, out);
        if (in.available() == 0) {
          out.flush();
        }
      }
    } catch (IOException e) {
      Thread.currentThread().interrupt(); // one of both has gone, and this thread ends
    }
  }

  private static void copy(DataInputStream in, DataOutputStream out) throws IOException {
    write(out, in.readNBytes(in.readInt() - Integer.BYTES));
  }

  private static void write(DataOutputStream out, byte[] body) throws IOException {
    out.writeInt(body.length + Integer.BYTES);
    out.write(body);
  }

  private void answer(Socket own, Socket client, AtomicInteger unanswered) {
    try (client;
        own) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(own.getInputStream()));
      DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
      List<String> completed = new ArrayList<>();
      while (true) {
        int type = in.readUnsignedByte();
        byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
        if (type == COMMAND_COMPLETE) {
          String command = new String(body, 0, body.length - 1, StandardCharsets.US_ASCII);
          completed.add(command);
          if (command.equals(COMMIT) && isOneOf(toLose)) {
            return;
          }
          if (command.equals(COMMIT) && isOneOf(toDoubt)) {
            type = ERROR;
            body = UNKNOWN;
          }
        }
        if (type == READY_FOR_QUERY && unanswered.decrementAndGet() == 0) {
          note(completed);
          completed.clear();
        }
        out.writeByte(type);
        write(out, body);
        if (in.available() == 0) {
          out.flush();
        }
      }
    } catch (IOException e) {
      Thread.currentThread().interrupt(); // one of both has gone, and this thread ends
    }
  }

  private void note(List<String> completed) {
    if (!completed.stream().allMatch("SET"::equals)) {
      synchronized (trips) {
        trips.add(List.copyOf(completed));
      }
    }
  }

  private static boolean isOneOf(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
