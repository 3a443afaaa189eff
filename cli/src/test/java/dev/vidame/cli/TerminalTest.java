package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.cli.client.ClientOptions;
import dev.vidame.cli.client.CustomerOption;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.terminal.Visible;
import dev.vidame.sdk.UserClient;
import dev.vidame.server.seed.FoundingDocument;
import dev.vidame.testkit.VidameExtension;
import dev.vidame.wire.CustomerUserUpdate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program as a process, in pipes and on a real terminal, which {@code script} gives. That is
 * part of every Debian and macOS, so where it is missing these tests fail rather than being left
 * out.
 */
class TerminalTest {
  @RegisterExtension static final VidameExtension KIT = VidameExtension.standard();

  private static final String ESCAPE = "\u001b";
  private static final String LONG_NAME =
      "A name that is longer than any column of a table should ever have to be, ever";

  @TempDir private Path folder;

  private static UserClient user() {
    return KIT.get()
        .client()
        .customers()
        .byId(FoundingDocument.CUSTOMER)
        .users()
        .byId(FoundingDocument.USER);
  }

  private static void rename(String displayName) {
    user().patch(CustomerUserUpdate.builder().displayName(displayName).build());
  }

  /** A process that has ended: what it wrote to either stream. */
  private record Ended(int code, String out, String err) {}

  /** The program's own command, for a shell. */
  private static String program(String options) {
    return Stream.concat(
                Stream.of(Program.java()), Program.brief(SharedClasses.get().flag()).stream())
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "))
        + options
        + " -cp \"$CLASSES\" dev.vidame.cli.Vidame ";
  }

  private ProcessBuilder process(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSES", SharedClasses.get().classPath());
    builder.environment().put("VIDAME_CONFIG_FOLDER", folder.resolve("config").toString());
    builder.environment().put(ClientOptions.ENDPOINT_VARIABLE, KIT.get().baseUri().toString());
    builder.environment().put(ClientOptions.TOKEN_VARIABLE, KIT.get().appUser().token());
    builder.environment().put(CustomerOption.VARIABLE, FoundingDocument.CUSTOMER.toString());
    return builder;
  }

  private Ended inPipes(String shellLine) throws Exception {
    Path err = folder.resolve("err");
    Process process = process(List.of("bash", "-c", shellLine)).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, Files.readString(err));
  }

  /** Starts a line of shell on a terminal. What is written to its input is typed there. */
  private Process onTerminal(String shellLine) throws IOException {
    List<String> command =
        OS.MAC.isCurrentOs()
            ? List.of("script", "-q", "/dev/null", "bash", "-c", shellLine)
            : List.of("script", "-qec", "bash -c " + quoted(shellLine), "/dev/null");
    return process(command).redirectErrorStream(true).start();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** Reads until this has been written, or fails with all that has. */
  private static String readUntil(InputStream in, String wanted) throws IOException {
    StringBuilder read = new StringBuilder();
    byte[] buffer = new byte[1024];
    while (read.indexOf(wanted) < 0) {
      int count = in.read(buffer);
      if (count < 0) {
        throw new AssertionError("Ended before " + wanted + ": " + read);
      }
      read.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
    }
    return read.toString();
  }

  @Test
  void nothingThatATerminalObeysGoesIntoAPipe() throws Exception {
    for (String arguments :
        List.of("users list", "users get " + FoundingDocument.USER, "--help", "users --help")) {
      Ended ended = inPipes(program("") + arguments);

      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.out()).as(arguments).isNotBlank().doesNotContain(ESCAPE, "\r", "…");
    }
  }

  @Test
  void tableIsAsWideAsTheTerminal() throws Exception {
    rename(LONG_NAME);

    Process process = onTerminal("stty cols 80; " + program("") + "users list");
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(out).isZero();
    assertThat(out)
        .contains("USER PRINCIPAL NAME", "emailid@" + FoundingDocument.DOMAIN, "…")
        .doesNotContain(LONG_NAME);
    assertThat(out.lines())
        .allSatisfy(line -> assertThat(Visible.width(line)).isLessThanOrEqualTo(80));
  }

  @Test
  void nameWithEscapeSequencesMovesNoRealCursor() throws Exception {
    try (HostileService service = HostileService.answering("A" + ESCAPE + "[2JB")) {
      Process process =
          onTerminal(
              "stty cols 200; " + program("") + "users list --endpoint " + service.endpoint());
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor()).as(out).isZero();
      assertThat(out).contains("A\\u001b[2JB").doesNotContain(ESCAPE + "[2J");
    }
  }

  @Test
  void interruptedLoginEndsCleanly() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), FoundingDocument.APPLICATION_SECRET);
    String login =
        program("")
            + "login --endpoint %s --tenant %s --client-id %s --device-code --client-secret-file %s"
                .formatted(
                    KIT.get().baseUri(),
                    FoundingDocument.PARTNER,
                    FoundingDocument.APPLICATION,
                    secret);

    Process process =
        onTerminal("exec " + String.join(" ", BulkProcess.HEARING_CTRL_C) + " " + login);
    InputStream out = process.getInputStream();
    String before = readUntil(out, "\rWaiting for that, 14:");
    try (OutputStream keyboard = process.getOutputStream()) {
      keyboard.write(3);
      keyboard.flush();
      String after = readUntil(out, "Nobody was signed in");

      assertThat(process.waitFor()).as(before + after).isEqualTo(ExitCode.INTERRUPTED.number());
      assertThat(before).contains("/device", "enter the code");
    }
    assertThat(folder.resolve("config/profiles")).doesNotExist();
  }

  @Test
  void charactersAreUtf8WhateverTheLocale() throws Exception {
    rename("Zoë 中文");

    Ended shown = inPipes("LC_ALL=C " + program("") + "users list -o csv");
    Ended given =
        inPipes(
            "LC_ALL=C "
                + program("")
                + "users update "
                + FoundingDocument.USER
                + " --display-name $'Andr\\xc3\\xa9'");
    Ended understood =
        inPipes(
            "LC_ALL=C.UTF-8 "
                + program("")
                + "users update "
                + FoundingDocument.USER
                + " --display-name $'Andr\\xc3\\xa9'");

    assertThat(shown.out()).contains("Zoë 中文");
    assertThat(given.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(given.err()).contains("LC_ALL=C.UTF-8");
    assertThat(understood.code()).as(understood.err()).isZero();
    assertThat(user().get().displayName()).isEqualTo("André");
  }

  /** The service's refresh tokens are good for one exchange; a second one would end the sign-in. */
  @Test
  void commandsBesideEachOtherExchangeTheTokenOnce() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), FoundingDocument.APPLICATION_SECRET);
    new Shell(folder.resolve("config"))
        .typing(FoundingDocument.AGENT_PASSWORD + "\n")
        .run(
            "login",
            "--profile=one",
            "--endpoint=" + KIT.get().baseUri(),
            "--tenant=" + FoundingDocument.PARTNER,
            "--client-id=" + FoundingDocument.APPLICATION,
            "--client-secret-file=" + secret,
            "--username=" + FoundingDocument.AGENT_NAME,
            "--password-stdin")
        .ok();
    String get = program("") + "users get --profile one " + FoundingDocument.USER + " >&2 & ";

    Ended ended = inPipes(get.repeat(3) + "for job in $(jobs -p); do wait $job || exit; done");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(
            KIT.get().exchanges().stream()
                .filter(each -> each.target().endsWith("/token"))
                .filter(each -> each.requestBody().contains("refresh_token"))
                .count())
        .isEqualTo(1);
  }

  /** A technician's command starts without the server. */
  @Test
  void clientCommandsLoadNothingOfTheServer() throws Exception {
    Path classes = folder.resolve("classes");
    Ended ended =
        inPipes(
            program(" -Xshare:auto -Xlog:class+load:file=" + classes)
                + "users get "
                + FoundingDocument.USER);

    assertThat(ended.code()).as(ended.err()).isZero();
    List<String> loaded =
        Files.readAllLines(classes).stream()
            .filter(line -> line.contains(" source: "))
            .map(line -> line.replaceFirst("^(\\[[^]]*])* *", "").replaceFirst(" source:.*", ""))
            .toList();
    assertThat(loaded).contains("dev.vidame.cli.Vidame", "dev.vidame.sdk.PartnerClient");
    assertThat(loaded)
        .filteredOn(name ->
            name.matches(
                "(dev\\.vidame\\.(server|directory)|io\\.helidon|org\\.sqlite|org\\.flywaydb|com\\.nimbusds)\\..*"))
        .isEmpty();
  }
}
