package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.cli.Shell.Ran;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.server.seed.FoundingDocument;
import dev.vidame.testkit.SeededUser;
import dev.vidame.testkit.VidameExtension;
import dev.vidame.wire.CustomerUser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code vidame users} and {@code vidame customers}, against the real server. */
class UsersCommandTest {
  @RegisterExtension static final VidameExtension KIT = VidameExtension.standard();

  private static final String ADA = "ada@" + FoundingDocument.DOMAIN;

  @TempDir private Path folder;
  private Shell shell = new Shell(Path.of("."));

  @BeforeEach
  void signIn() {
    shell = Shell.of(folder, KIT.get().baseUri(), KIT.get().appUser());
  }

  private static SeededUser ada() {
    return KIT.get().user().name("ada").displayName("Ada").usageLocation("FR").create();
  }

  private static CustomerUser stored(SeededUser user) {
    return KIT.get()
        .client()
        .customers()
        .byId(FoundingDocument.CUSTOMER)
        .users()
        .byId(user.id())
        .get();
  }

  @Test
  void accountIsShownByNameAndById() {
    SeededUser ada = ada();

    Ran byName = shell.run("users", "get", ADA).ok();
    Ran byId = shell.run("users", "get", ada.id().toString(), "-o", "json").ok();

    assertThat(byName.out())
        .containsPattern("userPrincipalName +" + ADA)
        .containsPattern("displayName +Ada")
        .containsPattern("version +\\S+")
        .doesNotContain("firstName", "password");
    assertThat(CustomerUser.fromJson(byId.out().getBytes(StandardCharsets.UTF_8)).id())
        .isEqualTo(ada.id());
    assertThat(byName.err()).isEmpty();
  }

  @Test
  void createdAccountShowsItsGeneratedPasswordOnce() {
    Ran created =
        shell
            .run(
                "users",
                "create",
                "grace@" + FoundingDocument.DOMAIN,
                "--display-name",
                "Grace",
                "--first-name",
                "Grace",
                "--generate-password",
                "-o",
                "json")
            .ok();

    assertThat(created.out()).containsPattern("\"password\":\"[A-Za-z2-9-]{16}\"");
    assertThat(
            shell.run("users", "get", "grace@" + FoundingDocument.DOMAIN, "-o", "json").ok().out())
        .contains("\"firstName\":\"Grace\"")
        .doesNotContain("password");
  }

  @Test
  void passwordComesFromInputOrTheTerminalButIsNotShown() {
    Ran piped =
        shell
            .typing("Very-Secret-41\n")
            .run("users", "create", ADA, "--display-name", "Ada", "--password-stdin");
    Ran typed =
        shell
            .at(new FakeTerminal(80, "Very-Secret-42", "Very-Secret-42"))
            .run("users", "reset-password", ADA);
    Ran mistyped =
        shell
            .at(new FakeTerminal(80, "Very-Secret-42", "Very-Secret-43"))
            .run("users", "reset-password", ADA);

    assertThat(piped.ok().out() + piped.err()).doesNotContain("Very-Secret");
    assertThat(typed.ok().out() + typed.err()).doesNotContain("Very-Secret");
    assertThat(mistyped.ended(ExitCode.DATA.number()).err()).contains("not the same");
  }

  @Test
  void passwordThatNobodyGivesIsAskedForInWords() {
    ada();

    Ran ran = shell.run("users", "reset-password", ADA).ended(ExitCode.USAGE.number());

    assertThat(ran.err()).contains("--password-stdin", "--generate-password");
  }

  @Test
  void updateChangesWhatIsGivenAndClearsWhatIsSaid() {
    SeededUser ada = KIT.get().user().name("ada").firstName("Ada").lastName("Lovelace").create();

    shell.run("users", "update", ADA, "--last-name", "King", "--clear", "first-name").ok();

    assertThat(stored(ada).lastName()).isEqualTo("King");
    assertThat(stored(ada).firstName()).isNull();
    assertThat(stored(ada).displayName()).isEqualTo("ada");
  }

  @Test
  void updateThatCannotBeMeantIsRefusedBeforeAnythingIsAsked() {
    ada();
    KIT.get().reset();

    assertThat(shell.run("users", "update", ADA).ended(2).err()).contains("Say what to change");
    assertThat(shell.run("users", "update", ADA, "--first-name", "").ended(2).err())
        .contains("--first-name is empty", "--clear");
    assertThat(
            shell
                .run("users", "update", ADA, "--first-name", "A", "--clear", "first-name")
                .ended(2)
                .err())
        .contains("given and cleared");
    assertThat(KIT.get().exchanges()).isEmpty();
  }

  @Test
  void changeOfAnAccountThatOthersChangedIsRefused() {
    SeededUser ada = ada();
    String version =
        shell
            .run("users", "get", ADA, "-o", "json")
            .ok()
            .out()
            .replaceAll("(?s).*\"version\":\"((?:[^\"\\\\]|\\\\.)*)\".*", "$1")
            .replace("\\\"", "\"");
    shell.run("users", "update", ADA, "--display-name", "First").ok();

    Ran late = shell.run("users", "update", ADA, "--display-name", "Second", "--if-match", version);

    assertThat(late.ended(ExitCode.REFUSED.number()).err()).contains("changed meanwhile");
    assertThat(stored(ada).displayName()).isEqualTo("First");
  }

  @Test
  void deletionAsksOnATerminalAndWantsYesElsewhere() {
    ada();

    assertThat(shell.run("users", "delete", ADA).ended(2).err()).contains("--yes");
    Ran no = shell.at(new FakeTerminal(80)).typing("n\n").run("users", "delete", ADA);
    assertThat(no.ended(1).err()).contains("Delete " + ADA + " (Ada)?", "Nothing was done");
    Ran yes = shell.at(new FakeTerminal(80)).typing("y\n").run("users", "delete", ADA).ok();

    assertThat(yes.err()).contains("vidame users restore " + ADA);
    assertThat(shell.run("users", "get", ADA).code()).isEqualTo(ExitCode.NOT_FOUND.number());
  }

  @Test
  void deletedAccountIsRestoredByItsName() {
    KIT.get().user().name("ada").deleted().create();

    assertThat(shell.run("users", "list", "--deleted", "-o", "csv").ok().out()).contains(ADA);
    shell.run("users", "restore", ADA).ok();

    assertThat(shell.run("users", "get", ADA).ok().out()).containsPattern("state +active");
    assertThat(shell.run("users", "restore", ADA).ended(ExitCode.NOT_FOUND.number()).err())
        .contains("no deleted account " + ADA);
  }

  @Test
  void listIsFilteredSortedAndCut() {
    for (String name : List.of("bea", "ada", "cleo")) {
      KIT.get().user().name(name).displayName("X " + name).usageLocation("FR").create();
    }

    String sorted =
        shell
            .run("users", "list", "--name-starts-with", "X", "--sort", "name", "--descending")
            .ok()
            .out();
    String cut =
        shell
            .run("users", "list", "--contains", "X ", "--sort", "name", "--limit", "2", "-o", "csv")
            .ok()
            .out();

    assertThat(sorted).containsSubsequence("X cleo", "X bea", "X ada");
    assertThat(cut.lines()).hasSize(3);
    assertThat(shell.run("users", "list", "--usage-location", "DE", "-o", "json").ok().out())
        .isEqualToNormalizingNewlines("[]\n");
    assertThat(shell.run("users", "list", "--limit", "0").ended(2).err()).contains("at least 1");
  }

  @Test
  void rolesAreGivenAndTakenByName() {
    ada();

    shell.run("users", "roles", "add", ADA, "helpdesk administrator").ok();
    assertThat(shell.run("users", "roles", "list", ADA, "-o", "csv").ok().out())
        .contains("Helpdesk Administrator,729827e3-9c14-49f7-bb1b-9608f156bbb8");
    shell.run("users", "roles", "remove", ADA, "729827e3-9c14-49f7-bb1b-9608f156bbb8").ok();

    assertThat(shell.run("users", "roles", "list", ADA, "-o", "jsonl").ok().out()).isEmpty();
    assertThat(shell.run("users", "roles", "list").ok().out()).contains("Company Administrator");
    assertThat(
            shell
                .run("users", "roles", "add", ADA, "Lord High Everything")
                .ended(ExitCode.NOT_FOUND.number())
                .err())
        .contains("There are: ", "Company Administrator");
  }

  @Test
  void licensesAreAssignedAndRemovedByPartNumber() {
    ada();

    Ran assigned = shell.run("users", "licenses", "assign", ADA, "ems", "-o", "csv").ok();
    Ran removed = shell.run("users", "licences", "remove", ADA, "EMS", "-o", "csv").ok();

    assertThat(assigned.out()).contains("EMS").contains(FoundingDocument.SKU);
    assertThat(removed.out()).doesNotContain(FoundingDocument.SKU);
    assertThat(
            shell
                .run("users", "licenses", "assign", ADA, "E9")
                .ended(ExitCode.NOT_FOUND.number())
                .err())
        .contains("subscribes to no E9", "EMS");
    assertThat(
            shell
                .run("users", "licenses", "assign", ADA, "EMS", "--without", "NOTHING")
                .ended(ExitCode.NOT_FOUND.number())
                .err())
        .contains("no part NOTHING");
  }

  @Test
  void customersAreNamedByDomainAndCompanyToo() {
    KIT.get().customer().companyName("Twin").domain("one.test").create();
    KIT.get().customer().companyName("Twin").domain("two.test").create();

    assertThat(shell.run("customers", "list", "-o", "csv").ok().out())
        .contains("one.test", "two.test");
    assertThat(shell.run("customers", "get", "ONE.test").ok().out()).contains("Twin");
    assertThat(shell.run("users", "list", "--customer", "two.test").ok().err()).isEmpty();
    assertThat(shell.run("users", "list", "--customer", "twin").ended(2).err())
        .contains("Several customers are called twin", "one.test", "two.test");
    assertThat(
            shell
                .run("users", "list", "--customer", "nobody.test")
                .ended(ExitCode.NOT_FOUND.number())
                .err())
        .contains("nobody.test", "vidame customers list");
    assertThat(shell.run("customers", "skus").ok().out()).contains("EMS");
  }

  @Test
  void customerMustBeNamedSomewhere() {
    Ran ran = shell.without("VIDAME_CUSTOMER").run("users", "list").ended(2);

    assertThat(ran.err()).contains("Which customer?", "--customer", "VIDAME_CUSTOMER");
  }

  @Test
  void whatWasDoneIsInTheAuditList() {
    ada();
    shell.run("users", "update", ADA, "--display-name", "Ada King").ok();

    String all = shell.run("audit", "list", "--since", "1h", "-o", "jsonl").ok().out();
    String some =
        shell.run("audit", "list", "--operation", "update_customer_user", "-o", "csv").ok().out();

    assertThat(all).contains("update_customer_user");
    assertThat(some.lines()).hasSize(2);
    assertThat(shell.run("audit", "list", "--since", "yesterday").ended(2).err())
        .contains("yesterday is no time");
    assertThat(shell.run("audit", "list", "--actor", "a", "--company", "b").ended(2).err())
        .contains("takes one of");
  }
}
