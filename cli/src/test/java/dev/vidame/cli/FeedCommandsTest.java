package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.cli.terminal.Surroundings;
import dev.vidame.cli.terminal.Terminal;
import dev.vidame.sdk.UserClient;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A customer's changes on the command line, against a real server. */
@Timeout(180)
class FeedCommandsTest {
  private static final int DATA = 65;

  @TempDir private Path folder;
  private ServerProcess server;
  private UserId id;
  private UserClient user;

  @BeforeEach
  void start() throws IOException, SQLException {
    Path data = folder.resolve("data");
    Files.createDirectory(data);
    id = Tenants.fill(data, 2).getFirst();
    server = ServerProcess.start(data);
    user = Tenants.client(server.address()).customers().byId(Tenants.CUSTOMER).users().byId(id);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void rename(String name) {
    user.patch(CustomerUserUpdate.builder().displayName(name).build());
  }

  /** What a command said and how it ended. */
  private record Ended(int code, String out, String err) {}

  private Ended run(String... arguments) {
    return runWith(InputStream.nullInputStream(), arguments);
  }

  private Ended runWith(InputStream input, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = program(input, out, arguments).setErr(new PrintWriter(err, true)).execute(arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  private CommandLine program(InputStream input, Writer out, String... arguments) {
    Map<String, String> environment =
        Map.of(
            "HOME", folder.toString(),
            "VIDAME_ENDPOINT", server.address().toString(),
            "VIDAME_ACCESS_TOKEN", Tenants.credential(server.address()).token().value(),
            "VIDAME_CUSTOMER", Tenants.CUSTOMER.toString());
    Surroundings around =
        new Surroundings(environment, Terminal.none(), input, Clock.systemUTC(), new Random());
    return Vidame.commandLine(around, arguments).setOut(new PrintWriter(out, true));
  }

  @Test
  void exportIsVerifiedAndATouchedOneIsNot() throws IOException {
    rename("Ada");
    Path file = folder.resolve("export.jsonl");

    Ended exported = run("audit", "export", "--file", file.toString());
    assertThat(exported.code()).as(exported.err()).isZero();
    assertThat(Files.readAllLines(file)).hasSize(4);
    assertThat(run("audit", "export").out()).isEqualTo(Files.readString(file));

    Ended verified = run("audit", "verify", file.toString());
    assertThat(verified.code()).as(verified.err()).isZero();
    assertThat(verified.out()).contains("Rows 1 to 4 are as they were written.");
    String hash = exported.err().lines().reduce((a, b) -> b).orElseThrow().replaceAll(".* ", "");
    assertThat(run("audit", "verify", file.toString(), "--last-hash", hash).code()).isZero();

    Files.writeString(file, Files.readString(file).replace("\"Ada\"", "\"Eve\""));
    Ended touched = run("audit", "verify", file.toString());
    assertThat(touched.code()).isEqualTo(DATA);
    assertThat(touched.err()).contains("Line 4: row 4: ");
  }

  @Test
  void cutEndShowsByTheLastHash() throws IOException {
    Path file = folder.resolve("export.jsonl");
    Ended exported = run("audit", "export", "--file", file.toString());
    String hash = exported.err().lines().reduce((a, b) -> b).orElseThrow().replaceAll(".* ", "");
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, lines.size() - 1));

    assertThat(run("audit", "verify", file.toString()).code()).isZero();
    Ended cut = run("audit", "verify", file.toString(), "--last-hash", hash);
    assertThat(cut.code()).isEqualTo(DATA);
    assertThat(cut.err()).contains("missing at the end");
  }

  @Test
  void exportGoesOnBehindAnEarlierOne() throws IOException {
    Ended first = run("audit", "export");
    String cursor = first.err().lines().findFirst().orElseThrow().replaceAll(".*--since ", "");
    rename("Later");

    Ended later = run("audit", "export", "--since", cursor);

    assertThat(later.out().lines()).singleElement().asString().contains("\"Later\"");
    Ended verified =
        runWith(
            new ByteArrayInputStream(later.out().getBytes(StandardCharsets.UTF_8)),
            "audit",
            "verify",
            "-");
    assertThat(verified.out()).contains("Rows 4 to 4").contains("Those before 4");
  }

  @Test
  void badCallsAreRefused() throws IOException {
    Path there = Files.createFile(folder.resolve("there"));

    assertThat(run("audit").code()).isEqualTo(2);
    assertThat(run("audit", "verify").code()).isEqualTo(2);
    assertThat(run("audit", "verify", folder.resolve("nowhere").toString()).code()).isEqualTo(74);
    assertThat(run("audit", "export", "--file", there.toString()).code()).isEqualTo(74);
    assertThat(run("audit", "export", "--since", "x").code()).isEqualTo(1);
    Files.writeString(there, "no cursor!");
    assertThat(run("audit", "follow", "--cursor-file", there.toString()).code()).isEqualTo(DATA);
    assertThat(run("users", "revert", id.toString()).code()).isEqualTo(2);
    assertThat(run("users", "revert", id.toString(), "--to", "yesterday").code()).isEqualTo(2);
    assertThat(run("users", "revert", id.toString(), "--to", "999999").code()).isEqualTo(1);
  }

  @Test
  void followShowsEachChangeAndGoesOnWhereItEnded() throws Exception {
    Path kept = folder.resolve("cursor");
    List<String> first = followed(kept, "beginning", 3);
    assertThat(first).hasSize(3).first().asString().contains("customer.create");

    rename("One");
    rename("Two");
    assertThat(followed(kept, "beginning", 2))
        .satisfiesExactly(
            line -> assertThat(line).contains("One"), line -> assertThat(line).contains("Two"));
    assertThat(Files.readString(kept)).matches("[A-Za-z0-9_-]+\n");
  }

  /** What is shown until so many lines have come, in a thread that is interrupted then. */
  private List<String> followed(Path kept, String since, int lines) throws Exception {
    BlockingQueue<String> shown = new LinkedBlockingQueue<>();
    String[] arguments = {
      "audit", "--follow", "--since", since, "--cursor-file", kept.toString(), "-o", "jsonl"
    };
    CommandLine program = program(InputStream.nullInputStream(), new Lines(shown), arguments);
    Thread follower = new Thread(() -> program.execute(arguments));
    follower.start();
    List<String> taken = new ArrayList<>();
    while (taken.size() < lines) {
      taken.add(shown.take());
    }
    follower.interrupt();
    follower.join();
    assertThat(shown).isEmpty();
    return taken;
  }

  /** Puts each whole line into a queue. */
  private static final class Lines extends Writer {
    private final BlockingQueue<String> lines;
    private final StringBuilder line = new StringBuilder();

    Lines(BlockingQueue<String> lines) {
      this.lines = lines;
    }

    @Override
    public void write(char[] text, int from, int length) {
      for (int i = from; i < from + length; i++) {
        if (text[i] == '\n') {
          lines.add(line.toString());
          line.setLength(0);
        } else {
          line.append(text[i]);
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void accountIsBroughtBack() {
    rename("Before");
    rename("After");

    Ended preview = run("users", "revert", id.toString(), "--to", "4", "--preview", "-o", "csv");
    assertThat(preview.code()).as(preview.err()).isZero();
    assertThat(preview.out().lines())
        .containsExactly("field,before,after", "displayName,After,Before");
    assertThat(preview.err()).contains("Nothing was changed");
    assertThat(user.get().displayName()).isEqualTo("After");

    Ended done = run("users", "revert", id.toString(), "--to", "4");
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.err()).contains("Brought back to change 4");
    assertThat(user.get().displayName()).isEqualTo("Before");

    user.delete();
    Ended restored =
        run(
            "users",
            "revert",
            id.toString(),
            "--to",
            "4",
            "--rename",
            "new@abcdefgh1234.ccsctp.net");
    assertThat(restored.code()).as(restored.err()).isZero();
    assertThat(user.get().userPrincipalName()).isEqualTo("new@abcdefgh1234.ccsctp.net");
  }
}
