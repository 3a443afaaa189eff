package dev.vidame.server.openapi;

import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Answer.Header;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A page that shows the OpenAPI document to people. Thread-safe.
 *
 * <p>Only the files named here are served, whatever else lies beside them, so no spelling of a path
 * leads elsewhere. The page runs no script but its own and speaks to no other host.
 */
final class Viewer {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final String PAGE = "viewer/index.html";
  private static final String LIBRARY = library();

  private static final Map<String, File> FILES =
      Map.of(
          "start.js", new File("viewer/start.js", SCRIPT),
          "swagger-ui-bundle.js", new File(LIBRARY + "swagger-ui-bundle.js", SCRIPT),
          "swagger-ui.css", new File(LIBRARY + "swagger-ui.css", "text/css; charset=utf-8"),
          "favicon-32x32.png", new File(LIBRARY + "favicon-32x32.png", "image/png"));

  private static final Header POLICY =
      new Header(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

  /** Kept, but asked for each time: a new version of this server may have another one. */
  private static final Header REVALIDATED = new Header("Cache-Control", "no-cache");

  private static final byte[] NOTHING = {};

  private Viewer() {}

  /**
   * A file.
   *
   * @param resource where it lies, as this class names resources
   * @param contentType what it is
   */
  private record File(String resource, String contentType) {}

  static List<Route> routes() {
    return List.of(
        Route.open("GET", "/docs", "docs", call -> answer(call, new File(PAGE, HTML))),
        Route.open("GET", "/docs/{file}", "docs_file", Viewer::file));
  }

  private static Answer file(Call call) {
    File file = FILES.get(call.parameter(0));
    if (file == null) {
      throw ApiErrors.notFound();
    }
    return answer(call, file);
  }

  private static Answer answer(Call call, File file) {
    byte[] content = read(file.resource());
    String tag = "\"" + hash(content) + "\"";
    boolean isKnown =
        call.request().headers("If-None-Match").stream().anyMatch(line -> line.contains(tag));
    List<Header> headers =
        List.of(
            new Header("Content-Type", file.contentType()),
            REVALIDATED,
            new Header("ETag", tag),
            POLICY,
            new Header("Referrer-Policy", "no-referrer"));
    return isKnown ? new Answer(304, headers, NOTHING) : new Answer(200, headers, content);
  }

  private static byte[] read(String resource) {
    try (InputStream in = Viewer.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("There is no resource " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the library keeps its files: in a folder with its version's name. */
  private static String library() {
    try (InputStream in =
        Viewer.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      if (in == null) {
        throw new IllegalStateException("swagger-ui is not on the class path");
      }
      Properties properties = new Properties();
      properties.load(in);
      String version = properties.getProperty("version");
      return "/META-INF/resources/webjars/swagger-ui/" + version + "/";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
