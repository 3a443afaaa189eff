package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be done so often only is counted whatever way it comes, and for all ways together. */
class MassCapsTest {
  private static final String CUSTOMER = "/dashboard/customers/" + Tenancy.CUSTOMER;
  private static final String RESET = "{\"passwordProfile\":{\"password\":\"Reset-Reset-1\"}}";
  private static final String RESTORE = "{\"state\":\"active\"}";
  private static final int ROOM = 60;
  private static final String TOO_MANY = "More accounts are changed so than is allowed";

  @TempDir private Path folder;
  private TestServer server;
  private Visitor admin;

  @BeforeEach
  void start() {
    server =
        TestServer.start(
            folder,
            Map.of(
                "limits.partner-password-resets-per-minute", "2",
                "limits.partner-deletions-per-minute", "2",
                "limits.partner-restorations-per-minute", "2",
                "limits.mass-change-warning-per-minute", "1"));
    admin = Visitor.signedIn(server, server.tenancy().agent(Role.ADMIN_AGENT));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<UserId> users(int count) {
    return Stream.generate(() -> server.tenancy().newUser()).limit(count).toList();
  }

  private static String path(UserId user) {
    return TestServer.path(Tenancy.CUSTOMER, user);
  }

  private static String page(UserId user) {
    return CUSTOMER + "/users/" + user;
  }

  private RawAnswer submit(String page, String action) {
    return admin.submit(page, action, Map.of());
  }

  /** Done, however this way says so. */
  private static void requireDone(RawAnswer answer) {
    assertThat(answer.status()).as(answer.toString()).isIn(200, 204, 303);
  }

  private static void requireTooMany(RawAnswer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
    assertThat(answer.text()).contains(TOO_MANY);
  }

  /** How the last row about an account is marked; empty where it is not. */
  private String mark(UserId user) {
    Entry last = Runs.journal(server, user).getLast();
    return last.changes().stream()
        .filter(change -> change.field().equals(FieldChange.MASS))
        .map(change -> String.valueOf(change.after()))
        .findFirst()
        .orElse("");
  }

  private List<String> marks(List<UserId> users) {
    return users.stream().map(this::mark).toList();
  }

  /** A way to give an account another password. */
  enum Reset {
    CHANGE,
    ROUTE,
    PAGE
  }

  private RawAnswer reset(Reset way, UserId user) {
    return switch (way) {
      case CHANGE -> server.sendAsAdmin(RawRequest.patch(path(user), RESET));
      case ROUTE -> server.sendAsAdmin(RawRequest.patch(path(user) + "/resetpassword", RESET));
      case PAGE -> submit(page(user) + "/password", page(user) + "/password");
    };
  }

  @ParameterizedTest
  @EnumSource(Reset.class)
  void resetsAreCappedAndMarked(Reset way) {
    List<UserId> users = users(3);
    requireDone(reset(way, users.get(0)));
    requireDone(reset(way, users.get(1)));

    for (Reset each : Reset.values()) {
      requireTooMany(reset(each, users.get(2)));
    }
    assertThat(marks(users)).containsExactly("", "2", "");
    assertThat(Runs.journal(server, users.get(2))).as("nothing was done").hasSize(1);
    server.clock().advance(Duration.ofSeconds(30));
    requireDone(reset(way, users.get(2)));
  }

  /** Whoever holds an agent's session could lock the partner's other agents out with it. */
  @Test
  void passwordsOfAgentsCountAsWell() {
    Agent other = server.tenancy().agent(Role.HELPDESK_AGENT);
    String agent = "/dashboard/agents/" + other.id();
    requireDone(submit(agent, agent + "/password"));
    requireDone(submit(agent, agent + "/password"));

    requireTooMany(submit(agent, agent + "/password"));
    requireTooMany(reset(Reset.CHANGE, Tenancy.USER));
  }

  /** A way to delete an account. */
  enum Deletion {
    ROUTE,
    PAGE,
    SELECTION
  }

  private RawAnswer delete(Deletion way, UserId user) {
    return switch (way) {
      case ROUTE -> server.sendAsAdmin(RawRequest.of("DELETE", path(user)));
      case PAGE -> submit(page(user), page(user) + "/delete");
      case SELECTION -> selected("delete", user);
    };
  }

  /** What became of it is told on the page that follows. */
  private RawAnswer selected(String action, UserId user) {
    Map<String, String> fields = new HashMap<>(Visitor.hidden(admin.get(CUSTOMER).text()));
    fields.put("request", UUID.randomUUID().toString());
    fields.put("page", user.toString());
    fields.put("user." + user, "on");
    return admin.follow(admin.post(CUSTOMER + "/selected/" + action, fields));
  }

  private static void requireTooMany(boolean isSelection, RawAnswer answer) {
    if (isSelection) {
      assertThat(answer.text()).contains("Refused: 1", TOO_MANY);
    } else {
      requireTooMany(answer);
    }
  }

  @ParameterizedTest
  @EnumSource(Deletion.class)
  void deletionsAreCappedAndMarked(Deletion way) {
    List<UserId> users = users(3);
    requireDone(delete(way, users.get(0)));
    requireDone(delete(way, users.get(1)));

    for (Deletion each : Deletion.values()) {
      requireTooMany(each == Deletion.SELECTION, delete(each, users.get(2)));
    }
    assertThat(marks(users)).containsExactly("", "2", "");
    assertThat(Runs.user(server, users.get(2)).isDeleted()).isFalse();
  }

  /** A way to bring an account back. */
  enum Restoration {
    CHANGE,
    REVERT,
    PAGE,
    SELECTION
  }

  private RawAnswer restore(Restoration way, UserId user) {
    return switch (way) {
      case CHANGE -> server.sendAsAdmin(RawRequest.patch(path(user), RESTORE));
      case REVERT -> {
        String body = "{\"toSeq\":" + Runs.journal(server, user).getFirst().seq() + "}";
        yield server.sendAsAdmin(
            RawRequest.of("POST", "/vidame" + path(user) + "/revert").body(body));
      }
      case PAGE -> submit(CUSTOMER + "/deleted", page(user) + "/restore");
      case SELECTION -> selected("restore", user);
    };
  }

  private List<UserId> deleted(int count) {
    List<UserId> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UserId user = server.tenancy().newUser();
      users.add(user);
      requireDone(delete(Deletion.ROUTE, user));
      server.clock().advance(Duration.ofSeconds(31));
    }
    return users;
  }

  @ParameterizedTest
  @EnumSource(Restoration.class)
  void restorationsAreCappedAndMarked(Restoration way) {
    List<UserId> users = deleted(3);
    requireDone(restore(way, users.get(0)));
    requireDone(restore(way, users.get(1)));

    for (Restoration each : Restoration.values()) {
      requireTooMany(each == Restoration.SELECTION, restore(each, users.get(2)));
    }
    assertThat(marks(users)).containsExactly("", "2", "");
    assertThat(Runs.user(server, users.get(2)).isDeleted()).isTrue();
    server.clock().advance(Duration.ofSeconds(30));
    requireDone(restore(way, users.get(2)));
    assertThat(Runs.user(server, users.get(2)).isDeleted()).isFalse();
  }

  /** Clients send back all that they have read. */
  @Test
  void stateOfWhoIsInUseRestoresNobody() {
    UserId user = server.tenancy().newUser();
    for (int i = 0; i < 5; i++) {
      String body = "{\"state\":\"active\",\"displayName\":\"Name %d\"}".formatted(i);
      requireDone(server.sendAsAdmin(RawRequest.patch(path(user), body)));
    }

    assertThat(mark(user)).isEmpty();
    UserId gone = deleted(1).getFirst();
    requireDone(restore(Restoration.CHANGE, gone));
  }

  @Test
  void refusedRestorationIsRecorded() {
    List<UserId> users = deleted(3);
    for (UserId user : users) {
      restore(Restoration.CHANGE, user);
    }

    assertThat(server.sendAsAdmin(RawRequest.get("/v1/auditrecords?size=1")).text())
        .contains("\"operationStatus\":\"failed\"", TOO_MANY);
    assertThat(server.sendAsAdmin(RawRequest.get("/v1/auditrecords?size=3")).text())
        .contains("restore_customer_user", "MassOperationCount");
  }

  /** Where a minute's worth is so many, a run waits a second only. */
  private void startWithRoomFor(int perMinute) {
    server.close();
    String most = Integer.toString(perMinute);
    server =
        TestServer.start(
            folder.resolve("rows"),
            Map.of(
                "limits.partner-password-resets-per-minute", most,
                "limits.partner-deletions-per-minute", most,
                "limits.partner-restorations-per-minute", most,
                "limits.mass-change-warning-per-minute", "1"));
    admin = Visitor.signedIn(server, server.tenancy().agent(Role.ADMIN_AGENT));
  }

  /** What finds no account counts, too, so it takes no accounts to leave room for two. */
  private void leaveRoomForTwo(Consumer<UserId> way) {
    for (int i = 0; i < ROOM - 2; i++) {
      way.accept(new UserId(UUID.randomUUID()));
    }
  }

  /** A run can wait, so its rows do; two of these four are of the first minute. */
  private void requireHeld(List<UserId> users, String csv) {
    String run = Runs.planned(admin, csv);
    assertThat(Runs.begun(admin, run, "apply").status()).isEqualTo(303);
    var _ = Runs.await(admin, run, page -> page.text().contains("Rows that have ended: 2 of 4"));
    server.clock().advance(Duration.ofMinutes(1));

    RawAnswer report = Runs.ended(admin, run);

    assertThat(report.text()).contains("<dt>Done</dt><dd>4</dd>");
    assertThat(marks(users)).containsExactlyInAnyOrder("59", "60", "", "2");
  }

  private static String csv(String head, List<UserId> users, String row) {
    StringBuilder csv = new StringBuilder(head).append('\n');
    users.forEach(user -> csv.append(user).append(row).append('\n'));
    return csv.toString();
  }

  @Test
  void rowsThatResetWaitAndAreMarked() {
    startWithRoomFor(ROOM);
    leaveRoomForTwo(nobody -> reset(Reset.CHANGE, nobody));
    List<UserId> users = users(4);

    requireHeld(users, csv("id,operation,password", users, ",resetPassword,Given-Secret-4711"));
  }

  @Test
  void rowsThatDeleteWaitAndAreMarked() {
    startWithRoomFor(ROOM);
    leaveRoomForTwo(nobody -> delete(Deletion.ROUTE, nobody));
    List<UserId> users = users(4);

    requireHeld(users, csv("id,operation", users, ",delete"));
  }

  @Test
  void rowsThatRestoreWaitAndAreMarked() {
    startWithRoomFor(ROOM);
    List<UserId> users = users(4);
    users.forEach(user -> requireDone(delete(Deletion.ROUTE, user)));
    Map<String, String> form = Visitor.hidden(admin.get(CUSTOMER).text());
    leaveRoomForTwo(nobody -> admin.post(page(nobody) + "/restore", form));

    requireHeld(users, csv("id,operation", users, ",restore"));
  }
}
