package dev.vidame.server.admin;

import dev.vidame.server.harness.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A real Keycloak as its makers ship it, on a free port of this machine, with a store of its own.
 */
final class Keycloak implements AutoCloseable {
  private static final String ADMINISTRATOR = "administrator";
  private static final String PASSWORD = "A-Password-Of-This-Test";
  private static final Pattern LISTENING =
      Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:[0-9]+)");
  private static final int MINUTES_TO_START = 5;
  private static final int MINUTES_TO_STOP = 1;
  private static final int MINUTES_TO_ARRANGE = 5;

  /** Whatever port is free, at first. */
  private static final int ANY_PORT = 0;

  private final Path home =
      Path.of(
          Objects.requireNonNull(
              System.getProperty("vidame.keycloak"), "The profile keycloak says where it is"));
  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Process process;
  private URI address;

  private Keycloak(Path folder) {
    this.folder = folder;
    this.process = launch(ANY_PORT);
    this.address = listening();
  }

  /** Starts one over an empty folder. */
  static Keycloak start(Path folder) {
    return new Keycloak(folder);
  }

  /** Starts it again after {@link #stop}, with the same store and port. */
  void startAgain() {
    process = launch(address.getPort());
    address = listening();
  }

  private Process launch(int port) {
    ProcessBuilder builder =
        new ProcessBuilder(
            home.resolve("bin/kc.sh").toString(),
            "start-dev",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--cache=local",
            "--db-url=jdbc:h2:file:%s;NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE"
                .formatted(folder.resolve("store").toAbsolutePath()));
    builder
        .environment()
        .putAll(
            Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JAVA_OPTS_KC_HEAP",
                "-Xms64m -Xmx640m",
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                ADMINISTRATOR,
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                PASSWORD));
    try {
      Process started = builder.redirectErrorStream(true).start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it says where it listens; what it says afterwards goes on into a file. */
  private URI listening() {
    CompletableFuture<URI> heard = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("keycloak-output").start(() -> listen(heard));
    return awaited(heard, MINUTES_TO_START);
  }

  private void listen(CompletableFuture<URI> heard) {
    Path log = folder.resolve("keycloak.log");
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(Files.newBufferedWriter(log), true)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(line);
        Matcher matcher = LISTENING.matcher(line);
        if (matcher.find()) {
          heard.complete(URI.create(matcher.group(1)));
        }
      }
      heard.completeExceptionally(
          new AssertionError("Keycloak did not start:\n" + Files.readString(log)));
    } catch (IOException e) {
      heard.completeExceptionally(e);
    }
  }

  private static <T> T awaited(CompletableFuture<T> coming, int minutes) {
    try {
      return coming.get(minutes, TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Where it is, without a path. */
  URI address() {
    return address;
  }

  void stop() {
    process.destroy();
    awaited(process.onExit(), MINUTES_TO_STOP);
  }

  /** Runs a script of its administrators' tool, which must succeed; what it said, for failures. */
  void arrange(String script, Map<String, String> variables) {
    ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script);
    Map<String, String> environment = builder.environment();
    environment.putAll(variables);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("PATH", home.resolve("bin") + ":" + environment.get("PATH"));
    environment.put("KC_OPTS", "-Duser.home=" + folder.toAbsolutePath());
    environment.put("KC_CLI_PASSWORD", PASSWORD);
    environment.put("KEYCLOAK", address.toString());
    environment.put("ADMINISTRATOR", ADMINISTRATOR);
    Path log = folder.resolve("kcadm.log");
    try {
      Process running =
          builder.redirectErrorStream(true).redirectOutput(log.toFile()).directory(null).start();
      int code = awaited(running.onExit(), MINUTES_TO_ARRANGE).exitValue();
      if (code != 0) {
        throw new AssertionError("The settings ended with " + code + ":\n" + Files.readString(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What its administrators' API answers to a GET. */
  JsonNode get(String path) {
    return JsonNode.parse(administer("GET", path, "").body().getBytes(StandardCharsets.UTF_8));
  }

  void put(String path, String body) {
    administer("PUT", path, body);
  }

  void delete(String path) {
    administer("DELETE", path, "");
  }

  /** The id of what a POST created. */
  String create(String path, String body) {
    String location = administer("POST", path, body).headers().firstValue("Location").orElseThrow();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private HttpResponse<String> administer(String method, String path, String body) {
    String token =
        post(
                address.resolve("/realms/master/protocol/openid-connect/token"),
                Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    "admin-cli",
                    "username",
                    ADMINISTRATOR,
                    "password",
                    PASSWORD),
                "")
            .body();
    HttpResponse<String> response =
        exchange(
            HttpRequest.newBuilder(address.resolve("/admin/realms" + path))
                .header("Authorization", "Bearer " + text(token, "access_token"))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    if (response.statusCode() >= 300) {
      throw new AssertionError(
          method + " " + path + ": " + response.statusCode() + " " + response.body());
    }
    return response;
  }

  /** A member of a JSON object. */
  static String text(String json, String name) {
    JsonNode object = JsonNode.parse(json.getBytes(StandardCharsets.UTF_8));
    if (!object.has(name)) {
      throw new AssertionError("No " + name + " in " + json);
    }
    return object.get(name).text();
  }

  /** Sends a form, as a browser with these cookies does. */
  HttpResponse<String> post(URI to, Map<String, String> fields, String cookies) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form(fields)));
    if (!cookies.isEmpty()) {
      request.header("Cookie", cookies);
    }
    return exchange(request);
  }

  /** Fields as a query or the body of a form. */
  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  HttpResponse<String> exchange(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.close();
    stop();
  }
}
