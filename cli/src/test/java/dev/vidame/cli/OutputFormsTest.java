package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.cli.client.ClientOptions;
import dev.vidame.cli.output.CsvCell;
import dev.vidame.cli.terminal.Visible;
import dev.vidame.server.seed.FoundingDocument;
import dev.vidame.testkit.VidameExtension;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.JsonBody;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class OutputFormsTest {
  @RegisterExtension static final VidameExtension KIT = VidameExtension.standard();

  @TempDir private Path folder;
  private Shell shell = new Shell(Path.of("."));

  @BeforeEach
  void signIn() {
    shell = Shell.of(folder, KIT.get().baseUri(), KIT.get().appUser());
  }

  private static void rename(String displayName) {
    KIT.get()
        .client()
        .customers()
        .byId(FoundingDocument.CUSTOMER)
        .users()
        .byId(FoundingDocument.USER)
        .patch(CustomerUserUpdate.builder().displayName(displayName).build());
  }

  @Test
  void tableFitsTheTerminalAndIsWholeElsewhere() {
    String longName =
        "A name that is longer than any column of a table should ever have to be, ever";
    rename(longName);

    String narrow = shell.at(new FakeTerminal(80)).run("users", "list").ok().out();
    String piped =
        Shell.of(folder, KIT.get().baseUri(), KIT.get().appUser()).run("users", "list").ok().out();

    assertThat(narrow.lines())
        .allSatisfy(line -> assertThat(Visible.width(line)).isLessThanOrEqualTo(80));
    assertThat(narrow).contains("…").doesNotContain(longName);
    assertThat(piped).contains(longName).doesNotContain("…");
    assertThat(piped.lines().findFirst().orElseThrow())
        .startsWith("USER PRINCIPAL NAME  ")
        .contains("  DISPLAY NAME  ");
  }

  @Test
  void wideCharactersKeepTheColumnsStraight() {
    rename("中文名字");

    List<String> lines = shell.run("users", "list").ok().out().lines().toList();

    int column = lines.getFirst().indexOf("USAGE LOCATION");
    assertThat(lines)
        .filteredOn(line -> line.contains("中文名字"))
        .singleElement()
        .satisfies(line -> {
          int at = line.indexOf("US ", line.indexOf("中文名字"));
          assertThat(at < 0 ? column : Visible.width(line.substring(0, at))).isEqualTo(column);
        });
  }

  /** Page one is written before page two is asked for. */
  @Test
  void listIsWrittenAsItComes() {
    for (int i = 0; i < 4; i++) {
      KIT.get().user().create();
    }
    for (String form : List.of("table", "json", "jsonl", "csv")) {
      KIT.get().faults().clear();
      List<Integer> written = new CopyOnWriteArrayList<>();
      StringWriter out = new StringWriter();
      int before = KIT.get().exchanges().size();
      // The third page finds what was written until then.
      KIT.get()
          .faults()
          .on("GET", "/v1/customers/{c}/users")
          .when(request -> {
            written.add((int) out.toString().lines().filter(line -> line.contains("@")).count());
            return false;
          })
          .unavailable(Duration.ofSeconds(1));

      shell.writingTo(out).run("users", "list", "--page-size", "2", "-o", form).ok();

      assertThat(KIT.get().exchanges().size() - before).isGreaterThanOrEqualTo(3);
      assertThat(written).as(form).startsWith(0, 2, 4);
    }
  }

  @Test
  void jsonIsOneArrayAndJsonLinesAreObjects() {
    rename("Zoë \"the\" Ångström");

    String json = shell.run("users", "list", "-o", "json").ok().out();
    String lines = shell.run("users", "list", "-o", "jsonl").ok().out();

    JsonBody array = JsonBody.parse(("{\"items\":" + json + "}").getBytes(StandardCharsets.UTF_8));
    assertThat(array.objects("items")).hasSize((int) lines.lines().count());
    assertThat(array.objects("items").stream().map(each -> each.text("displayName").orElse("")))
        .contains("Zoë \"the\" Ångström");
    assertThat(lines.lines())
        .allSatisfy(line ->
            assertThat(JsonBody.parse(line.getBytes(StandardCharsets.UTF_8)).text("id"))
                .isPresent());
  }

  @Test
  void nameWithEscapeSequencesMovesNoCursor() {
    String evil = "A\u001b[2J\u001b]0;title\u0007\r\nB\u009b1A\u202eC";
    try (HostileService service = HostileService.answering(evil)) {
      for (String form : List.of("table", "json", "jsonl", "csv")) {
        String list = onWideTerminal(service, "users", "list", "-o", form);
        String item = onWideTerminal(service, "users", "get", "ada@contoso.example", "-o", form);

        assertThat(list)
            .as(form)
            .containsIgnoringCase("A\\u001b[2J")
            .contains("\\r\\nB\\u009b1A\\u202eC");
        assertThat(item)
            .as(form)
            .containsIgnoringCase("A\\u001b[2J")
            .contains("\\r\\nB\\u009b1A\\u202eC");
        assertThat(list + item).as(form).doesNotContain("\u001b", "\u0007", "\u009b", "\u202e");
      }
    }
  }

  private String onWideTerminal(HostileService service, String... command) {
    return shell
        .with(ClientOptions.ENDPOINT_VARIABLE, service.endpoint().toString())
        .at(new FakeTerminal(200))
        .run(command)
        .ok()
        .out();
  }

  @Test
  void csvIsOfTheStandardsForm() {
    try (HostileService service = HostileService.answering("a, \"b\"\nc")) {
      String csv =
          shell
              .with(ClientOptions.ENDPOINT_VARIABLE, service.endpoint().toString())
              .run("users", "list", "-o", "csv")
              .ok()
              .out();

      assertThat(csv)
          .startsWith("userPrincipalName,displayName,")
          .contains("\r\nada@contoso.example,\"a, \"\"b\"\"\nc\",,")
          .endsWith("\r\n");
    }
  }

  @Test
  void csvCellsAreNotComputed() {
    assertThat(CsvCell.of("=HYPERLINK(\"x\")")).isEqualTo("\"'=HYPERLINK(\"\"x\"\")\"");
    assertThat(CsvCell.of("+33 1")).isEqualTo("'+33 1");
    assertThat(CsvCell.of("-1")).isEqualTo("'-1");
    assertThat(CsvCell.of("@x")).isEqualTo("'@x");
    assertThat(CsvCell.of("'=x")).isEqualTo("''=x");
    assertThat(CsvCell.of("O'Neill")).isEqualTo("O'Neill");
    assertThat(CsvCell.of("")).isEmpty();
  }

  @Test
  void everyCellComesBackAsItWas() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String letters = "'=+-@\t\r\n ,\"aé中";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(6); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      String cell = CsvCell.of(text.toString());
      String read =
          cell.startsWith("\"") ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"") : cell;

      assertThat(CsvCell.withoutGuard(read)).as("seed " + seed).isEqualTo(text.toString());
      assertThat(read).as("seed " + seed).doesNotStartWith("=").doesNotStartWith("@");
    }
  }
}
