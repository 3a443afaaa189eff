package dev.vidame.server.dashboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code multipart/form-data} (RFC 7578), as browsers send files. Immutable. */
final class Multipart {
  private static final String TYPE = "multipart/form-data";
  private static final int MOST_PARTS = 50;
  private static final int LONGEST_HEAD = 8 * 1024;
  private static final Pattern BOUNDARY =
      Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;,\"]{1,70}))");
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)content-disposition:\\s*form-data\\b[^\r\n]*?;\\s*name=\"([^\"\r\n]*)\"");
  private static final Pattern FILE_NAME =
      Pattern.compile("(?i)content-disposition:[^\r\n]*;\\s*filename=\"([^\"\r\n]*)\"");

  private final Map<String, String> fields = new HashMap<>();
  private final Map<String, File> files = new HashMap<>();

  private Multipart() {}

  /**
   * A file.
   *
   * @param name what the browser calls it; empty where none was chosen
   * @param content what is in it
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record File(String name, byte[] content) {
    /** Shows nothing of what is in it. */
    @Override
    public String toString() {
      return "File[" + content.length + " bytes]";
    }
  }

  /** Whether a media type is this one. */
  static boolean is(String contentType) {
    return contentType.strip().toLowerCase(Locale.ROOT).startsWith(TYPE);
  }

  /**
   * Reads a body.
   *
   * @throws IllegalArgumentException when it is not what its type says
   */
  static Multipart parse(String contentType, byte[] body) {
    Matcher found = BOUNDARY.matcher(contentType);
    if (!found.find()) {
      throw new IllegalArgumentException("There is no boundary");
    }
    String boundary =
        Optional.ofNullable(found.group(1)).orElseGet(() -> String.valueOf(found.group(2)));
    byte[] line = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    Multipart read = new Multipart();
    for (byte[] part : parts(body, line)) {
      read.add(part);
    }
    return read;
  }

  /** What stands between two lines of the boundary. */
  private static List<byte[]> parts(byte[] body, byte[] line) {
    List<byte[]> parts = new ArrayList<>();
    // The first line has nothing before it.
    int start = startsAt(body, 0, line, 2) ? line.length - 2 : -1;
    while (start >= 0) {
      if (startsWith(body, start, "--")) {
        return parts;
      }
      int begin = startsWith(body, start, "\r\n") ? start + 2 : -1;
      int end = begin < 0 ? -1 : indexOf(body, line, begin - 2);
      if (end < 0 || parts.size() == MOST_PARTS) {
        break;
      }
      parts.add(Arrays.copyOfRange(body, begin, Math.max(begin, end)));
      start = end + line.length;
    }
    throw new IllegalArgumentException("The body does not end with its boundary");
  }

  private static boolean startsAt(byte[] body, int place, byte[] what, int from) {
    int length = what.length - from;
    return body.length - place >= length
        && Arrays.equals(body, place, place + length, what, from, what.length);
  }

  private static boolean startsWith(byte[] body, int place, String what) {
    return startsAt(body, place, what.getBytes(StandardCharsets.ISO_8859_1), 0);
  }

  private static int indexOf(byte[] body, byte[] what, int from) {
    for (int i = from; i <= body.length - what.length; i++) {
      if (body[i] == what[0] && startsAt(body, i, what, 0)) {
        return i;
      }
    }
    return -1;
  }

  private void add(byte[] part) {
    byte[] gap = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    int end = indexOf(part, gap, 0);
    if (end < 0 || end > LONGEST_HEAD) {
      throw new IllegalArgumentException("A part has no headers");
    }
    String head = new String(part, 0, end, StandardCharsets.UTF_8);
    Matcher name = NAME.matcher(head);
    if (!name.find()) {
      throw new IllegalArgumentException("A part has no name");
    }
    byte[] content = Arrays.copyOfRange(part, end + gap.length, part.length);
    Matcher fileName = FILE_NAME.matcher(head);
    if (fileName.find()) {
      files.putIfAbsent(unescaped(name.group(1)), new File(unescaped(fileName.group(1)), content));
    } else {
      fields.putIfAbsent(unescaped(name.group(1)), new String(content, StandardCharsets.UTF_8));
    }
  }

  /** Browsers write these three so, and nothing else. */
  private static String unescaped(String text) {
    return text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
  }

  /** Tells one file from another. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** What is no file; of a name given twice the first. */
  Map<String, String> fields() {
    return fields;
  }

  /** A file. */
  Optional<File> file(String name) {
    return Optional.ofNullable(files.get(name));
  }
}
