package dev.vidame.cli.admin;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command of operators has: which server, whose secret, which output. */
final class Connection {
  static final String URL_VARIABLE = "VIDAME_URL";
  static final String SECRET_VARIABLE = "VIDAME_OPERATOR_SECRET";
  private static final String DEFAULT_URL = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server (VIDAME_URL, or else http://127.0.0.1:8080).")
  private @Nullable String url;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description =
          "A file with an operator's secret, - for standard input; without, VIDAME_OPERATOR_SECRET.")
  private @Nullable String secretFile;

  @Option(
      names = "--allow-plain-http",
      description = "Sends the secret without TLS to a host that is not this one.")
  private boolean allowsPlainHttp;

  @Option(names = "--json", description = "Prints what the server answers, for programs.")
  private boolean isJson;

  boolean isJson() {
    return isJson;
  }

  /** Whether standard input is taken. */
  boolean readsStandardInput() {
    return "-".equals(secretFile);
  }

  AdminClient open(Map<String, String> environment) {
    String text = url == null ? environment.getOrDefault(URL_VARIABLE, DEFAULT_URL) : url;
    URI base = base(text);
    return new AdminClient(
        base, SecretText.read(secretFile, SECRET_VARIABLE, "--secret-file", environment));
  }

  private URI base(String text) {
    URI uri;
    try {
      uri = URI.create(text.replaceAll("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw wrong(text, "is no URL");
    }
    if (uri.getHost() == null || !text.matches("(?i)https?://.*")) {
      throw wrong(text, "must be like https://vidame.example");
    }
    boolean isPlain = "http".equalsIgnoreCase(uri.getScheme());
    if (isPlain && !allowsPlainHttp && !isLoopback(uri.getHost())) {
      throw wrong(text, "would show the secret on the way; use https, or --allow-plain-http");
    }
    return uri;
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static AdminException wrong(String text, String what) {
    return new AdminException(
        AdminException.CONFIGURATION, "The address " + text + " " + what + ".");
  }
}
