package dev.vidame.bench.compare;

import dev.vidame.bench.BenchException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * As much of an LDAP client as a load needs (RFC 4511, sections 4.2, 4.5 and 4.6): one request
 * after the other, with little work of its own, because it shares the processors with the server
 * that it measures. Not thread-safe.
 */
final class LdapConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int ENUMERATED = 0x0A;
  private static final int BOOLEAN = 0x01;
  private static final int BIND = 0x60;
  private static final int MODIFY = 0x66;
  private static final int SEARCH = 0x63;
  private static final int SEARCH_ENTRY = 0x64;
  private static final int SIMPLE = 0x80;
  private static final int PRESENT = 0x87;
  private static final int REPLACE = 2;
  private static final int LDAP_VERSION = 3;

  /** Longer lengths are told by the number of their bytes first. */
  private static final int SHORT_LENGTH = 0x7F;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private int messages;

  LdapConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  /** Signs in by name and password. */
  void bind(String name, String password) throws IOException {
    ask(element(BIND, number(INTEGER, LDAP_VERSION), text(OCTETS, name), text(SIMPLE, password)));
  }

  /** Replaces an attribute by one value. */
  void replace(String entry, String attribute, String value) throws IOException {
    ask(
        element(
            MODIFY,
            text(OCTETS, entry),
            element(
                SEQUENCE,
                element(
                    SEQUENCE,
                    number(ENUMERATED, REPLACE),
                    element(
                        SEQUENCE, text(OCTETS, attribute), element(SET, text(OCTETS, value)))))));
  }

  /** All attributes of one entry, as they came. */
  String read(String entry) throws IOException {
    String found =
        ask(
            element(
                SEARCH,
                text(OCTETS, entry),
                number(ENUMERATED, 0), // the entry itself
                number(ENUMERATED, 0), // no aliases
                number(INTEGER, 0), // no limits
                number(INTEGER, 0),
                number(BOOLEAN, 0),
                text(PRESENT, "objectClass"),
                element(SEQUENCE)));
    if (found.isEmpty()) {
      throw new BenchException("There is no " + entry);
    }
    return found;
  }

  /** What was found; refuses every answer but success. */
  private String ask(byte[] operation) throws IOException {
    messages++;
    out.write(element(SEQUENCE, number(INTEGER, messages), operation));
    StringBuilder found = new StringBuilder();
    byte[] answer = message();
    int at = 2 + answer[1]; // behind the number of the message
    while ((answer[at] & 0xFF) == SEARCH_ENTRY) {
      found.append(new String(answer, StandardCharsets.ISO_8859_1));
      answer = message();
      at = 2 + answer[1];
    }
    int lengthBytes = answer[at + 1] < 0 ? answer[at + 1] & SHORT_LENGTH : 0;
    int code = answer[at + 2 + lengthBytes + 2];
    if (code != 0) {
      throw new BenchException(
          "LDAP result %d: %s".formatted(code, new String(answer, StandardCharsets.UTF_8)));
    }
    return found.toString();
  }

  /** What is inside the next message. */
  private byte[] message() throws IOException {
    int tag = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (tag != SEQUENCE) {
      throw new BenchException("This is no LDAP: " + tag);
    }
    if (length > SHORT_LENGTH) {
      int bytes = length & SHORT_LENGTH;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | in.readUnsignedByte();
      }
    }
    return in.readNBytes(length);
  }

  private static byte[] text(int tag, String text) {
    return element(tag, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] number(int tag, int number) {
    int bytes = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(number)) / 8 + 1);
    byte[] content = new byte[Math.min(bytes, Integer.BYTES)];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (number >> (8 * (content.length - 1 - i)));
    }
    return element(tag, content);
  }

  private static byte[] element(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(length + 4);
    bytes.write(tag);
    if (length > SHORT_LENGTH) {
      bytes.write(0x82);
      bytes.write(length >> 8);
    }
    bytes.write(length);
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
