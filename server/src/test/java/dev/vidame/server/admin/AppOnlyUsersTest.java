package dev.vidame.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator lets the applications of a partner work with accounts on their own. */
final class AppOnlyUsersTest {
  private static final String OURS = Admin.PARTNERS + "/" + Tenancy.PARTNER;
  private static final String USERS = "/v1/customers/" + Tenancy.CUSTOMER + "/users";

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

  private RawAnswer let(boolean isLet) {
    return admin.send("PATCH", OURS, "{\"allowAppOnlyUsers\":" + isLet + "}");
  }

  private RawAnswer alone(RawRequest request) {
    return admin.server().send(request.token(admin.server().tokens().appOnly()));
  }

  @Test
  void nobodyIsLetUntilAnOperatorSaysSoAndAgainAtOnce() {
    RawRequest read = RawRequest.get(TestServer.foundingPath());
    String token = admin.server().tokens().appOnly();

    assertThat(admin.send("GET", OURS).json().get("allowAppOnlyUsers").value()).isEqualTo(false);
    assertThat(admin.server().send(read.token(token)).outcome()).isEqualTo("403/2032");
    assertThat(let(true).json().get("allowAppOnlyUsers").value()).isEqualTo(true);
    assertThat(admin.server().send(read.token(token)).outcome()).isEqualTo("200");
    assertThat(let(false).status()).isEqualTo(200);
    assertThat(admin.server().send(read.token(token)).outcome()).isEqualTo("403/2032");
  }

  @Test
  void otherChangesOfThePartnerLeaveItAlone() {
    let(true);

    RawAnswer renamed = admin.send("PATCH", OURS, "{\"name\":\"Other\"}");

    assertThat(renamed.json().get("allowAppOnlyUsers").value()).isEqualTo(true);
  }

  @Test
  void changeIsARowOfThePartnersJournal() {
    long rows = admin.partnerRows();

    let(true);
    let(true);

    List<Entry> entries =
        admin
            .server()
            .server()
            .directory()
            .journal(new CustomerId(Tenancy.PARTNER.value()), rows, 10);
    assertThat(entries)
        .extracting(Entry::changes)
        .containsExactly(List.of(new FieldChange("allowAppOnlyUsers", "false", "true")));
  }

  @Test
  void automationCreatesChangesAndDeletesAccounts() {
    let(true);

    RawAnswer created =
        alone(
            RawRequest.of("POST", USERS)
                .body(
                    "{\"userPrincipalName\":\"robot@%s\",\"displayName\":\"Robot\",\"passwordProfile\":{\"password\":\"First-Passw-77\"}}"
                        .formatted(Tenancy.DOMAIN)));
    assertThat(created.outcome()).isEqualTo("201");
    String path = USERS + "/" + created.json().get("id").text();
    assertThat(alone(RawRequest.patch(path, "{\"displayName\":\"R2\"}")).outcome())
        .isEqualTo("200");
    assertThat(alone(RawRequest.of("DELETE", path)).outcome()).isEqualTo("204");
    assertThat(alone(RawRequest.patch(path, "{\"state\":\"active\"}")).outcome()).isEqualTo("200");

    RawAnswer records =
        admin.server().sendAsAdmin(RawRequest.get("/v1/auditrecords?startDate=2026-11-22"));
    assertThat(records.outcome()).isEqualTo("200");
    assertThat(records.json().get("items").items())
        .isNotEmpty()
        .allMatch(record -> !record.has("userPrincipalName"));
    assertThat(admin.server().server().directory().verifyJournal(Tenancy.CUSTOMER).isIntact())
        .isTrue();
  }

  /** Roles are given by people, and other customers are not there for robots either. */
  @Test
  void whatAUserAdministratorMayNotStaysClosed() {
    let(true);
    String roles = "/v1/customers/" + Tenancy.CUSTOMER + "/directoryroles/";

    assertThat(
            alone(
                    RawRequest.of(
                            "POST", roles + "62e90394-69f5-4237-9190-012177145e10/usermembers")
                        .body("{\"id\":\"" + Tenancy.USER + "\"}"))
                .outcome())
        .isEqualTo("403/2032");
    assertThat(
            alone(RawRequest.get(TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.USER))).outcome())
        .isEqualTo("403/20002");
    assertThat(alone(RawRequest.get("/v1/customers/no-guid/users")).outcome())
        .isEqualTo("400/2000");
  }

  @Test
  void otherPartnersAreNotLetByIt() {
    admin.send(
        "PATCH", Admin.PARTNERS + "/" + Tenancy.OTHER_PARTNER, "{\"allowAppOnlyUsers\":true}");

    assertThat(alone(RawRequest.get(TestServer.foundingPath())).outcome()).isEqualTo("403/2032");
  }
}
