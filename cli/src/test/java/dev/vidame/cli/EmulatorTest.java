package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code vidame serve --emulator} as a process, and what the documents say of it. */
final class EmulatorTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PAGE = ROOT.resolve("docs/testing.md");
  private static final Path RECIPE = ROOT.resolve("deploy/container/Dockerfile");
  private static final String ACCOUNT =
      "/v1/customers/eebd1b55-5360-4438-a11d-5c06918c3014/users/4b10bf41-ab11-40e3-8c53-cd67849b50de";
  private static final String USUAL_ADDRESS = "http://127.0.0.1:8080";

  private static final int SIGTERM_EXIT = 143;

  @TempDir private Path folder;

  @Test
  void emulatorSaysWhatItIsAndLeavesNothingBehind() throws Exception {
    Path data;
    String banner;
    try (ServerProcess emulator = ServerProcess.startWith("serve", "--emulator", "--port", "0")) {
      data = Path.of(emulator.firstLine().replaceAll(".*data in ", ""));
      assertThat(data).isDirectory();
      assertThat(get(emulator.address(), token(emulator.address())))
          .contains("\"state\":\"active\"");
      banner = emulator.stopAndRead();
    }

    assertThat(banner)
        .contains("THIS IS AN EMULATOR", "everybody knows its credentials")
        .contains("d0d3b0d2-85f0-4c36-8a2b-2b7a5e1f9a53", "example-only-change-me-0123456789")
        .contains("admin@partner.example", "Example-Only-77")
        .contains("/6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4/oauth2/v2.0/token");
    assertThat(data).as("its store").doesNotExist();
  }

  private static String token(URI address) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                address.resolve("/6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4/oauth2/v2.0/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "grant_type=password&client_id=d0d3b0d2-85f0-4c36-8a2b-2b7a5e1f9a53"
                        + "&client_secret=example-only-change-me-0123456789"
                        + "&username=admin@partner.example&password=Example-Only-77"))
            .build();
    return send(request).replaceAll("(?s).*\"access_token\":\"([^\"]+)\".*", "$1");
  }

  private static String get(URI address, String token) throws Exception {
    return send(
        HttpRequest.newBuilder(address.resolve(ACCOUNT))
            .header("Authorization", "Bearer " + token)
            .build());
  }

  private static String send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  @Test
  void emulatorKeepsItsStoreWhereItIsToldTo() throws Exception {
    Path data = folder.resolve("kept");
    try (ServerProcess emulator =
        ServerProcess.startWith("serve", "--emulator", "--port", "0", "--data", data.toString())) {
      assertThat(emulator.stopAndRead()).contains("Loaded 1 partners");
    }

    assertThat(data.resolve("vidame.db")).exists();
    try (ServerProcess again =
        ServerProcess.startWith("serve", "--emulator", "--port", "0", "--data", data.toString())) {
      assertThat(get(again.address(), token(again.address()))).contains("\"state\":\"active\"");
    }
  }

  @Test
  void seedOfTheUsersOwnTakesTheDocumentsPlace() throws Exception {
    Path seed = folder.resolve("seed.json");
    Files.writeString(
        seed, Files.readString(ServeTest.EXAMPLE).replace("\"Display name\"", "\"From a file\""));

    try (ServerProcess emulator =
        ServerProcess.startWith("serve", "--emulator", "--port", "0", "--seed", seed.toString())) {
      assertThat(get(emulator.address(), token(emulator.address()))).contains("From a file");
      assertThat(emulator.stopAndRead())
          .contains("those of " + seed)
          .doesNotContain("example-only-change-me");
    }
  }

  @Test
  void emulatorListensAtLoopbackOnlyUnlessTold() throws Exception {
    for (String host : List.of("0.0.0.0", "::", "192.0.2.1")) {
      Process process =
          ServerProcess.launchQuietly("serve", "--emulator", "--port", "8080", "--host", host);
      String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor()).as(said).isEqualTo(Vidame.EXIT_CONFIGURATION);
      assertThat(said).contains("can be reached by others", Emulator.UNSAFE_REMOTE);
    }
  }

  @Test
  void badSeedAndStrayFlagEndWithTheUsualCodes() throws Exception {
    Path seed = Files.writeString(folder.resolve("bad.json"), "{\"partners\":[{}]}");

    assertThat(exitOf("serve", "--emulator", "--port", "0", "--seed", seed.toString()))
        .isEqualTo(Vidame.EXIT_DATA);
    assertThat(exitOf("serve", "--port", "0", Emulator.UNSAFE_REMOTE))
        .isEqualTo(CommandLine.ExitCode.USAGE);
  }

  private static int exitOf(String... arguments) throws Exception {
    Process process = ServerProcess.launchQuietly(arguments);
    process.getErrorStream().readAllBytes();
    return process.waitFor();
  }

  /** The page's lines are run as they stand there, but for the address. */
  @Test
  void linesOfThePageWork() throws Exception {
    try (ServerProcess emulator = ServerProcess.startWith("serve", "--emulator", "--port", "0")) {
      String address = emulator.address().toString();

      assumeThat(isThere("curl")).as("curl is there").isTrue();
      assertThat(run(List.of("bash", "-euo", "pipefail", "-c", block("### curl", "sh", address))))
          .contains("\"usageLocation\":\"US\"", "\"objectType\":\"CustomerUser\"");

      assumeThat(isThere("python3")).as("Python is there").isTrue();
      assertThat(run(List.of("python3", "-c", block("### Python", "python", address))))
          .contains("emailid@abcdefgh1234.ccsctp.net");
      assertThat(emulator.stop()).isEqualTo(SIGTERM_EXIT);
    }
  }

  private static String block(String heading, String language, String address) throws IOException {
    String page = Files.readString(PAGE);
    Matcher block =
        Pattern.compile("(?s)\n" + heading + "\n.*?```" + language + "\n(.*?)```").matcher(page);
    assertThat(block.find()).as(heading).isTrue();
    assertThat(block.group(1)).contains(USUAL_ADDRESS);
    return block.group(1).replace(USUAL_ADDRESS, address);
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String run(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /** What the recipe takes from the build is what the build makes. */
  @Test
  void recipeTakesWhatTheBuildMakes() throws IOException {
    String recipe = Files.readString(RECIPE);
    String pom = Files.readString(Path.of("pom.xml"));

    assertThat(recipe).contains("-pl cli -am package");
    assertThat(recipe)
        .contains("COPY --from=build /src/cli/target/vidame.jar /opt/vidame/vidame.jar");
    assertThat(pom).contains("<finalName>vidame</finalName>");
    assertThat(recipe).contains("COPY --from=build /src/cli/target/lib /opt/vidame/lib");
    assertThat(pom)
        .contains("<classpathPrefix>lib/</classpathPrefix>")
        .contains("<outputDirectory>${project.build.directory}/lib</outputDirectory>");
    assertThat(Files.readString(PAGE)).contains("docker build -f deploy/container/Dockerfile");
  }

  /** Its last line starts an emulator that others can ask, with the launcher's own settings. */
  @Test
  void entryPointOfTheRecipeStartsAnEmulator() throws Exception {
    List<String> line = entryPoint();
    int jar = line.indexOf("-jar");
    assertThat(line.getFirst()).isEqualTo("java");
    assertThat(Files.readString(ROOT.resolve("vidame"))).contains(line.subList(1, jar));
    assertThat(line.get(jar + 1)).isEqualTo("/opt/vidame/vidame.jar");

    String port = Integer.toString(freePort());
    List<String> arguments = new ArrayList<>(line.subList(jar + 2, line.size()));
    arguments.set(arguments.indexOf("8080"), port);
    try (ServerProcess emulator = ServerProcess.startWith(arguments.toArray(String[]::new))) {
      URI address = emulator.address();
      assertThat(address).isEqualTo(URI.create("http://localhost:" + port));
      assertThat(get(address, token(address))).contains("\"state\":\"active\"");
      assertThat(emulator.stop()).isEqualTo(SIGTERM_EXIT);
    }
  }

  private static List<String> entryPoint() throws IOException {
    String line =
        Files.readAllLines(RECIPE).stream()
            .filter(each -> each.startsWith("ENTRYPOINT "))
            .findFirst()
            .orElseThrow();
    return Pattern.compile("\"([^\"]*)\"")
        .matcher(line)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }
}
