package dev.vidame.server.dashboard;

import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Answer.Header;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The styles and scripts of the pages. Immutable. Each has its content's hash in its address, so
 * browsers keep it for good and never ask for it again. Only those named here are served, whatever
 * else lies beside them.
 */
final class Files {
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final Pattern GZIP =
      Pattern.compile("(?i)(^|,)\\s*(gzip|\\*)\\s*(;\\s*q=(1|0?\\.[0-9]*[1-9][0-9]*))?\\s*(,|$)");

  /**
   * A file.
   *
   * @param contentType what it is
   * @param plain as it is
   * @param packed the same by gzip
   */
  @SuppressWarnings("ArrayRecordComponent") // written to sockets, never compared
  private record File(String contentType, byte[] plain, byte[] packed) {}

  /** All of them, read when the first is asked for, since most servers show nobody a page. */
  private static final class Read {
    private static final Read ALL = new Read();

    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, File> byName = new HashMap<>();

    private Read() {
      add("base.css", STYLE, webjar("picocss__pico") + "css/pico.fluid.classless.min.css");
      add("dashboard.css", STYLE, "dashboard.css");
      add("htmx.js", SCRIPT, webjar("htmx.org") + "dist/htmx.min.js");
      add("dashboard.js", SCRIPT, "dashboard.js");
    }

    private void add(String name, String contentType, String resource) {
      byte[] content = read(resource);
      String hashed = hash(content) + "-" + name;
      addresses.put(name, "/dashboard/files/" + hashed);
      byName.put(hashed, new File(contentType, content, gzip(content)));
    }
  }

  List<Route> routes() {
    return List.of(Route.open("GET", "/dashboard/files/{file}", "dashboard_file", this::serve));
  }

  /** Where a file is. */
  String address(String name) {
    String address = Read.ALL.addresses.get(name);
    if (address == null) {
      throw new IllegalArgumentException("There is no file " + name);
    }
    return address;
  }

  /** How many bytes all of them have together, as they are sent to who takes gzip. */
  int packedBytes() {
    return Read.ALL.byName.values().stream().mapToInt(file -> file.packed().length).sum();
  }

  private Answer serve(Call call) {
    File file = Read.ALL.byName.get(call.parameter(0));
    if (file == null) {
      throw ApiErrors.notFound();
    }
    boolean takesGzip =
        call.request().headers("Accept-Encoding").stream()
            .anyMatch(line -> GZIP.matcher(line).find());
    Header type = new Header("Content-Type", file.contentType());
    Header forGood = new Header("Cache-Control", "public, max-age=31536000, immutable");
    Header vary = new Header("Vary", "Accept-Encoding");
    return takesGzip
        ? new Answer(
            200,
            List.of(type, forGood, vary, new Header("Content-Encoding", "gzip")),
            file.packed())
        : new Answer(200, List.of(type, forGood, vary), file.plain());
  }

  /** Where a package keeps its files: in a folder with its version's name. */
  private static String webjar(String name) {
    String place = "/META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
    try (InputStream in = Files.class.getResourceAsStream(place)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      Properties properties = new Properties();
      properties.load(in);
      return "/META-INF/resources/webjars/" + name + "/" + properties.getProperty("version") + "/";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(String resource) {
    try (InputStream in = Files.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("There is no resource " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static String hash(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
