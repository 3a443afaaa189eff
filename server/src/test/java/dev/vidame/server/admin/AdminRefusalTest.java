package dev.vidame.server.admin;

import static dev.vidame.server.admin.Admin.AGENTS;
import static dev.vidame.server.admin.Admin.APPLICATIONS;
import static dev.vidame.server.admin.Admin.EMS;
import static dev.vidame.server.admin.Admin.NOBODY;
import static dev.vidame.server.admin.Admin.OPERATORS;
import static dev.vidame.server.admin.Admin.PARTNERS;
import static dev.vidame.server.admin.Admin.PASSWORD;
import static dev.vidame.server.admin.Admin.SKUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators send wrong, and that it changes nothing. */
class AdminRefusalTest {
  @TempDir private static Path folder;
  private static Admin admin;

  @BeforeAll
  static void start() {
    admin = Admin.start(folder);
  }

  @AfterAll
  static void stop() {
    admin.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST | OPERATORS | {} | 400/3000 | name",
        "POST | OPERATORS | {\"name\":[]} | 400/3000 | name",
        "POST | PARTNERS | {} | 400/3000 | name",
        "POST | PARTNERS | {\"name\":\" \"} | 400/3000 | name",
        "POST | PARTNERS | {\"name\":7} | 400/3000 | name",
        "POST | PARTNERS | {\"name\":\"a\\u0007\"} | 400/3000 | name",
        "POST | PARTNERS | {\"name\":\"x\",\"id\":\"7\"} | 400/3000 | id",
        "POST | PARTNERS | {\"name\":\"x\",\"sandbox\":\"maybe\"} | 400/3000 | sandbox",
        "POST | PARTNERS | [] | 400/800002 | object",
        "POST | PARTNERS | {\"name\": | 400/800002 | JSON",
        "POST | PARTNERS | `` | 400/800002 | empty",
        "GET | PARTNERS?size=0 | `` | 400/3000 | size",
        "GET | PARTNERS?size=1001 | `` | 400/3000 | size",
        "GET | PARTNERS?size=x | `` | 400/3000 | size",
        "GET | PARTNERS?after=x | `` | 400/3000 | after",
        "POST | AGENTS | {\"displayName\":\"x\",\"password\":\"A-Good-1\"} | 400/3000 | userPrincipalName",
        "POST | AGENTS | {\"userPrincipalName\":\"x\",\"displayName\":\"x\",\"password\":\"A-Good-1\"} | 400/3000 | userPrincipalName",
        "POST | AGENTS | {\"userPrincipalName\":\"x@y\",\"password\":\"A-Good-1\"} | 400/3000 | displayName",
        "POST | AGENTS | {\"userPrincipalName\":\"x@y\",\"displayName\":\"x\"} | 400/3000 | password",
        "POST | AGENTS | {\"userPrincipalName\":\"x@y\",\"displayName\":\"x\",\"password\":\"Sh-0rt\"} | 400/3000 | 8 to 256",
        "POST | AGENTS | {\"userPrincipalName\":\"x@y\",\"displayName\":\"x\",\"password\":\"onlylowercase\"} | 400/3000 | three of",
        "POST | AGENTS | {\"userPrincipalName\":\"x@y\",\"displayName\":\"x\",\"password\":\"Passw0rd!\"} | 400/3000 | tried first",
        "POST | AGENTS | {\"userPrincipalName\":\"somename@y\",\"displayName\":\"x\",\"password\":\"Somename-77\"} | 400/3000 | name",
        "POST | AGENTS | {\"userPrincipalName\":\"x@y\",\"displayName\":\"x\",\"password\":\"A-Good-1\",\"roles\":\"x\"} | 400/3000 | roles",
        "POST | AGENTS | {\"userPrincipalName\":\"x@y\",\"displayName\":\"x\",\"password\":\"A-Good-1\",\"roles\":[\"king\"]} | 400/900126 | king",
        "POST | AGENT/resetpassword | {\"password\":\"weak\"} | 400/3000 | 8 to 256",
        "POST | APPLICATIONS | {} | 400/3000 | name",
        "POST | APPLICATIONS | {\"name\":\"x\",\"public\":3} | 400/3000 | public",
        "POST | APPLICATIONS | {\"name\":\"x\",\"redirectUris\":\"x\"} | 400/3000 | redirectUris",
        "POST | APPLICATIONS | {\"name\":\"x\",\"redirectUris\":[7]} | 400/3000 | redirectUris",
        "POST | APPLICATIONS | {\"name\":\"x\",\"redirectUris\":[\"x\"]} | 400/3000 | redirectUris",
        "POST | APPLICATIONS | {\"name\":\"x\",\"redirectUris\":[\"http://portal.example/\"]} | 400/3000 | redirectUris",
        "POST | APPLICATIONS | {\"name\":\"x\",\"redirectUris\":[\"https://portal.example/#x\"]} | 400/3000 | redirectUris",
        "POST | APPLICATIONS | {\"name\":\"x\",\"redirectUris\":[\"https://a@portal.example/\"]} | 400/3000 | redirectUris",
        "POST | APPLICATIONS | {\"name\":\"x\",\"redirectUris\":[\"javascript:alert(1)\"]} | 400/3000 | redirectUris",
        "POST | APPLICATIONS | {\"name\":\"x\",\"redirectUris\":[\"data:text/html,x\"]} | 400/3000 | redirectUris",
        "POST | APPLICATIONS | {\"name\":\"x\",\"redirectUris\":[\"https://portal.example/\\u00e9\"]} | 400/3000 | redirectUris",
        "POST | APPLICATIONS | {\"name\":\"x\",\"redirectUris\":[\"https://portal.example/a b\"]} | 400/3000 | redirectUris",
        "POST | APPLICATIONS | {\"name\":\"x\",\"redirectUris\":[\"https:///x\"]} | 400/3000 | redirectUris",
        "POST | APPLICATIONS | {\"name\":\"x\",\"redirectUris\":[\"https://portal.example/%\"]} | 400/3000 | redirectUris",
        "PUT | EMS | {} | 400/3000 | name",
        "PUT | EMS | {\"productSku\":7} | 400/3000 | productSku",
        "PUT | EMS | {\"productSku\":{\"id\":\"other\",\"name\":\"x\",\"skuPartNumber\":\"x\"}} | 400/3000 | productSku.id",
        "PUT | EMS | {\"productSku\":{\"name\":\"x\",\"skuPartNumber\":\"x\",\"targetType\":\"King\"}} | 400/3000 | targetType",
        "PUT | EMS | {\"productSku\":{\"name\":\"x\",\"skuPartNumber\":\"x\",\"licenseGroupId\":\"group9\"}} | 400/900126 | group9",
        "PUT | EMS | {\"productSku\":{\"name\":\"x\",\"skuPartNumber\":\"x\"},\"activeUnits\":-1} | 400/3000 | activeUnits",
        "PUT | EMS | {\"productSku\":{\"name\":\"x\",\"skuPartNumber\":\"x\"},\"activeUnits\":99999999999} | 400/3000 | activeUnits",
        "PUT | EMS | {\"productSku\":{\"name\":\"x\",\"skuPartNumber\":\"x\"},\"activeUnits\":1.5} | 400/3000 | activeUnits",
        "PUT | EMS | {\"productSku\":{\"name\":\"x\",\"skuPartNumber\":\"x\"},\"capabilityStatus\":\"x\"} | 400/3000 | capabilityStatus",
        "PUT | EMS | {\"productSku\":{\"name\":\"x\",\"skuPartNumber\":\"x\"},\"servicePlans\":[7]} | 400/3000 | servicePlans",
        "PUT | EMS | {\"productSku\":{\"name\":\"x\",\"skuPartNumber\":\"x\"},\"servicePlans\":[{\"id\":\"7\"}]} | 400/3000 | servicePlans.0.id",
        "PATCH | EMS | {\"activeUnits\":1} | 404/1000 | Not found",
      })
  void badInputIsNamedAndChangesNothing(
      String method, String path, String body, String outcome, String named) {
    String target =
        path.replace("AGENTS", AGENTS)
            .replace("AGENT/", admin.adminAgent() + "/")
            .replace("APPLICATIONS", APPLICATIONS)
            .replace("OPERATORS", OPERATORS)
            .replace("PARTNERS", PARTNERS)
            .replace("EMS", EMS);
    long rows = rows();

    RawAnswer answer = admin.send(method, target, body);

    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(answer.text()).contains(named).doesNotContain("Sh-0rt", "Passw0rd!");
    assertThat(rows()).isEqualTo(rows);
  }

  private static long rows() {
    return admin.partnerRows() + admin.rows(Tenancy.CUSTOMER) + admin.rows(Ledger.SERVICE);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,''",
    "PATCH,''",
    "DELETE,''",
    "GET,/agents",
    "POST,/agents",
    "GET,/applications",
    "POST,/applications",
    "GET,/customers",
    "GET,/agents/ID",
    "PATCH,/agents/ID",
    "DELETE,/agents/ID",
    "POST,/agents/ID/resetpassword",
    "GET,/applications/ID",
    "PATCH,/applications/ID",
    "DELETE,/applications/ID",
    "GET,/applications/ID/secrets",
    "POST,/applications/ID/secrets",
    "DELETE,/applications/ID/secrets/ID",
    "GET,/customers/ID",
    "PUT,/customers/ID",
    "DELETE,/customers/ID"
  })
  void unknownPartnerIsNotFound(String method, String path) {
    String body =
        "{\"name\":\"x\",\"userPrincipalName\":\"x@y.example\",\"displayName\":\"x\",\"password\":\""
            + PASSWORD
            + "\"}";
    for (String partner : List.of(NOBODY, "no-guid")) {
      String target = PARTNERS + "/" + partner + path.replace("ID", NOBODY);
      assertThat(admin.send(method, target, body).outcome()).isEqualTo("404/1000");
    }
  }

  @ParameterizedTest
  @CsvSource({"GET", "DELETE"})
  void unknownOperatorIsNotFound(String method) {
    for (String id : List.of(NOBODY, "no-guid")) {
      assertThat(admin.send(method, OPERATORS + "/" + id).outcome()).isEqualTo("404/1000");
    }
  }

  @ParameterizedTest
  @CsvSource({"GET,''", "GET,/x", "PUT,/x", "PATCH,/x", "DELETE,/x"})
  void productsOfAnUnknownCustomerAreNotFound(String method, String path) {
    String body = "{\"productSku\":{\"name\":\"x\",\"skuPartNumber\":\"x\"}}";
    for (String id : List.of(NOBODY, "no-guid")) {
      String target = SKUS.replace(Tenancy.CUSTOMER.toString(), id) + path;
      assertThat(admin.send(method, target, body).outcome()).isEqualTo("404/1000");
    }
  }

  @Test
  void anotherPartnersAgentsAndApplicationsAreNotFound() {
    String other = PARTNERS + "/" + Tenancy.OTHER_PARTNER;
    String agent = "/agents/" + admin.server().tenancy().agent(Role.ADMIN_AGENT).id();
    String application = "/applications/" + admin.server().tenancy().confidential().id();

    for (String path : List.of(agent, application)) {
      assertThat(admin.send("GET", other + path).outcome()).isEqualTo("404/1000");
      assertThat(admin.send("PATCH", other + path, "{\"disabled\":true}").outcome())
          .isEqualTo("404/1000");
      assertThat(admin.send("DELETE", other + path).outcome()).isEqualTo("404/1000");
    }
    String secret =
        other + application + "/secrets/" + admin.server().tenancy().confidential().id();
    assertThat(admin.send("DELETE", secret).outcome()).isEqualTo("404/1000");
    assertThat(admin.read(admin.server().tokens().admin())).isEqualTo("200");
  }

  @Test
  void refusalsAreInFrenchForWhoAsksForIt() {
    RawRequest request =
        RawRequest.of("DELETE", OPERATORS + "/" + admin.id()).header("X-Locale", "fr-FR");

    assertThat(admin.send(request).text()).contains("au moins un opérateur");
  }

  @Test
  void wrongMethodNamesTheRightOnes() {
    RawAnswer answer = admin.send("PUT", PARTNERS, "{}");

    assertThat(answer.outcome()).isEqualTo("405/800002");
    assertThat(answer.header("Allow")).isEqualTo("GET, POST");
    assertThat(admin.send("GET", "/admin/v1/kings").outcome()).isEqualTo("404/1000");
  }

  @Test
  void bodyThatIsNoJsonByItsTypeIsRefused() {
    RawRequest request =
        RawRequest.of("POST", PARTNERS).header("Content-Type", "text/plain").body("{}");

    assertThat(admin.send(request).outcome()).isEqualTo("415/800002");
  }
}
