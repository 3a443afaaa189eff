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
import dev.vidame.server.http.MassCaps.Kind;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    start(folder, 2);
  }

  private void start(Path where, int perMinute) {
    String most = Integer.toString(perMinute);
    server =
        TestServer.start(
            where,
            Map.of(
                "limits.partner-password-resets-per-minute", most,
                "limits.partner-deletions-per-minute", most,
                "limits.partner-restorations-per-minute", most,
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

  /** A way to change an account so. */
  enum Way {
    PASSWORD_CHANGE(Kind.RESET),
    PASSWORD_ROUTE(Kind.RESET),
    PASSWORD_PAGE(Kind.RESET),
    DELETION_ROUTE(Kind.DELETION),
    DELETION_PAGE(Kind.DELETION),
    DELETION_OF_SELECTED(Kind.DELETION),
    STATE_CHANGE(Kind.RESTORATION),
    REVERT(Kind.RESTORATION),
    RESTORATION_PAGE(Kind.RESTORATION),
    RESTORATION_OF_SELECTED(Kind.RESTORATION);

    private final Kind kind;

    Way(Kind kind) {
      this.kind = kind;
    }

    private static List<Way> of(Kind kind) {
      return Stream.of(values()).filter(way -> way.kind == kind).toList();
    }
  }

  private RawAnswer take(Way way, UserId user) {
    return switch (way) {
      case PASSWORD_CHANGE -> server.sendAsAdmin(RawRequest.patch(path(user), RESET));
      case PASSWORD_ROUTE ->
          server.sendAsAdmin(RawRequest.patch(path(user) + "/resetpassword", RESET));
      case PASSWORD_PAGE -> submit(page(user) + "/password", page(user) + "/password");
      case DELETION_ROUTE -> server.sendAsAdmin(RawRequest.of("DELETE", path(user)));
      case DELETION_PAGE -> submit(page(user), page(user) + "/delete");
      case DELETION_OF_SELECTED -> selected("delete", user);
      case STATE_CHANGE -> server.sendAsAdmin(RawRequest.patch(path(user), RESTORE));
      case REVERT -> {
        String body = "{\"toSeq\":" + Runs.journal(server, user).getFirst().seq() + "}";
        yield server.sendAsAdmin(
            RawRequest.of("POST", "/vidame" + path(user) + "/revert").body(body));
      }
      case RESTORATION_PAGE -> submit(CUSTOMER + "/deleted", page(user) + "/restore");
      case RESTORATION_OF_SELECTED -> selected("restore", user);
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

  /** Refused, however this way says so. */
  private static void requireTooMany(Way way, RawAnswer answer) {
    switch (way) {
      case DELETION_OF_SELECTED, RESTORATION_OF_SELECTED ->
          assertThat(answer.text()).contains("Refused: 1", TOO_MANY);
      default -> requireTooMany(answer);
    }
  }

  private List<UserId> deleted(int count) {
    List<UserId> users = users(count);
    for (UserId user : users) {
      requireDone(take(Way.DELETION_ROUTE, user));
      server.clock().advance(Duration.ofSeconds(31));
    }
    return users;
  }

  private boolean isDeleted(UserId user) {
    return Runs.user(server, user).isDeleted();
  }

  @ParameterizedTest
  @EnumSource
  void changesAreCappedAndMarkedWhateverWayTheyCome(Way way) {
    List<UserId> users = way.kind == Kind.RESTORATION ? deleted(3) : users(3);
    UserId last = users.getLast();
    List<Entry> before = Runs.journal(server, last);
    requireDone(take(way, users.get(0)));
    requireDone(take(way, users.get(1)));

    for (Way each : Way.of(way.kind)) {
      requireTooMany(each, take(each, last));
    }
    assertThat(marks(users)).containsExactly("", "2", "");
    assertThat(Runs.journal(server, last)).as("nothing was done").isEqualTo(before);
    assertThat(isDeleted(last)).isEqualTo(way.kind == Kind.RESTORATION);
    server.clock().advance(Duration.ofSeconds(30));
    requireDone(take(way, last));
    assertThat(Runs.journal(server, last)).as("it was done").hasSize(before.size() + 1);
    assertThat(isDeleted(last)).isEqualTo(way.kind == Kind.DELETION);
  }

  /** Whoever holds an agent's session could lock the partner's other agents out with it. */
  @Test
  void passwordsOfAgentsCountAsWell() {
    Agent other = server.tenancy().agent(Role.HELPDESK_AGENT);
    String agent = "/dashboard/agents/" + other.id();
    requireDone(submit(agent, agent + "/password"));
    requireDone(submit(agent, agent + "/password"));

    requireTooMany(submit(agent, agent + "/password"));
    requireTooMany(take(Way.PASSWORD_CHANGE, Tenancy.USER));
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
    requireDone(take(Way.STATE_CHANGE, gone));
  }

  @Test
  void refusedRestorationIsRecorded() {
    List<UserId> users = deleted(3);
    for (UserId user : users) {
      take(Way.STATE_CHANGE, user);
    }

    assertThat(server.sendAsAdmin(RawRequest.get("/v1/auditrecords?size=1")).text())
        .contains("\"operationStatus\":\"failed\"", TOO_MANY);
    assertThat(server.sendAsAdmin(RawRequest.get("/v1/auditrecords?size=3")).text())
        .contains("restore_customer_user", "MassOperationCount");
  }

  /** What finds no account counts, too, so it takes no accounts to leave room for two. */
  private void leaveRoomForTwo(Kind kind) {
    Map<String, String> form = Visitor.hidden(admin.get(CUSTOMER).text());
    for (int i = 0; i < ROOM - 2; i++) {
      UserId nobody = new UserId(UUID.randomUUID());
      switch (kind) {
        case RESET -> take(Way.PASSWORD_CHANGE, nobody);
        case DELETION -> take(Way.DELETION_ROUTE, nobody);
        case RESTORATION -> admin.post(page(nobody) + "/restore", form);
      }
    }
  }

  private static String csv(Kind kind, List<UserId> users) {
    String operation =
        switch (kind) {
          case RESET -> "resetPassword";
          case DELETION -> "delete";
          case RESTORATION -> "restore";
        };
    String password = kind == Kind.RESET ? "Given-Secret-4711" : "";
    StringBuilder csv = new StringBuilder("id,operation,password\n");
    users.forEach(user ->
        csv.append(user).append(',').append(operation).append(',').append(password).append('\n'));
    return csv.toString();
  }

  /**
   * A run can wait, so its rows do; two of these four are of the first minute. Where a minute's
   * worth is so many, a run waits a second only.
   */
  @ParameterizedTest
  @EnumSource
  void rowsOfARunWaitAndAreMarked(Kind kind) {
    server.close();
    start(folder.resolve("rows"), ROOM);
    List<UserId> users = users(4);
    if (kind == Kind.RESTORATION) {
      users.forEach(user -> requireDone(take(Way.DELETION_ROUTE, user)));
    }
    leaveRoomForTwo(kind);
    String run = Runs.planned(admin, csv(kind, users));

    assertThat(Runs.begun(admin, run, "apply").status()).isEqualTo(303);
    var _ = Runs.await(admin, run, page -> page.text().contains("Rows that have ended: 2 of 4"));
    server.clock().advance(Duration.ofMinutes(1));
    RawAnswer report = Runs.ended(admin, run);

    assertThat(report.text()).contains("<dt>Done</dt><dd>4</dd>");
    assertThat(marks(users)).containsExactlyInAnyOrder("59", "60", "", "2");
  }
}
