package dev.vidame.server.admin;

import static dev.vidame.server.admin.Admin.APPLICATIONS;
import static dev.vidame.server.admin.Admin.OURS;
import static dev.vidame.server.admin.Admin.PASSWORD;
import static dev.vidame.server.admin.Admin.access;
import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator takes away is gone with the next request, whatever tokens there are. */
class EndsAtOnceTest {
  @TempDir private Path folder;
  private Admin admin;

  @BeforeEach
  void start() {
    admin = Admin.start(folder);
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private RawAnswer signIn() {
    RawAnswer tokens = admin.token(admin.server().tokens().passwordForm());
    assertThat(admin.read(access(tokens))).isEqualTo("200");
    return tokens;
  }

  private RawAnswer applicationsOwn() {
    RawAnswer tokens = admin.token(admin.server().tokens().applicationForm());
    assertThat(admin.list(access(tokens))).isEqualTo("200");
    return tokens;
  }

  private int signInAgain() {
    return admin.token(admin.server().tokens().passwordForm()).status();
  }

  @Test
  void rolesHoldFromTheNextRequestOn() {
    RawAnswer tokens = signIn();

    assertThat(admin.send("PATCH", admin.adminAgent(), "{\"roles\":[]}").status()).isEqualTo(200);

    assertThat(admin.read(access(tokens))).isEqualTo("403/900150");
  }

  @Test
  void deletedAgentsTokensEnd() {
    RawAnswer tokens = signIn();

    assertThat(admin.send("DELETE", admin.adminAgent()).status()).isEqualTo(204);

    assertThat(admin.read(access(tokens))).isEqualTo("403/2032");
    assertThat(admin.refreshed(tokens).status()).isEqualTo(400);
    assertThat(signInAgain()).isEqualTo(400);
    assertThat(admin.send("DELETE", admin.adminAgent()).outcome()).isEqualTo("404/1000");
  }

  @Test
  void disabledAgentComesBackWithoutItsSessions() {
    RawAnswer tokens = signIn();

    admin.send("PATCH", admin.adminAgent(), "{\"disabled\":true}");

    assertThat(admin.read(access(tokens))).isEqualTo("403/2032");
    assertThat(signInAgain()).isEqualTo(400);

    admin.send("PATCH", admin.adminAgent(), "{\"disabled\":\"false\"}");

    assertThat(admin.refreshed(tokens).status()).isEqualTo(400);
    assertThat(signInAgain()).isEqualTo(200);
  }

  @Test
  void resetPasswordEndsTheOldOneAndItsSessions() {
    RawAnswer tokens = signIn();

    RawAnswer reset =
        admin.send(
            "POST", admin.adminAgent() + "/resetpassword", "{\"password\":\"" + PASSWORD + "\"}");

    assertThat(reset.status()).isEqualTo(204);
    assertThat(admin.refreshed(tokens).status()).isEqualTo(400);
    assertThat(signInAgain()).isEqualTo(400);
  }

  @Test
  void deletedApplicationsTokensEnd() {
    RawAnswer ofAgent = signIn();
    RawAnswer own = applicationsOwn();

    assertThat(admin.send("DELETE", admin.application()).status()).isEqualTo(204);

    assertThat(admin.read(access(ofAgent))).isEqualTo("403/2032");
    assertThat(admin.list(access(own))).isEqualTo("403/2032");
    assertThat(admin.refreshed(ofAgent).status()).isEqualTo(401);
    assertThat(admin.read(admin.server().tokens().adminThroughPublicClient())).isEqualTo("200");
  }

  @Test
  void disabledApplicationComesBack() {
    RawAnswer own = applicationsOwn();

    admin.send("PATCH", admin.application(), "{\"disabled\":true}");

    assertThat(admin.list(access(own))).isEqualTo("403/2032");
    assertThat(admin.token(admin.server().tokens().applicationForm()).status()).isEqualTo(401);

    admin.send("PATCH", admin.application(), "{\"disabled\":false}");

    assertThat(admin.list(access(own))).isEqualTo("200");
  }

  @Test
  void tokensOfADeletedSecretEndAndThoseOfTheOtherGoOn() {
    RawAnswer created = admin.send("POST", APPLICATIONS, "{\"name\":\"Tool\"}");
    String id = created.json().get("id").text();
    String secrets = APPLICATIONS + "/" + id + "/secrets";
    RawAnswer second = admin.send("POST", secrets);
    String ofFirst = access(admin.tokenOf(id, created.json().get("secret").text()));
    String ofSecond = access(admin.tokenOf(id, second.json().get("secret").text()));
    assertThat(admin.list(ofFirst)).isEqualTo("200");
    assertThat(admin.list(ofSecond)).isEqualTo("200");

    assertThat(admin.send("DELETE", secrets + "/" + second.json().get("id").text()).status())
        .isEqualTo(204);

    // 401, so that a client whose secret was exchanged asks for another token.
    assertThat(admin.list(ofSecond)).isEqualTo("401/400");
    assertThat(admin.list(ofFirst)).isEqualTo("200");
  }

  @Test
  void agentsTokenOfADeletedSecretEnds() {
    RawAnswer tokens = signIn();
    String secrets = admin.application() + "/secrets";
    String id = admin.send("GET", secrets).json().get("items").items().getFirst().get("id").text();

    assertThat(admin.send("DELETE", secrets + "/" + id).status()).isEqualTo(204);

    assertThat(admin.read(access(tokens))).isEqualTo("401/400");
    assertThat(admin.refreshed(tokens).status()).isEqualTo(401);
  }

  @Test
  void disabledPartnersTokensEndUntilItIsAllowedAgain() {
    RawAnswer ofAgent = signIn();
    RawAnswer own = applicationsOwn();

    assertThat(admin.send("PATCH", OURS, "{\"disabled\":true}").status()).isEqualTo(200);

    assertThat(admin.read(access(ofAgent))).isEqualTo("403/2032");
    assertThat(admin.list(access(own))).isEqualTo("403/2032");
    assertThat(admin.token(admin.server().tokens().applicationForm()).status()).isEqualTo(401);
    assertThat(admin.refreshed(ofAgent).status()).isEqualTo(401);

    admin.send("PATCH", OURS, "{\"disabled\":false}");

    assertThat(admin.read(access(ofAgent))).isEqualTo("200");
    assertThat(admin.refreshed(ofAgent).status()).isEqualTo(200);
  }

  @Test
  void whatADeletedAgentAndApplicationDidIsStillToldByTheirNames() {
    String agent = admin.server().tenancy().agent(Role.ADMIN_AGENT).userPrincipalName();
    admin.send("PATCH", admin.application(), "{\"name\":\"Old portal\"}");
    admin.server().sendAsAdmin(RawRequest.patch(foundingPath(), "{\"displayName\":\"New\"}"));
    String observer = admin.server().tokens().adminThroughPublicClient();
    admin.send("PATCH", otherAgent(), "{\"roles\":[\"admin_agent\"]}");

    admin.send("DELETE", admin.adminAgent());
    admin.send("DELETE", admin.application());

    assertThat(admin.read(observer)).isEqualTo("403/2032");
    String records = records();
    assertThat(records).contains(agent, "Old portal").doesNotContain(admin.id());
  }

  private String otherAgent() {
    return Admin.AGENTS + "/" + admin.server().tenancy().agent(Role.SALES_AGENT).id();
  }

  /** As the partner's remaining administrator sees them, through its other application. */
  private String records() {
    String token =
        admin
            .server()
            .tokens()
            .of(
                admin.server().tenancy().publicClient(),
                admin.server().tenancy().agent(Role.SALES_AGENT));
    RawAnswer answer = admin.server().send(RawRequest.get("/v1/auditrecords").token(token));
    assertThat(answer.status()).isEqualTo(200);
    return answer.text();
  }

  @Test
  void whatOperatorsDidIsToldWithoutTheirIds() {
    admin.send("PATCH", otherAgent(), "{\"roles\":[\"admin_agent\"]}");
    admin.send("DELETE", Admin.RELATIONSHIP);

    assertThat(records())
        .contains("remove_partner_customer_relationship", "operator")
        .doesNotContain(admin.id());
  }
}
