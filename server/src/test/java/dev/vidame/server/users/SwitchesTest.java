package dev.vidame.server.users;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator's switches change for callers. */
class SwitchesTest {
  private static final String USERS = "/v1/customers/" + Tenancy.CUSTOMER + "/users";
  private static final String RESET = "{\"passwordProfile\":{\"password\":\"Password1!\"}}";

  @TempDir private Path folder;

  private TestServer start(String name, String value) {
    return TestServer.start(folder, Map.of(name, value));
  }

  @Test
  void collectionTakesPatchOnlyWithTheAccountsId() {
    try (TestServer server = TestServer.start(folder)) {
      assertThat(server.sendAsAdmin(withId()).outcome()).isEqualTo("200");
      for (String body : new String[] {"{}", "{\"id\":null}", "{\"id\":\"x\"}"}) {
        assertThat(server.sendAsAdmin(RawRequest.patch(USERS, body)).outcome())
            .isEqualTo("405/800002");
      }
    }
  }

  @Test
  void collectionTakesNoPatchAtAllWhenSwitchedOff() {
    try (TestServer server = start("compat.patch-collection", "false")) {
      assertThat(server.sendAsAdmin(withId()).outcome()).isEqualTo("405/800002");
      assertThat(server.sendAsAdmin(RawRequest.patch(USERS, "{")).outcome())
          .isEqualTo("405/800002");
    }
  }

  private static RawRequest withId() {
    return RawRequest.patch(USERS, "{\"id\":\"" + Tenancy.USER + "\",\"firstName\":\"x\"}");
  }

  @Test
  void passwordIsShownOnlyWhereTheDocumentsShowIt() {
    try (TestServer server = start("compat.echo-password", "true")) {
      assertThat(
              server
                  .sendAsAdmin(RawRequest.patch(foundingPath(), RESET.replace("ord1", "ork9")))
                  .text())
          .contains("\"password\":\"Passwork9!\"");
      assertThat(server.sendAsAdmin(RawRequest.get(foundingPath())).text()).doesNotContain("assw");
      assertThat(
              server
                  .sendAsAdmin(
                      RawRequest.patch(
                          foundingPath(),
                          "{\"firstName\":\"x\",\"passwordProfile\":{\"password\":\"Other-77x\"}}"))
                  .text())
          .doesNotContain("assw")
          .doesNotContain("Other-77x");
    }
  }

  @Test
  void createAnswersWithTheStatusOfTheDocumentsAlsoWhenItIsRepeated() {
    RawRequest create =
        RawRequest.of("POST", USERS)
            .body(
                "{\"userPrincipalName\":\"new@%s\",\"displayName\":\"New\",\"passwordProfile\":{\"password\":\"Correct-77x\"}}"
                    .formatted(Tenancy.DOMAIN))
            .id(UUID.randomUUID());
    try (TestServer server = start("compat.create-user-status", "200")) {
      assertThat(server.sendAsAdmin(create).outcome()).isEqualTo("200");
      RawAnswer again = server.sendAsAdmin(create);
      assertThat(again.outcome()).isEqualTo("200");
      assertThat(again.isReplayed()).isTrue();
    }
    try (TestServer server = TestServer.start(folder.resolve("other"))) {
      assertThat(server.sendAsAdmin(create).outcome()).isEqualTo("201");
    }
  }

  @Test
  void commonPasswordIsRefusedUnlessTheListIsOff() {
    try (TestServer server = TestServer.start(folder)) {
      assertThat(server.sendAsAdmin(RawRequest.patch(foundingPath(), RESET)).outcome())
          .isEqualTo("400/3000");
    }
    try (TestServer server =
        TestServer.start(
            folder.resolve("other"), Map.of("validation.password-ban-list", "false"))) {
      assertThat(server.sendAsAdmin(RawRequest.patch(foundingPath(), RESET)).outcome())
          .isEqualTo("200");
    }
  }

  @Test
  void lenientUsageLocationTakesAnyTextOfALine() {
    try (TestServer server = start("validation.usage-location", "lenient")) {
      assertThat(locate(server, "new country/region code")).isEqualTo("200");
      assertThat(locate(server, "x".repeat(64))).isEqualTo("200");
      assertThat(locate(server, "x".repeat(65))).isEqualTo("400/3000");
      assertThat(locate(server, "")).isEqualTo("400/3000");
    }
  }

  private static String locate(TestServer server, String text) {
    return server
        .sendAsAdmin(RawRequest.patch(foundingPath(), "{\"usageLocation\":\"" + text + "\"}"))
        .outcome();
  }
}
