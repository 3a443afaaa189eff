package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.PasswordHashing;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.harness.Until;
import dev.vidame.server.harness.OwnServers;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.SecretSearch;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong with bulk changes: files that are none, and what happens in the middle. */
@Timeout(180)
class BulkFaultsTest {
  /** So many deletions go through at once; the next one waits until the test moves the clock. */
  private static final int CAP = 60;

  private static final int ROWS = 64;
  private static final String GIVEN = "Given-Secret-4711";
  private static final String DAMAGED =
      "A file of this run was damaged on this server. Upload it again.";

  @RegisterExtension final OwnServers servers = new OwnServers();
  @TempDir private Path folder;

  private TestServer start(Map<String, String> settings) {
    return servers.start(folder, settings);
  }

  private TestServer capped() {
    return start(Map.of("limits.partner-deletions-per-minute", Integer.toString(CAP)));
  }

  private static Agent agent(TestServer server) {
    return server.tenancy().agent(Role.ADMIN_AGENT);
  }

  private static ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID());
  }

  private static String deleting(List<UserId> users) {
    StringBuilder csv = new StringBuilder("id,operation\n");
    users.forEach(user -> csv.append(user).append(",delete\n"));
    return csv.toString();
  }

  /** A run that stands in its middle until the clock is moved. */
  private static String held(Visitor visitor, List<UserId> users) {
    String run = Runs.planned(visitor, deleting(users));
    assertThat(Runs.begun(visitor, run, "apply").status()).isEqualTo(303);
    var _ =
        Runs.await(
            visitor,
            run,
            page ->
                page.text().contains("Rows that have ended: " + CAP + " of " + ROWS)
                    && page.text().contains("<progress"));
    return run;
  }

  private static void requireDeletedOnce(TestServer server, List<UserId> users) {
    for (UserId user : users) {
      List<Entry> entries = Runs.journal(server, user);
      assertThat(entries).as(user.toString()).hasSize(2);
      assertThat(Runs.user(server, user).isDeleted()).isTrue();
    }
  }

  @Test
  void filesThatAreNoneAreToldSo() {
    TestServer server = start(Map.of());
    Visitor admin = Visitor.signedIn(server, agent(server));
    byte[] picture = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', (byte) 0xff};
    byte[] workbook = {'P', 'K', 3, 4, 20, 0, 6, 0};

    RawAnswer none = Runs.uploaded(admin, new byte[0], Map.of());
    RawAnswer zip = Runs.uploaded(admin, workbook, Map.of());

    assertThat(admin.follow(none).status()).isEqualTo(200);
    assertThat(Runs.ended(admin, admin.local(none.header("Location"))).text())
        .contains("The file is empty; its first line must name the columns.")
        .contains("There is nothing to apply.");
    assertThat(zip.status()).isEqualTo(400);
    assertThat(zip.text()).contains("This is a spreadsheet or an archive.");
    RawAnswer unread =
        Runs.ended(admin, admin.local(Runs.uploaded(admin, picture, Map.of()).header("Location")));
    assertThat(unread.text()).contains("The file is not UTF-8: byte 0x89 at offset 0.");
    String unknown = Runs.planned(admin, "Name;Country\nAda;GB\n");
    assertThat(admin.get(unknown).text())
        .contains("<code>Name</code>", "The column is not known; there are")
        .doesNotContain("A mapping names it", "/data/", folder.toString());
    String broken = Runs.planned(admin, "id,displayName\n\"open,quote\n");
    assertThat(admin.get(broken).text()).contains("The line is broken");
  }

  @Test
  void formWithoutAFileIsToldSo() {
    TestServer server = start(Map.of());
    Visitor admin = Visitor.signedIn(server, agent(server));
    Map<String, String> form = Visitor.fieldsOf(admin.get(Runs.LIST), Runs.LIST);

    RawAnswer plain = admin.post(Runs.LIST, form);
    RawAnswer empty = admin.upload(Runs.LIST, form, "", new byte[0]);
    RawAnswer forged = admin.upload(Runs.LIST, Map.of("form_token", "x"), "a.csv", new byte[9]);

    assertThat(plain.status()).isEqualTo(400);
    assertThat(plain.text()).contains("Choose a file first.");
    assertThat(empty.status()).isEqualTo(400);
    assertThat(forged.status()).isEqualTo(403);
  }

  @Test
  void fileUpToTheLimitIsTakenAndALargerOneIsNot() {
    TestServer server = start(Map.of("dashboard.bulk-most-kilobytes", "600"));
    Visitor admin = Visitor.signedIn(server, agent(server));
    byte[] most =
        ("id,displayName\n" + " ".repeat(600 * 1024 - 15)).getBytes(StandardCharsets.UTF_8);

    RawAnswer taken = Runs.uploaded(admin, most, Map.of());
    RawAnswer byOne = Runs.uploaded(admin, new byte[600 * 1024 + 1], Map.of());
    RawAnswer byFar = Runs.uploaded(admin, new byte[700 * 1024], Map.of());

    assertThat(most).hasSize(600 * 1024);
    assertThat(taken.status()).as(taken.toString()).isEqualTo(303);
    assertThat(byOne.status()).isEqualTo(413);
    assertThat(byOne.text()).contains("Split it into several");
    assertThat(byFar.status()).isEqualTo(413);
    assertThat(byFar.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(byFar.text()).contains("The file is larger than 600 KiB.");
  }

  /** Other forms are no larger than before. */
  @Test
  void largeFormsElsewhereAreNotTaken() {
    TestServer server = start(Map.of());
    Visitor admin = Visitor.signedIn(server, agent(server));
    Map<String, String> form = new HashMap<>(Visitor.fieldsOf(admin.get(Runs.LIST), Runs.LIST));

    RawAnswer answer =
        admin.upload(
            "/dashboard/customers/" + Tenancy.CUSTOMER + "/users/" + Tenancy.USER,
            form,
            "a.csv",
            new byte[300 * 1024]);

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text()).contains("The body is larger than 256 KiB.");
  }

  /** A run has one file and one plan of it, so who confirms it confirms what was shown. */
  @Test
  void planIsAppliedAsItWasShownOrNotAtAll() throws IOException {
    TestServer server = start(Map.of());
    Visitor admin = Visitor.signedIn(server, agent(server));
    UserId user = server.tenancy().newUser();
    String head = "id,displayName\n" + user;
    String run = Runs.planned(admin, head + ",Shown\n");
    Map<String, String> form = Visitor.fieldsOf(admin.get(run), run + "/apply");
    Path plan = path(run).resolve("plan");
    byte[] shown = Files.readAllBytes(plan);

    String another = Runs.planned(admin, head + ",Another\n");
    assertThat(another).as("another file is another run").isNotEqualTo(run);
    assertThat(Files.readAllBytes(plan)).isEqualTo(shown);
    assertThat(admin.follow(admin.post(run + "/plan", form)).text())
        .contains("This was done before, or cannot be done any more.");
    String none = Runs.LIST + "/" + UUID.randomUUID();
    assertThat(admin.post(none + "/apply", form).status()).as("without a plan").isEqualTo(404);
    Visitor other = Visitor.signedIn(server, server.tenancy().agent(Role.HELPDESK_AGENT));
    Map<String, String> theirs = Visitor.fieldsOf(other.get(Runs.LIST), Runs.LIST);
    assertThat(other.post(run + "/apply", theirs).status()).as("somebody else's").isEqualTo(404);
    String edited = new String(shown, StandardCharsets.UTF_8).replace("\"Shown\"", "\"Other\"");
    assertThat(edited.getBytes(StandardCharsets.UTF_8)).isNotEqualTo(shown);
    Files.writeString(plan, edited);
    var _ = admin.post(run + "/apply", form);
    assertThat(path(run).resolve("ended.json")).content().doesNotContain("APPLY");
    assertThat(Runs.journal(server, user)).as("nothing but its creation").hasSize(1);

    Files.write(plan, shown);
    assertThat(Runs.pressed(admin, run, "apply").text()).contains("<dt>Done</dt><dd>1</dd>");
    assertThat(Runs.user(server, user).displayName()).isEqualTo("Shown");
  }

  @Test
  void agentWhoLosesTheRightStopsAndGoesOnWithItLater() throws Exception {
    TestServer server = capped();
    List<UserId> users = Runs.users(server, ROWS);
    Visitor admin = Visitor.signedIn(server, agent(server));
    String run = held(admin, users);

    give(server, Set.of(Role.USER_MANAGEMENT_ADMIN));
    assertThat(admin.get(run).status()).isEqualTo(403);
    awaitEnd(run);
    give(server, Set.of(Role.ADMIN_AGENT));
    RawAnswer stopped = admin.get(run);

    assertThat(Runs.state(stopped)).isEqualTo("APPLY_STOPPED");
    assertThat(stopped.text())
        .contains(
            "You may not go on with it.",
            "roles do not suffice for the next rows.",
            "<dt>Done</dt><dd>" + CAP + "</dd>",
            "Go on with the rest");
    server.clock().advance(Duration.ofMinutes(1));
    assertThat(Runs.pressed(admin, run, "apply").text())
        .contains("<dt>Done</dt><dd>" + ROWS + "</dd>");
    requireDeletedOnce(server, users);
  }

  private static void give(TestServer server, Set<Role> roles) {
    var _ =
        server
            .server()
            .directory()
            .agents()
            .update(
                Tenancy.PARTNER,
                agent(server).id(),
                new Agents.Update(null, roles, null),
                request());
  }

  @Test
  void agentWithAnotherPasswordEndsTheRun() throws Exception {
    TestServer server = capped();
    List<UserId> users = Runs.users(server, ROWS);
    Visitor admin = Visitor.signedIn(server, agent(server));
    String run = held(admin, users);

    var _ =
        server
            .server()
            .directory()
            .agents()
            .resetPassword(Tenancy.PARTNER, agent(server).id(), Tenancy.AGENT_PASSWORD, request());

    awaitEnd(run);
    Visitor again = Visitor.signedIn(server, agent(server));
    assertThat(again.get(run).text())
        .contains("The agent who began this was disabled or given another password.");
  }

  @Test
  void customerThatIsNoneOfThePartnersAnyMoreEndsTheRun() throws Exception {
    TestServer server = capped();
    List<UserId> users = Runs.users(server, ROWS);
    Visitor admin = Visitor.signedIn(server, agent(server));
    String run = held(admin, users);

    var _ = server.server().directory().customers().removeRelationship(Tenancy.CUSTOMER, request());

    assertThat(admin.get(run).status()).isEqualTo(404);
    awaitEnd(run);
    assertThat(ended(run)).contains("SIGNED_OUT", "The customer is none of the partner");
    assertThat(users.stream().filter(user -> Runs.user(server, user).isDeleted())).hasSize(CAP);
  }

  @Test
  void stoppedServerLeavesARunThatGoesOn() throws Exception {
    TestServer server = capped();
    List<UserId> users = Runs.users(server, ROWS);
    String run = held(Visitor.signedIn(server, agent(server)), users);

    TestServer again = server.restart(folder);
    try {
      Visitor admin = Visitor.signedIn(again, agent(again));
      RawAnswer interrupted = admin.get(run);
      RawAnswer report = Runs.pressed(admin, run, "apply");

      assertThat(Runs.state(interrupted)).isEqualTo("APPLY_STOPPED");
      assertThat(interrupted.text())
          .contains(
              "Somebody stopped it, or the server was stopped.",
              "<dt>Done</dt><dd>" + CAP + "</dd>",
              "Go on with the rest",
              "Take the changes back");
      assertThat(report.text()).contains("<dt>Done</dt><dd>" + ROWS + "</dd>");
      requireDeletedOnce(again, users);
    } finally {
      again.close();
    }
  }

  @Test
  void agentStopsARunAndTakesItBack() throws Exception {
    TestServer server = capped();
    List<UserId> users = Runs.users(server, ROWS);
    Map<UserId, String> before = Runs.inUse(server);
    Visitor admin = Visitor.signedIn(server, agent(server));
    String run = held(admin, users);

    RawAnswer refused =
        admin.post(run + "/remove", Visitor.fieldsOf(admin.get(run), run + "/stop"));
    assertThat(admin.follow(refused).text())
        .contains("Something is under way with this run already.");
    RawAnswer stopped = Runs.pressed(admin, run, "stop");
    RawAnswer undone = Runs.pressed(admin, run, "undo");

    assertThat(Runs.state(stopped)).isEqualTo("APPLY_STOPPED");
    assertThat(Runs.state(undone)).isEqualTo("UNDONE");
    assertThat(Runs.inUse(server)).isEqualTo(before);
    assertThat(undone.text()).doesNotContain("Go on with the rest");
  }

  @Test
  void limitOnRequestsHoldsForRowsToo() throws Exception {
    TestServer server = start(Map.of("limits.customer-requests-per-minute", "60"));
    List<UserId> users = Runs.users(server, ROWS);
    Visitor admin = Visitor.signedIn(server, agent(server));
    RawAnswer answer =
        Runs.uploaded(admin, deleting(users).getBytes(StandardCharsets.UTF_8), Map.of());
    String run = admin.local(answer.header("Location"));

    RawAnswer refused = admin.get(run);
    while (refused.status() != 429) {
      refused = admin.get(run);
    }
    assertThat(path(run).resolve("ended.json")).doesNotExist();
    server.clock().advance(Duration.ofMinutes(1));
    RawAnswer page = admin.get(run);
    while (page.status() == 429 || Runs.state(page).equals("PLANNING")) {
      server.clock().advance(Duration.ofSeconds(1));
      page = admin.get(run);
    }

    assertThat(Runs.state(page)).isEqualTo("PLANNED");
  }

  @Test
  void runsAreBoundedAndOldOnesArePurged() throws IOException {
    TestServer server =
        start(Map.of("dashboard.bulk-runs-per-agent", "2", "dashboard.bulk-keep-days", "3"));
    Visitor admin = Visitor.signedIn(server, agent(server));
    Visitor helpdesk = Visitor.signedIn(server, server.tenancy().agent(Role.HELPDESK_AGENT));
    String first = Runs.planned(admin, "id,displayName\n" + Tenancy.USER + ",One\n");
    var _ = Runs.planned(admin, "id,displayName\n" + Tenancy.USER + ",Two\n");
    byte[] third = "id,displayName\n".getBytes(StandardCharsets.UTF_8);

    RawAnswer refused = Runs.uploaded(admin, third, Map.of());
    RawAnswer others = Runs.uploaded(helpdesk, third, Map.of());
    server.clock().advance(Duration.ofDays(3));
    Visitor later = Visitor.signedIn(server, agent(server));
    RawAnswer taken = Runs.uploaded(later, third, Map.of());

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text()).contains("You have as many runs as you may have");
    assertThat(others.status()).isEqualTo(303);
    assertThat(taken.status()).isEqualTo(303);
    assertThat(later.get(first).status()).isEqualTo(404);
    assertThat(Files.exists(path(first))).isFalse();
    var _ = Runs.ended(later, later.local(taken.header("Location")));
  }

  @Test
  void filesOfRunsAreTheirOwnersOnly() throws IOException {
    TestServer server = start(Map.of());
    Visitor admin = Visitor.signedIn(server, agent(server));
    String run =
        Runs.planned(
            admin,
            "userPrincipalName,displayName,operation\nn@" + Tenancy.DOMAIN + ",N,create\n",
            Map.of("passwords", "on"));
    Runs.pressed(admin, run, "apply");

    try (Stream<Path> files = Files.walk(path(run).getParent())) {
      assertThat(files)
          .hasSizeGreaterThan(6)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .as(file.toString())
                  .endsWith("------"));
    }
  }

  private static String settingPasswords(List<UserId> users) {
    StringBuilder csv = new StringBuilder("id,operation,password\n");
    users.forEach(user -> csv.append(user).append(",resetPassword,").append(GIVEN).append("\n"));
    return csv.append("nobody,resetPassword,").append(GIVEN).append("\n").toString();
  }

  private TestServer cappedResets() {
    return start(Map.of("limits.partner-password-resets-per-minute", "3"));
  }

  private void requireNoTrace(String... secrets) {
    assertThat(SecretSearch.of(List.of(secrets)).inFiles(folder)).isEmpty();
  }

  /** A run whose first three passwords are set; one more row is not good, and one is generated. */
  private static String heldAtPasswords(Visitor admin, List<UserId> users) {
    String csv = settingPasswords(users) + Tenancy.USER + ",resetPassword,\n";
    String run = Runs.planned(admin, csv, Map.of("passwords", "on"));
    assertThat(Runs.begun(admin, run, "apply").status()).isEqualTo(303);
    var _ = Runs.await(admin, run, page -> page.text().contains("Rows that have ended: 3 of 6"));
    return run;
  }

  @Test
  void passwordsOfAFileAreInNoFileWhateverHappensToTheRun() throws Exception {
    TestServer server = cappedResets();
    List<UserId> users = Runs.users(server, 5);
    Visitor admin = Visitor.signedIn(server, agent(server));
    String run = heldAtPasswords(admin, users);
    requireNoTrace(GIVEN);

    TestServer again = server.restart(folder);
    try {
      requireNoTrace(GIVEN);
      admin = Visitor.signedIn(again, agent(again));
      RawAnswer report = Runs.pressed(admin, run, "apply");
      assertThat(report.text()).contains("<dt>Done</dt><dd>6</dd>");
      assertThat(path(run).resolve("upload.csv")).doesNotExist();
      assertThat(admin.get(run + "/failed").status()).isEqualTo(404);
      assertThat(admin.get(run + "/problems").text()).contains("nobody").doesNotContain(GIVEN);
      String list = admin.submit(report, run + "/passwords", Map.of()).text();
      String made = list.strip().substring(list.strip().lastIndexOf(',') + 1);
      assertThat(made).hasSize(20);
      requireNoTrace(GIVEN, made);
      requirePassword(again, users.getLast(), GIVEN);
      requirePassword(again, Tenancy.USER, made);
    } finally {
      again.close();
    }
  }

  private static void requirePassword(TestServer server, UserId user, String password) {
    String hash =
        server.server().directory().users().passwordHash(Tenancy.CUSTOMER, user).orElseThrow();
    try (PasswordHasher hasher =
        new PasswordHasher(new SecureRandom(), PasswordHashing.standard())) {
      assertThat(hasher.verify(password, hash)).isTrue();
    }
  }

  @Test
  void uploadIsKeptForAsLongAsARowOfItMayBeWanted() throws Exception {
    TestServer server = start(Map.of());
    List<UserId> users = Runs.users(server, 2);
    Visitor admin = Visitor.signedIn(server, agent(server));
    String none = Runs.planned(admin, "id,operation,password\nnobody,resetPassword," + GIVEN);
    String stale = Runs.planned(admin, settingPasswords(users));
    String other = Runs.planned(admin, "id,displayName\n" + users.getFirst() + ",Other\n");
    Runs.pressed(admin, other, "apply");

    RawAnswer report = Runs.pressed(admin, stale, "apply");

    assertThat(path(none).resolve("upload.csv")).doesNotExist();
    assertThat(path(other).resolve("upload.csv")).doesNotExist();
    assertThat(report.text()).contains("<dt>Changed by others, and left alone</dt><dd>1</dd>");
    assertThat(admin.get(stale + "/failed").text())
        .contains(users.getFirst().toString(), GIVEN)
        .doesNotContain(users.getLast().toString());
    requireNoTrace(GIVEN);
  }

  /** What an earlier version has left is encrypted with the first start, and goes on. */
  @Test
  void plainFilesOfAnEarlierVersionAreEncrypted() throws Exception {
    TestServer server = cappedResets();
    List<UserId> users = Runs.users(server, 5);
    String run = heldAtPasswords(Visitor.signedIn(server, agent(server)), users);
    server.close();
    String seed = "0123456789abcdef".repeat(4);
    String csv = settingPasswords(users) + Tenancy.USER + ",resetPassword,\n";
    Files.writeString(path(run).resolve("upload.csv"), csv);
    Files.writeString(path(run).resolve("plan.seed"), seed + "\n");
    Files.writeString(path(run).resolve("passwords.csv"), GIVEN);
    Files.writeString(path(run).resolve("failed.csv"), GIVEN);

    TestServer again = server.restart(folder);
    try {
      requireNoTrace(GIVEN, seed);
      Visitor admin = Visitor.signedIn(again, agent(again));
      assertThat(Runs.pressed(admin, run, "apply").text()).contains("<dt>Done</dt><dd>6</dd>");
      assertThat(admin.submit(run, run + "/passwords", Map.of()).text())
          .contains(Tenancy.USER.toString());
    } finally {
      again.close();
    }
  }

  @Test
  void fileThatWasDamagedOrExchangedIsRefused() throws Exception {
    TestServer server = start(Map.of());
    List<UserId> users = Runs.users(server, 2);
    Visitor admin = Visitor.signedIn(server, agent(server));
    byte[] plain = settingPasswords(users).getBytes(StandardCharsets.UTF_8);
    String other = Runs.planned(admin, settingPasswords(users));
    byte[] others = Files.readAllBytes(path(other).resolve("upload.csv"));

    for (Damage damage :
        List.<Damage>of(
            whole -> Arrays.copyOf(whole, whole.length - 1),
            BulkFaultsTest::altered,
            whole -> others,
            whole -> plain)) {
      String run = Runs.planned(admin, settingPasswords(users));
      Path upload = path(run).resolve("upload.csv");
      Files.write(upload, damage.of(Files.readAllBytes(upload)));

      RawAnswer applied = Runs.pressed(admin, run, "apply");
      Files.delete(path(run).resolve("plan"));
      Files.delete(path(run).resolve("plan.run"));
      Files.delete(path(run).resolve("ended.json"));
      RawAnswer planned = Runs.pressed(admin, run, "plan");

      assertThat(Runs.state(applied)).isEqualTo("APPLY_STOPPED");
      assertThat(applied.text()).contains(DAMAGED, "<dt>Rows in all</dt><dd>2</dd>");
      assertThat(Runs.state(planned)).isEqualTo("FAILED");
      assertThat(planned.text()).contains(DAMAGED).doesNotContain(folder.toString());
      assertThat(upload).doesNotExist();
    }
    for (UserId user : users) {
      assertThat(Runs.journal(server, user)).hasSize(1);
    }
  }

  /** Something that happens to a file. */
  @FunctionalInterface
  private interface Damage {
    byte[] of(byte[] whole);
  }

  private static byte[] altered(byte[] whole) {
    byte[] altered = whole.clone();
    altered[whole.length / 2] ^= 1;
    return altered;
  }

  @Test
  void serverWithoutAPlaceForFilesSaysSo() throws IOException {
    TestServer server = start(Map.of());
    Visitor admin = Visitor.signedIn(server, agent(server));
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data").resolve("bulk"), "in the way");

    RawAnswer answer = Runs.uploaded(admin, new byte[] {'i', 'd'}, Map.of());

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text())
        .contains("This server cannot keep files at the moment.")
        .doesNotContain(folder.toString());
  }

  private Path path(String run) {
    return folder.resolve("data").resolve("bulk").resolve(Runs.id(run));
  }

  private String ended(String run) {
    try {
      return Files.readString(path(run).resolve("ended.json"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Nobody may look at the run's page meanwhile. */
  private void awaitEnd(String run) {
    Until.met(() -> ended(run).contains("SIGNED_OUT"));
  }
}
