package dev.vidame.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.seed.FoundingDocument;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeedsTest {
  private static Vidame vidame;
  private static Http http;

  @BeforeAll
  static void start() {
    vidame = Vidame.start();
    http = new Http(vidame);
  }

  @AfterAll
  static void stop() {
    http.close();
    vidame.close();
  }

  @BeforeEach
  void reset() {
    vidame.reset();
  }

  @Test
  void accountHasWhatItWasGiven() {
    SeededSku sku = vidame.sku().name("Mail for all").units(1).plan("Mail box").create();
    SeededUser user =
        vidame
            .user()
            .name("anna")
            .displayName("Anna A.")
            .firstName("Anna")
            .lastName("A.")
            .usageLocation("FR")
            .directoryRole("Directory Readers")
            .license(sku)
            .create();

    assertThat(user.userPrincipalName()).isEqualTo("anna@" + FoundingDocument.DOMAIN);
    assertThat(http.getAsAdmin(user.path()).body())
        .contains("\"displayName\":\"Anna A.\"", "\"usageLocation\":\"FR\"");
    assertThat(http.getAsAdmin(user.path() + "/directoryroles").body())
        .contains("Directory Readers");
    assertThat(http.getAsAdmin(user.path() + "/licenses").body())
        .contains(sku.id(), "MAIL_FOR_ALL", sku.plans().getFirst());
  }

  @Test
  void idsCanBeGiven() {
    CustomerId customer = CustomerId.of("11111111-1111-1111-1111-111111111111");
    UserId id = UserId.of("22222222-2222-2222-2222-222222222222");

    SeededUser user =
        vidame.customer().id(customer).domain("given.test").create().user().id(id).create();

    assertThat(user.path()).isEqualTo("/v1/customers/" + customer + "/users/" + id);
    assertThat(user.userPrincipalName()).endsWith("@given.test");
    assertThat(http.getAsAdmin(user.path()).statusCode()).isEqualTo(200);
  }

  @Test
  void partnersAreWalledOff() {
    SeededPartner other = vidame.partner().name("Other").create();
    SeededCustomer customer = other.customer().companyName("Theirs").create();
    String path = "/v1/customers/" + customer.id();

    assertThat(http.get(path, "Authorization", other.appUser().authorization()).statusCode())
        .isEqualTo(200);
    assertThat(http.getAsAdmin(path).statusCode()).isEqualTo(403);
  }

  @Test
  void callersAreOfEitherKindAndOfEveryRole() {
    String user = "/v1/customers/" + FoundingDocument.CUSTOMER + "/users/" + FoundingDocument.USER;
    String body = "{\"displayName\":\"x\"}";
    SeededPartner partner = vidame.foundingPartner();

    assertThat(
            http.get("/v1/customers", "Authorization", vidame.appOnly().authorization())
                .statusCode())
        .isEqualTo(200);
    assertThat(http.get(user, "Authorization", vidame.appOnly().authorization()).body())
        .contains("\"code\":2032");
    assertThat(
            http.send(
                    "PATCH",
                    user,
                    body,
                    "Authorization",
                    partner.appUser("sales_agent").authorization())
                .body())
        .contains("\"code\":900150");
    assertThatThrownBy(() -> partner.appUser("nobody")).hasMessageContaining("nobody");
  }

  @Test
  void secondFactorIsShownWhereItIsWanted() {
    String path = "/v1/customers/" + FoundingDocument.CUSTOMER;
    try (Vidame strict = Vidame.builder().setting("security.require-mfa", "true").start();
        Http client = new Http(strict)) {
      TestCaller caller = strict.appUser();
      assertThat(client.get(path, "Authorization", caller.authorization()).statusCode())
          .isEqualTo(401);
      assertThat(
              client
                  .get(path, "Authorization", caller.withSecondFactor().authorization())
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void whatTheServersRulesForbidIsRefusedInTheirWords() {
    vidame.user().name("anna").create();

    assertThatThrownBy(() -> vidame.user().name("ANNA").create())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("userPrincipalName already exists");
    assertThatThrownBy(() -> vidame.user().usageLocation("ZZ").create())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> vidame.user().directoryRole("King"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("King");
  }

  @Test
  void emptyServerHasNobodyUntilATestMakesSomebody() {
    try (Vidame empty = Vidame.builder().empty().start();
        Http client = new Http(empty)) {
      assertThatThrownBy(empty::appUser)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("partner().create()");
      SeededUser user = empty.partner().create().customer().create().user().create();
      assertThat(user.userPrincipalName()).endsWith(".test");
      SeededPartner partner = empty.partner().sandbox().create();
      String form =
          "grant_type=client_credentials&client_id=%s&client_secret=%s"
              .formatted(partner.applicationId(), partner.applicationSecret());
      assertThat(client.send("POST", "/" + partner.id() + "/oauth2/v2.0/token", form).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void fileFillsAServer(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("seed.json");
    Files.writeString(
        file,
        Files.readString(Path.of("..", "docs", "examples", "founding-document.json"))
            .replace("\"Customer\"", "\"From a file\""));

    try (Vidame filled = Vidame.builder().seed(file).start();
        Http client = new Http(filled)) {
      assertThat(client.getAsAdmin("/v1/customers").body()).contains("From a file");
      filled.reset();
      assertThat(client.getAsAdmin("/v1/customers").body()).contains("From a file");
    }
  }

  /** As documents print it, with {@code code id_token} and without PKCE. */
  @Test
  void applicationsOfOlderLibrariesCanSendPeopleToSignIn() {
    Application portal =
        new Application(
            new ApplicationId(UUID.fromString("0c0a5f1e-7a3e-4f0e-9a6b-3b1d5c2f7e90")),
            new PartnerId(vidame.foundingPartner().id()),
            "Portal",
            true,
            false,
            List.of("https://portal.example/"));
    vidame.directory().partners().createApplication(portal, "a-secret-of-the-tests-own-0123456789");

    HttpResponse<String> page =
        http.get(
            "/common/oauth2/authorize?client_id="
                + portal.id()
                + "&response_type=code+id_token&response_mode=form_post&scope=openid+profile"
                + "&nonce=n-1&redirect_uri=https%3A%2F%2Fportal.example%2F&state=s");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("autocomplete=\"current-password\"");
  }
}
