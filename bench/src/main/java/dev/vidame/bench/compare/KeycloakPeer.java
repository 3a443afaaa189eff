package dev.vidame.bench.compare;

import dev.vidame.bench.Bench;
import dev.vidame.bench.BenchException;
import dev.vidame.bench.Rate;
import dev.vidame.bench.RunScope;
import dev.vidame.bench.ServerProcess;
import dev.vidame.bench.Template;
import dev.vidame.bench.Wrk;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Keycloak in production mode on a PostgreSQL: built for it and started optimised, one node with
 * local caches, as many pooled connections from the start as requests come at once, and twice the
 * heap of its own default. Whoever asks is a client of the realm with the rights to manage users.
 */
final class KeycloakPeer implements Peer {
  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final int MINUTES_TO_BUILD = 5;

  private static final HttpSystem.Change CHANGE =
      new HttpSystem.Change(
          "PUT", "", "{\"firstName\":\"" + Template.VALUE + "\"}", "firstName", "email");

  private final RunScope scope;
  private final Plan plan;
  private final Path folder;

  KeycloakPeer(RunScope scope, Plan plan) {
    this.scope = scope;
    this.plan = plan;
    this.folder = scope.folder().resolve(name());
  }

  @Override
  public String name() {
    return "keycloak";
  }

  @Override
  public String title() {
    return "Keycloak on PostgreSQL";
  }

  @Override
  public Optional<String> missing() {
    return home().isPresent() ? Optional.empty() : Optional.of("bench/compare did not fetch it");
  }

  /** Where bench/compare unpacks it; the folder's name has its version. */
  private static Optional<Path> home() {
    Path parent = Bench.root().resolve("bench/target/keycloak");
    if (!Files.isDirectory(parent)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(parent)) {
      return all.filter(path -> Files.isRegularFile(path.resolve("bin/kc.sh"))).findFirst();
    } catch (IOException e) {
      throw new BenchException("Keycloak cannot be looked for", e);
    }
  }

  private static String script() {
    return home().orElseThrow().resolve("bin/kc.sh").toString();
  }

  private Path postgresData() {
    return folder.resolve("postgresql");
  }

  @Override
  public void prepare() throws IOException, SQLException {
    Files.createDirectories(folder);
    build();
    writePaths(new Random(plan.users()));
    try (DurablePostgres postgres = DurablePostgres.start(postgresData());
        ServerProcess server = launch(postgres)) {
      KeycloakAdmin admin = new KeycloakAdmin(server.address());
      admin.createRealm();
      try (Stream<String> paths = Files.lines(folder.resolve("users"))) {
        admin.takeIn(paths.map(path -> path.substring(path.lastIndexOf('/') + 1)).toList());
      }
      postgres.execute("vacuum analyze"); // as it is after a while, without a wait for it
    }
  }

  /** Fixes what does not change while it runs, as its makers advise for production. */
  private void build() throws IOException {
    Path log = folder.resolve("build.log");
    ProcessBuilder builder =
        new ProcessBuilder("bash", script(), "build", "--db=postgres", "--cache=local")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment());
    Process process = scope.start(builder);
    try {
      if (!process.waitFor(MINUTES_TO_BUILD, TimeUnit.MINUTES) || process.exitValue() != 0) {
        RunScope.stop(process);
        throw new BenchException("Keycloak's build failed: " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted", e);
    }
  }

  private void writePaths(Random random) throws IOException {
    try (BufferedWriter paths = Files.newBufferedWriter(folder.resolve("users"))) {
      for (int i = 0; i < plan.users(); i++) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        paths.write(KeycloakAdmin.USERS + "/" + id + "\n");
      }
    }
    Files.writeString(
        folder.resolve("list"),
        "%s?first=0&max=%d&briefRepresentation=true\n"
            .formatted(KeycloakAdmin.USERS, Operation.PAGE));
  }

  private ServerProcess launch(DurablePostgres postgres) throws IOException {
    int port = ServerProcess.freePort();
    List<String> command =
        List.of(
            "bash",
            script(),
            "start",
            "--optimized",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--hostname=http://127.0.0.1:" + port,
            "--log-level=warn",
            "--db-url=" + postgres.urlWithoutUser(),
            "--db-username=postgres",
            "--db-password=none",
            "--db-pool-initial-size=" + plan.connections(),
            "--db-pool-min-size=" + plan.connections(),
            "--db-pool-max-size=" + plan.connections());
    ServerProcess.Address address =
        new ServerProcess.Address(port, "/realms/master", LONGEST_START);
    return ServerProcess.launch(scope, address, command, environment());
  }

  private static Map<String, String> environment() {
    return Map.of(
        "JAVA_HOME",
        System.getProperty("java.home"),
        "JAVA_OPTS_KC_HEAP",
        "-Xms1g -Xmx1g",
        "KC_BOOTSTRAP_ADMIN_USERNAME",
        KeycloakAdmin.ADMINISTRATOR,
        "KC_BOOTSTRAP_ADMIN_PASSWORD",
        KeycloakAdmin.PASSWORD);
  }

  @Override
  public String version() throws IOException, SQLException {
    String folderName = home().orElseThrow().getFileName().toString();
    return "Keycloak %s, %s"
        .formatted(
            folderName.substring(folderName.indexOf('-') + 1),
            DurablePostgres.version(postgresData()));
  }

  @Override
  public Running start() throws IOException, SQLException {
    DurablePostgres postgres = DurablePostgres.start(postgresData());
    try {
      return new Started(postgres, launch(postgres));
    } catch (IOException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  private final class Started implements Running {
    private final DurablePostgres postgres;
    private final ServerProcess server;
    private final HttpSystem http;

    Started(DurablePostgres postgres, ServerProcess server) {
      this.postgres = postgres;
      this.server = server;
      KeycloakAdmin admin = new KeycloakAdmin(server.address());
      this.http =
          new HttpSystem(
              new Wrk(scope, folder.resolve("users"), plan.connections()),
              new HttpSystem.Manners(
                  server.address(),
                  admin::clientToken,
                  folder.resolve("users"),
                  folder.resolve("list"),
                  CHANGE,
                  "username"));
    }

    @Override
    public List<Operation> operations() {
      return List.of(Operation.CHANGE, Operation.READ, Operation.LIST);
    }

    @Override
    public Rate measure(Operation operation) throws IOException {
      return http.measure(operation, plan);
    }

    @Override
    public void close() throws IOException {
      http.close();
      server.close();
      postgres.close();
    }
  }
}
