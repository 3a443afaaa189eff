package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.cli.Shell.Ran;
import dev.vidame.cli.client.EmulatorCredentials;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.server.VidameServer;
import dev.vidame.server.seed.FoundingDocument;
import dev.vidame.server.settings.SettingsLoader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in to a real server by every way that there is, and what is kept of it. */
class SignInTest {
  private static final String USER = FoundingDocument.USER.toString();
  private static final Pattern USER_CODE =
      Pattern.compile("enter the code +([A-Z]{8}|[A-Z]{4}-[A-Z]{4})");
  private static final Set<?> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

  @TempDir private static Path data;
  private static VidameServer server;

  @TempDir private Path folder;
  private Shell shell = new Shell(Path.of("."));

  @BeforeAll
  static void serve() throws Exception {
    Map<String, String> flags =
        Map.of("data.folder", data.toString(), "listen.port", "0", "auth.password-grant", "true");
    server =
        VidameServer.start(
            SettingsLoader.load(Optional.empty(), Map.of(), flags),
            Clock.systemUTC(),
            FoundingDocument.seed());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void comeInto() {
    shell = new Shell(folder.resolve("config"));
  }

  private static String[] login(String... more) {
    return Stream.concat(
            Stream.of(
                "login",
                "--endpoint",
                server.address().toString(),
                "--tenant",
                FoundingDocument.PARTNER.toString(),
                "--client-id",
                FoundingDocument.APPLICATION.toString()),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private String secretFile() throws Exception {
    return Files.writeString(folder.resolve("secret"), FoundingDocument.APPLICATION_SECRET + "\n")
        .toString();
  }

  private Ran loginByPassword(String... more) throws Exception {
    String[] way =
        Stream.concat(
                Stream.of(
                    "--client-secret-file",
                    secretFile(),
                    "--username",
                    FoundingDocument.AGENT_NAME,
                    "--password-stdin",
                    "--customer",
                    FoundingDocument.DOMAIN),
                Stream.of(more))
            .toArray(String[]::new);
    return shell.typing(FoundingDocument.AGENT_PASSWORD + "\n").run(login(way));
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> all = Files.walk(folder.resolve("config"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private Path file(String name) {
    return folder.resolve("config/profiles").resolve(name);
  }

  @Test
  void wellKnownCredentialsAreThoseOfTheEmulator() {
    assertThat(EmulatorCredentials.TENANT).isEqualTo(FoundingDocument.PARTNER.toString());
    assertThat(EmulatorCredentials.CLIENT_ID).isEqualTo(FoundingDocument.APPLICATION.toString());
    assertThat(EmulatorCredentials.CLIENT_SECRET).isEqualTo(FoundingDocument.APPLICATION_SECRET);
    assertThat(EmulatorCredentials.USERNAME).isEqualTo(FoundingDocument.AGENT_NAME);
    assertThat(EmulatorCredentials.PASSWORD).isEqualTo(FoundingDocument.AGENT_PASSWORD);
    assertThat(EmulatorCredentials.CUSTOMER).isEqualTo(FoundingDocument.CUSTOMER.toString());
  }

  @Test
  void emulatorNeedsNothingMore() {
    Ran ran = shell.run("login", "--emulator", "--endpoint", server.address().toString()).ok();

    assertThat(ran.err()).contains("as the profile emulator");
    assertThat(shell.run("users", "get", USER).ok().out()).contains(USER);
  }

  @Test
  void passwordGivesASignInThatLastsWithoutIt() throws Exception {
    loginByPassword().ok();

    assertThat(shell.typing("").run("users", "get", USER).ok().out()).contains(USER);
    for (Path file : files()) {
      assertThat(Files.readString(file)).doesNotContain(FoundingDocument.AGENT_PASSWORD);
    }
  }

  @Test
  void whatIsKeptIsTheOwnersAlone() throws Exception {
    loginByPassword().ok();
    shell.run("users", "get", USER).ok();

    assertThat(Files.getPosixFilePermissions(folder.resolve("config")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(files())
        .hasSizeGreaterThanOrEqualTo(6)
        .allSatisfy(file ->
            assertThat(Files.getPosixFilePermissions(file))
                .as(file.toString())
                .isEqualTo(OWNER_ONLY));
  }

  @Test
  void secretThatOthersCanReadIsNotUsed() throws Exception {
    loginByPassword().ok();
    for (String suffix : List.of(".secret", ".refresh")) {
      Path open = file("127.0.0.1" + suffix);
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

      Ran ran = shell.run("users", "get", USER).ended(ExitCode.CONFIGURATION.number());

      assertThat(ran.err())
          .contains("can be read or changed by others", "chmod 600", open.toString());
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void applicationReadsButChangesNothing() throws Exception {
    shell.run(login("--client-secret-file", secretFile())).ok();

    assertThat(shell.run("customers", "list").ok().out()).contains(FoundingDocument.DOMAIN);
    assertThat(
            shell
                .run("users", "update", USER, "-c", FoundingDocument.DOMAIN, "--first-name", "N")
                .code())
        .isEqualTo(ExitCode.NOT_ALLOWED.number());
  }

  @Test
  void applicationSignsInWithItsCertificate() throws Exception {
    ApplicationKeyPair pair = ApplicationKeyPair.in(folder);
    Path operator =
        Files.writeString(
            folder.resolve("operator"), server.createFirstOperator().orElseThrow().secret());
    shell
        .run(
            "admin",
            "application-keys",
            "add",
            "--url=" + server.address(),
            "--secret-file=" + operator,
            "--partner=" + FoundingDocument.PARTNER,
            "--application=" + FoundingDocument.APPLICATION,
            "--certificate=" + pair.certificate())
        .ok();

    shell.run(login("--client-certificate", pair.both().toString())).ok();
    assertThat(shell.run("customers", "list").ok().out()).contains(FoundingDocument.DOMAIN);
    shell.run("login").ok();
    assertThat(files()).noneMatch(file -> file.toString().endsWith(".secret"));

    Files.setPosixFilePermissions(pair.both(), PosixFilePermissions.fromString("rw-r-----"));
    assertThat(shell.run("login").ended(ExitCode.CONFIGURATION.number()).err())
        .contains("chmod 600");
    Files.setPosixFilePermissions(pair.both(), PosixFilePermissions.fromString("rw-------"));
    Files.writeString(pair.both(), Files.readString(pair.certificate()));
    assertThat(shell.run("login").ended(ExitCode.CONFIGURATION.number()).err())
        .contains("has no private key");
  }

  @Test
  void wrongSecretKeepsNothing() throws Exception {
    Files.writeString(folder.resolve("wrong"), "wrong-secret-of-this-application");

    Ran ran =
        shell
            .run(login("--client-secret-file", folder.resolve("wrong").toString()))
            .ended(ExitCode.NOT_ALLOWED.number());

    assertThat(ran.err()).doesNotContain("wrong-secret-of-this-application", "\tat ");
    assertThat(folder.resolve("config/profiles")).doesNotExist();
  }

  @Test
  void wrongPasswordDoesNotEndTheOldSignIn() throws Exception {
    loginByPassword().ok();

    shell
        .typing("not it\n")
        .run(
            login(
                "--client-secret-file",
                secretFile(),
                "--username",
                FoundingDocument.AGENT_NAME,
                "--password-stdin"))
        .ended(ExitCode.NOT_ALLOWED.number());

    shell.run("users", "get", USER).ok();
  }

  /** The SDK waits five seconds, as the service asks it to, before it asks whether somebody did. */
  @Test
  void personSignsInWithABrowserElsewhere() throws Exception {
    StringWriter said = new Approving();

    Ran ran =
        shell.sayingTo(said).run(login("--device-code", "--client-secret-file", secretFile())).ok();

    assertThat(ran.err())
        .contains(server.address() + "/device", "Waiting until ", "Signed in to ")
        .doesNotContain("\r", "\u001b");
    assertThat(shell.run("users", "get", USER, "-c", FoundingDocument.DOMAIN).ok().out())
        .contains(USER);
  }

  /** The person, who allows what is asked for as soon as the code is there. */
  private static final class Approving extends StringWriter {
    private boolean isDone;

    @Override
    public void flush() {
      super.flush();
      Matcher code = USER_CODE.matcher(toString());
      if (!isDone && code.find()) {
        isDone = true;
        assertThat(
                server
                    .directory()
                    .deviceCodes()
                    .allow(code.group(1).replace("-", ""), FoundingDocument.AGENT, false))
            .isTrue();
      }
    }
  }

  @Test
  void logoutEndsTheSignInHereAndThere() throws Exception {
    loginByPassword().ok();
    String refreshToken = Files.readString(file("127.0.0.1.refresh")).strip();

    shell.run("logout").ok();

    assertThat(file("127.0.0.1.refresh")).doesNotExist();
    assertThat(file("127.0.0.1.access")).doesNotExist();
    assertThat(file("127.0.0.1.secret")).doesNotExist();
    Ran after = shell.run("users", "get", USER).ended(ExitCode.NOT_ALLOWED.number());
    assertThat(after.err()).contains("vidame login --profile 127.0.0.1");

    // A copy of the token is of no use either.
    loginByPassword().ok();
    Files.writeString(file("127.0.0.1.refresh"), refreshToken);
    Files.deleteIfExists(file("127.0.0.1.access"));
    Ran copied = shell.run("users", "get", USER).ended(ExitCode.NOT_ALLOWED.number());
    assertThat(copied.err())
        .contains("has ended", "Sign in again: vidame login --profile 127.0.0.1");
  }

  @Test
  void profilesAreListedChosenAndRemoved() throws Exception {
    loginByPassword("--profile", "one").ok();
    shell
        .run("login", "--emulator", "--endpoint", server.address().toString(), "--profile", "two")
        .ok();

    assertThat(shell.run("profiles", "list").ok().out())
        .containsPattern("(?m)^ +one +vidame")
        .containsPattern("(?m)^\\* +two +vidame");
    shell.run("profiles", "use", "one").ok();
    assertThat(shell.run("profiles", "show").ok().out()).containsPattern("name +one");
    assertThat(shell.with("VIDAME_PROFILE", "two").run("profiles", "show").ok().out())
        .containsPattern("name +two");
    shell.without("VIDAME_PROFILE").run("profiles", "remove", "one").ok();
    assertThat(shell.run("profiles", "list", "-o", "csv").ok().out()).doesNotContain("one,");
    assertThat(shell.run("profiles", "use", "one").code())
        .isEqualTo(ExitCode.CONFIGURATION.number());
    shell.run("users", "get", USER).ok();
  }

  @Test
  void customerOfTheProfileIsMeantUnlessAnotherIsNamed() throws Exception {
    loginByPassword().ok();
    shell.run("profiles", "set-customer", "--none").ok();
    assertThat(shell.run("users", "list").code()).isEqualTo(ExitCode.USAGE.number());

    shell.run("profiles", "set-customer", FoundingDocument.DOMAIN).ok();
    assertThat(shell.run("profiles", "show", "-o", "json").ok().out())
        .contains("\"customer\":\"" + FoundingDocument.DOMAIN + "\"");
    shell.run("customers", "skus").ok();
    shell.run("profiles", "set-customer", "--none").ok();

    assertThat(shell.run("customers", "skus").code()).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void brokenProfileSaysWhereItIsBroken() throws Exception {
    loginByPassword("--profile", "mine").ok();
    Path file = file("mine.json");
    String good = Files.readString(file);
    Map<String, String> broken =
        Map.of(
            "",
            "mine.json",
            "{",
            "mine.json",
            good.replace("\"person\"", "\"magic\""),
            "grant",
            good.replace("\"clientId\"", "\"clientIdea\""),
            "no clientId",
            good.replace(server.address().toString(), ": : :"),
            "no address");

    for (Map.Entry<String, String> each : broken.entrySet()) {
      Files.writeString(file, each.getKey());
      Ran ran = shell.run("users", "get", USER).ended(ExitCode.CONFIGURATION.number());
      assertThat(ran.err()).contains("The profile mine is broken", each.getValue(), "vidame login");
    }
    assertThat(shell.run("profiles", "list").ok().out()).contains("(broken)");
    shell.run("profiles", "remove", "mine").ok();
    assertThat(file).doesNotExist();
  }

  @Test
  void loginThatCannotBeMeantIsRefused() throws Exception {
    assertThat(shell.run("login").ended(2).err()).contains("Sign in where?");
    assertThat(shell.run("login", "--endpoint", "https://v.example").ended(2).err())
        .contains("--tenant");
    assertThat(shell.run(login("--password-stdin")).ended(2).err()).contains("needs --username");
    assertThat(shell.run(login("--username", "a@b")).ended(2).err()).contains("--password-stdin");
    assertThat(shell.run(login("--cloud", "public")).ended(2).err()).contains("Choose one of");
    assertThat(shell.run("login", "--emulator", "--username", "a@b").ended(2).err())
        .contains("its own credentials");
    assertThat(
            shell
                .run("login", "--endpoint", "http://v.example", "--tenant", "t", "--client-id", "c")
                .code())
        .isEqualTo(ExitCode.CONFIGURATION.number());
  }

  @Test
  void folderThatOthersCanEnterIsNotUsed() throws Exception {
    loginByPassword().ok();
    Files.setPosixFilePermissions(
        folder.resolve("config/profiles"), PosixFilePermissions.fromString("rwxr-xr-x"));

    Ran ran = shell.run("users", "get", USER).ended(ExitCode.CONFIGURATION.number());

    assertThat(ran.err()).contains("chmod 700");
  }
}
