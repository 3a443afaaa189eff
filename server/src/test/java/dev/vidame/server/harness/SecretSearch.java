package dev.vidame.server.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks for secrets in whatever was left somewhere: as they are, and in the forms that programs
 * give to text on its way. Immutable.
 *
 * <p>Content is read once, however many forms there are: only where the first four bytes of one
 * stand is it compared.
 */
public final class SecretSearch {
  private static final List<Charset> CHARSETS =
      List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE);

  private static final int SEXTET = 6;
  private static final int GROUP = 3;
  private static final int AROUND = 80;

  @SuppressWarnings("ArrayRecordComponent") // compared with content only
  private record Form(String secret, byte[] bytes) {}

  private final Map<Integer, List<Form>> byStart = new HashMap<>();

  /** Whether any form has this byte first, which few have. */
  private final boolean[] isFirst = new boolean[1 << Byte.SIZE];

  private SecretSearch() {}

  /** A search for these, and for whatever contains one of them. */
  public static SecretSearch of(Collection<String> secrets) {
    SecretSearch search = new SecretSearch();
    for (String secret : Set.copyOf(secrets)) {
      for (String latin : forms(secret)) {
        byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
        search.isFirst[bytes[0] & 0xff] = true;
        search
            .byStart
            .computeIfAbsent(start(bytes, 0), any -> new ArrayList<>())
            .add(new Form(secret, bytes));
      }
    }
    return search;
  }

  private static int start(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  /** Each form as the Latin text of its bytes. */
  private static Set<String> forms(String secret) {
    Set<String> forms = new LinkedHashSet<>();
    for (Charset charset : CHARSETS) {
      byte[] bytes = secret.getBytes(charset);
      forms.add(new String(bytes, StandardCharsets.ISO_8859_1));
      forms.add(HexFormat.of().formatHex(bytes));
      forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
      for (int before = 0; before < GROUP; before++) {
        forms.add(base64(bytes, before, Base64.getEncoder()));
        forms.add(base64(bytes, before, Base64.getUrlEncoder()));
      }
    }
    forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    forms.add(new StringBuilder(secret).reverse().toString());
    forms.add(secret.toLowerCase(Locale.ROOT));
    forms.add(secret.toUpperCase(Locale.ROOT));
    return forms;
  }

  /** What is the same in Base64 whatever stands before and behind, for a place among three. */
  private static String base64(byte[] bytes, int before, Base64.Encoder encoder) {
    byte[] placed = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, placed, before, bytes.length);
    return encoder
        .encodeToString(placed)
        .substring(Math.ceilDiv(before * Byte.SIZE, SEXTET), placed.length * Byte.SIZE / SEXTET);
  }

  /** What is found in a text, each with what stands around it. */
  public List<String> in(String text) {
    return in(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What is found in bytes. */
  public List<String> in(byte[] content) {
    List<String> found = new ArrayList<>();
    for (int at = 0; at + Integer.BYTES <= content.length; at++) {
      if (isFirst[content[at] & 0xff]) {
        for (Form form : byStart.getOrDefault(start(content, at), List.of())) {
          int end = at + form.bytes().length;
          if (end <= content.length
              && Arrays.equals(content, at, end, form.bytes(), 0, form.bytes().length)) {
            found.add(form.secret() + " in: " + around(content, at, end));
          }
        }
      }
    }
    return found;
  }

  private static String around(byte[] content, int start, int end) {
    int from = Math.max(0, start - AROUND);
    int to = Math.min(content.length, end + AROUND);
    return new String(content, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** What is found in the files of a folder and in their names, each with the file. */
  public List<String> inFiles(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.flatMap(file ->
              Stream.concat(
                      in(String.valueOf(file.getFileName())).stream(), in(content(file)).stream())
                  .map(found -> file + ": " + found))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] content(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (NoSuchFileException e) {
      return new byte[0]; // removed meanwhile
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
