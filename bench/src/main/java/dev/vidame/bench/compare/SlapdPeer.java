package dev.vidame.bench.compare;

import dev.vidame.bench.BenchException;
import dev.vidame.bench.ClosedLoop;
import dev.vidame.bench.Rate;
import dev.vidame.bench.RunScope;
import dev.vidame.bench.ServerProcess;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * OpenLDAP's slapd with its own store (mdb), which syncs every change to disk unless told
 * otherwise. It is asked as its administrator, to whom no access rules apply.
 */
final class SlapdPeer implements Peer {
  private static final String ADMINISTRATOR = "cn=admin,dc=bench";
  private static final String PASSWORD = "measured";
  private static final String CHANGED = "displayName";
  private static final long MAP_BYTES = 8L << 30;
  private static final int WATCHED = 200;
  private static final int KEPT = 8;
  private static final int MINUTES_TO_LOAD = 10;
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final Pattern VERSION = Pattern.compile("slapd ([0-9][0-9.]*)");

  private final RunScope scope;
  private final Plan plan;
  private final Path folder;

  SlapdPeer(RunScope scope, Plan plan) {
    this.scope = scope;
    this.plan = plan;
    this.folder = scope.folder().resolve(name());
  }

  @Override
  public String name() {
    return "slapd";
  }

  @Override
  public String title() {
    return "OpenLDAP slapd";
  }

  @Override
  public Optional<String> missing() {
    return program("slapd").isPresent()
        ? Optional.empty()
        : Optional.of("found no slapd; install it: sudo apt-get install slapd");
  }

  /** Not everybody has the administrators' folders on PATH. */
  private static Optional<Path> program(String name) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    return Stream.of(path.split(":", -1))
        .map(part -> Path.of(part, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private Path settings() {
    return folder.resolve("slapd.conf");
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(folder.resolve("mdb"));
    Files.writeString(settings(), configuration());
    Path entries = folder.resolve("entries.ldif");
    writeEntries(entries);
    Path log = folder.resolve("slapadd.log");
    Process load =
        scope.start(
            new ProcessBuilder(
                    program("slapadd").orElseThrow().toString(),
                    "-q",
                    "-f",
                    settings().toString(),
                    "-l",
                    entries.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
    try {
      if (!load.waitFor(MINUTES_TO_LOAD, TimeUnit.MINUTES) || load.exitValue() != 0) {
        RunScope.stop(load);
        throw new BenchException("slapadd failed: " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted", e);
    }
  }

  private String configuration() throws IOException {
    StringBuilder text = new StringBuilder();
    Path schema =
        Stream.of("/etc/ldap/schema", "/etc/openldap/schema")
            .map(Path::of)
            .filter(Files::isDirectory)
            .findFirst()
            .orElseThrow(() -> new BenchException("found slapd, but not its schema files"));
    for (String name : List.of("core", "cosine", "inetorgperson")) {
      text.append("include ").append(schema.resolve(name + ".schema")).append('\n');
    }
    for (Path modules : List.of(Path.of("/usr/lib/ldap"), Path.of("/usr/lib64/openldap"))) {
      if (Files.exists(modules.resolve("back_mdb.la"))
          || Files.exists(modules.resolve("back_mdb.so"))) {
        text.append("modulepath ").append(modules).append("\nmoduleload back_mdb\n");
      }
    }
    return text.append(
            """
            pidfile %1$s/slapd.pid
            database mdb
            maxsize %2$d
            suffix "dc=bench"
            rootdn "%3$s"
            rootpw %4$s
            directory %1$s/mdb
            index objectClass eq
            index uid eq
            """
                .formatted(folder, MAP_BYTES, ADMINISTRATOR, PASSWORD))
        .toString();
  }

  private void writeEntries(Path file) throws IOException {
    try (BufferedWriter entries = Files.newBufferedWriter(file)) {
      entries.write("dn: dc=bench\nobjectClass: dcObject\nobjectClass: organization\no: Bench\n\n");
      entries.write("dn: ou=people,dc=bench\nobjectClass: organizationalUnit\n\n");
      for (int i = 0; i < plan.users(); i++) {
        entries.write(
            """
            dn: %1$s
            objectClass: inetOrgPerson
            cn: Display name %2$07d
            displayName: Display name %2$07d
            givenName: First %2$07d
            sn: Last name %2$07d
            mail: user%2$07d@bench.example
            userPassword: {SSHA}%3$s

            """
                .formatted(entry(i), i, "A".repeat(32)));
      }
    }
  }

  private static String entry(int user) {
    return "uid=user%07d,ou=people,dc=bench".formatted(user);
  }

  @Override
  public String version() throws IOException {
    Process process =
        scope.start(
            new ProcessBuilder(program("slapd").orElseThrow().toString(), "-VV")
                .redirectErrorStream(true));
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    Matcher version = VERSION.matcher(said);
    return "OpenLDAP slapd " + (version.find() ? version.group(1) : "of unknown version");
  }

  @Override
  public Running start() throws IOException {
    int port = ServerProcess.freePort();
    Process process =
        scope.start(
            new ProcessBuilder(
                    program("slapd").orElseThrow().toString(),
                    "-f",
                    settings().toString(),
                    "-h",
                    "ldap://127.0.0.1:" + port,
                    "-d",
                    "0")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("slapd.log").toFile())
                .redirectInput(new File("/dev/null")));
    awaitListening(process, port);
    try {
      return new Started(process, port);
    } catch (IOException | RuntimeException e) {
      RunScope.stop(process);
      throw e;
    }
  }

  private void awaitListening(Process process, int port) throws IOException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (true) {
      try (LdapConnection connection = new LdapConnection(port)) {
        connection.bind(ADMINISTRATOR, PASSWORD);
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          RunScope.stop(process);
          throw new BenchException(
              "slapd does not answer: " + Files.readString(folder.resolve("slapd.log")), e);
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  private final class Started implements Running {
    private final Process process;
    private final List<LdapConnection> connections = new ArrayList<>();

    /** The last values that were sent to each of the first accounts. */
    private final Map<Integer, Deque<String>> sent = new ConcurrentHashMap<>();

    Started(Process process, int port) throws IOException {
      this.process = process;
      for (int i = 0; i < plan.connections(); i++) {
        LdapConnection connection = new LdapConnection(port);
        connection.bind(ADMINISTRATOR, PASSWORD);
        connections.add(connection);
      }
    }

    @Override
    public List<Operation> operations() {
      return List.of(Operation.CHANGE, Operation.READ);
    }

    @Override
    public Rate measure(Operation operation) throws IOException {
      ClosedLoop loop =
          new ClosedLoop(
              plan.connections(), (thread, random, turn) -> turn(operation, thread, random, turn));
      Rate rate = plan.measure(seconds -> loop.run(Duration.ofSeconds(seconds)));
      readBack();
      return rate;
    }

    private void turn(Operation operation, int thread, SplittableRandom random, int turn) {
      LdapConnection connection = connections.get(thread % connections.size());
      int user = random.nextInt(plan.users());
      try {
        if (operation == Operation.READ) {
          connection.read(entry(user));
          return;
        }
        String value = "Name " + thread + " " + turn;
        if (user < WATCHED) {
          remember(user, value);
        }
        connection.replace(entry(user), CHANGED, value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void remember(int user, String value) {
      sent.compute(
          user,
          (any, values) -> {
            Deque<String> kept = values == null ? new ArrayDeque<>() : values;
            kept.addLast(value);
            if (kept.size() > KEPT) {
              kept.removeFirst();
            }
            return kept;
          });
    }

    private void readBack() throws IOException {
      for (Map.Entry<Integer, Deque<String>> user : sent.entrySet()) {
        String entry = connections.getFirst().read(entry(user.getKey()));
        if (user.getValue().stream().noneMatch(entry::contains)) {
          throw new BenchException(
              "%s was changed to one of %s, and that was answered, but it has %s"
                  .formatted(entry(user.getKey()), user.getValue(), entry));
        }
      }
    }

    @Override
    public void close() throws IOException {
      for (LdapConnection connection : connections) {
        connection.close();
      }
      RunScope.stop(process);
    }
  }
}
