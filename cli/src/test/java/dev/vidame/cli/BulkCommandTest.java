package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.cli.terminal.Surroundings;
import dev.vidame.cli.terminal.Terminal;
import dev.vidame.testkit.SeededUser;
import dev.vidame.testkit.Vidame;
import dev.vidame.testkit.VidameTest;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.CustomerUserUpdate;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code vidame bulk} against a server, as a technician types it. */
@VidameTest
class BulkCommandTest {
  private final Vidame vidame;

  @TempDir private Path folder;

  BulkCommandTest(Vidame vidame) {
    this.vidame = vidame;
  }

  /** What came of a command. */
  private record Said(int code, String out, String err) {}

  private Said bulk(String... arguments) {
    List<String> all = new ArrayList<>(List.of("bulk"));
    all.addAll(List.of(arguments));
    Surroundings around =
        new Surroundings(
            Map.of(
                "VIDAME_ACCESS_TOKEN",
                vidame.appUser().token(),
                "VIDAME_ENDPOINT",
                vidame.baseUri().toString(),
                "VIDAME_CUSTOMER",
                vidame.foundingCustomer().id().toString()),
            Terminal.none(),
            InputStream.nullInputStream(),
            Clock.systemUTC(),
            new SecureRandom());
    String[] words = all.toArray(String[]::new);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine program = dev.vidame.cli.Vidame.commandLine(around, words);
    int code = program.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(words);
    return new Said(code, out.toString(), err.toString());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private CustomerUser read(SeededUser user) {
    return vidame
        .client()
        .customers()
        .byId(vidame.foundingCustomer().id())
        .users()
        .byId(user.id())
        .get();
  }

  private void change(SeededUser user, CustomerUserUpdate update) {
    var _ =
        vidame
            .client()
            .customers()
            .byId(vidame.foundingCustomer().id())
            .users()
            .byId(user.id())
            .patch(update);
  }

  @Test
  void planShowsADifferenceApplyMakesItAndUndoTakesItBack() throws IOException {
    SeededUser ada = vidame.user().name("ada").firstName("Ada").usageLocation("FR").create();
    SeededUser bob = vidame.user().name("bob").firstName("Bob").create();
    CustomerUser before = read(ada);
    Path source =
        file(
            "people.csv",
            "userPrincipalName,firstName,usageLocation,phoneNumber\n"
                + ada.userPrincipalName()
                + ",!clear,de,+33 1\n"
                + bob.userPrincipalName()
                + ",Bob,,\n");

    Said plan = bulk("plan", source.toString());

    assertThat(plan.code()).as(plan.err()).isZero();
    assertThat(plan.out())
        .isEqualTo(
            "~ update "
                + ada.userPrincipalName()
                + "  (people.csv:2)\n"
                + "    usageLocation: \"FR\" -> \"DE\"\n"
                + "    firstName: \"Ada\" -> (nothing)\n"
                + "    phoneNumber: (nothing) -> \"+33 1\"\n"
                + "1 update, 1 unchanged, 0 not good.\n"
                + "Nothing was changed. Apply it with: vidame bulk apply "
                + source
                + ".plan\n");
    assertThat(read(ada)).isEqualTo(before);

    Said apply = bulk("apply", source + ".plan");
    assertThat(apply.code()).as(apply.err()).isZero();
    assertThat(apply.out()).isEqualTo("1 changed.\n");
    assertThat(read(ada).usageLocation()).isEqualTo("DE");
    assertThat(read(ada).firstName()).isNull();

    Said again = bulk("apply", source + ".plan");
    assertThat(again.code()).isEqualTo(74);
    assertThat(again.err()).contains("was applied before");

    Said undo = bulk("undo", source + ".plan.run");
    assertThat(undo.code()).as(undo.err()).isZero();
    assertThat(undo.out()).isEqualTo("1 undone.\n");
    assertThat(read(ada)).isEqualTo(before);
  }

  @Test
  void accountsThatWereChangedSinceAreLeftAloneAndReported() throws IOException {
    SeededUser ada = vidame.user().name("ada").create();
    SeededUser bob = vidame.user().name("bob").create();
    Path source =
        file(
            "people.jsonl",
            "{\"id\":\""
                + ada.id()
                + "\",\"lastName\":\"A\"}\n{\"id\":\""
                + bob.id()
                + "\",\"lastName\":\"B\"}\n");
    assertThat(bulk("plan", source.toString()).code()).isZero();
    change(ada, CustomerUserUpdate.builder().firstName("Else").build());

    Said apply = bulk("apply", source + ".plan");

    assertThat(apply.code()).isEqualTo(1);
    assertThat(apply.out()).startsWith("1 changed, 1 changed by others and left alone.\n");
    assertThat(read(ada).lastName()).isNull();
    Said report = bulk("report", source + ".plan", "-o", "csv");
    assertThat(report.code()).isZero();
    assertThat(report.out())
        .startsWith("place,key,field,result,cause,row")
        .contains("people.jsonl:1," + ada.userPrincipalName() + ",,stale,")
        .contains("firstName");
    assertThat(report.err()).contains("1 changed").contains("1 stale").contains("0 not done yet");
    assertThat(
            bulk(
                    "report",
                    source + ".plan",
                    "--failed-rows",
                    folder.resolve("again.jsonl").toString())
                .code())
        .isZero();
    assertThat(Files.readString(folder.resolve("again.jsonl"))).contains("\"id\":\"" + ada.id());
  }

  @Test
  void badRowsAreNamedByFileAndLineAndNothingIsPlanned() throws IOException {
    SeededUser ada = vidame.user().name("ada").create();
    Path source =
        file(
            "people.csv",
            "userPrincipalName,usageLocation\n"
                + ada.userPrincipalName()
                + ",XX\nnobody@x.example,FR\n");

    Said plan = bulk("plan", source.toString());

    assertThat(plan.code()).isEqualTo(65);
    assertThat(plan.err())
        .contains(
            "people.csv:2: " + ada.userPrincipalName() + ": usageLocation: The value must be");
    assertThat(folder.resolve("people.csv.plan")).doesNotExist();
    Said unknown =
        bulk(
            "plan",
            file("other.csv", "userPrincipalName,usageLocation\nnobody@x.example,FR\n").toString());
    assertThat(unknown.code()).isEqualTo(65);
    assertThat(unknown.err()).contains("other.csv:2: nobody@x.example: There is no such account.");
    assertThat(bulk("plan", folder.resolve("none.csv").toString()).code()).isEqualTo(74);
    assertThat(bulk("plan", source.toString(), "--operation", "rename").code()).isEqualTo(2);
  }

  @Test
  void planForAnotherCustomerOrServiceIsRefused() throws IOException {
    SeededUser ada = vidame.user().name("ada").create();
    Path source = file("people.csv", "id,firstName\n" + ada.id() + ",A\n");
    assertThat(bulk("plan", source.toString()).code()).isZero();

    Said customer =
        bulk("apply", source + ".plan", "--customer", "11111111-1111-1111-1111-111111111111");
    Said service = bulk("apply", source + ".plan", "--endpoint", "http://127.0.0.1:9");

    assertThat(customer.code()).isEqualTo(65);
    assertThat(customer.err()).contains("The plan is for customer");
    assertThat(service.code()).isEqualTo(65);
    assertThat(service.err()).contains("The plan is for " + vidame.baseUri());
    assertThat(read(ada).firstName()).isNull();
  }

  @Test
  void accountsAreMadeDeletedRestoredAndGivenPasswords() throws IOException {
    SeededUser leaver = vidame.user().name("leaver").create();
    SeededUser comer = vidame.user().name("comer").deleted().create();
    SeededUser forgetter = vidame.user().name("forgetter").create();
    String domain = vidame.foundingCustomer().domain();
    Path source =
        file(
            "people.csv",
            "operation,userPrincipalName,displayName\n"
                + "create,new@"
                + domain
                + ",New One\n"
                + "DELETE,"
                + leaver.userPrincipalName()
                + ",\n"
                + "restore,"
                + comer.userPrincipalName()
                + ",\n"
                + "reset-password,"
                + forgetter.userPrincipalName()
                + ",\n");
    assertThat(bulk("plan", source.toString()).err())
        .contains("people.csv:2: new@" + domain + ": password: There is no password");
    assertThat(bulk("plan", source.toString(), "--generate-passwords").code()).isZero();
    assertThat(bulk("apply", source + ".plan").code()).isEqualTo(2);
    Path passwords = folder.resolve("passwords.csv");

    Said apply = bulk("apply", source + ".plan", "--passwords-to", passwords.toString());

    assertThat(apply.code()).as(apply.out() + apply.err()).isZero();
    assertThat(apply.out()).contains("4 changed.").contains("2 passwords are in ");
    assertThat(Files.readString(passwords))
        .contains("new@" + domain)
        .contains(forgetter.userPrincipalName());
    assertThat(read(leaver).softDeletionTime()).isNotNull();
    assertThat(read(comer).softDeletionTime()).isNull();

    Said undo = bulk("undo", source + ".plan");

    assertThat(undo.code()).isEqualTo(1);
    assertThat(undo.out()).startsWith("3 undone, 1 that cannot be undone.\n");
    assertThat(read(leaver).softDeletionTime()).isNull();
    assertThat(read(comer).softDeletionTime()).isNotNull();
    assertThat(bulk("report", source + ".plan.undo").out())
        .contains("A password that was replaced");
  }

  @Test
  void whatTheServerRefusesIsReportedWithItsField() throws IOException {
    SeededUser ada = vidame.user().name("ada").create();
    SeededUser bob = vidame.user().name("bob").create();
    Path source =
        file(
            "people.csv",
            "userPrincipalName,newUserPrincipalName\n"
                + ada.userPrincipalName()
                + ",ada@nobodys.example\n"
                + bob.userPrincipalName()
                + ","
                + ada.userPrincipalName()
                + "\n");
    assertThat(bulk("plan", source.toString()).code()).isZero();

    Said apply = bulk("apply", source + ".plan");

    assertThat(apply.code()).isEqualTo(1);
    assertThat(apply.out()).startsWith("1 whose name is taken, 1 refused.\n");
    assertThat(bulk("report", source + ".plan", "-o", "json").out())
        .contains("\"field\":\"userPrincipalName\"")
        .contains("\"place\":\"people.csv:2\"");
  }

  @Test
  void notATerminalGetsPlainLines() throws IOException {
    SeededUser ada = vidame.user().name("ada").create();
    Path source = file("people.csv", "id,firstName\n" + ada.id() + ",A\n");

    Said plan = bulk("plan", source.toString());

    assertThat(plan.err()).isEqualTo("100 %  comparing\n");
    assertThat(bulk("apply", source + ".plan").err())
        .startsWith("100 %  applying\n")
        .doesNotContain("\r");
  }
}
