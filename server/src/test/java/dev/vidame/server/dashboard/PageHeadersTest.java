package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.http.Route;
import dev.vidame.wire.UserId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What browsers are told with every page, whoever makes it: that nobody frames it, where its parts
 * come from, and what others learn of its address. Every route that answers to {@code GET} is
 * looked at, so that no new page is forgotten.
 */
class PageHeadersTest {
  @RegisterExtension static final Served served = new Served();

  private static final String SIGN_OUT = "<form class=\"sign-out\" method=\"post\"";

  private static final List<Integer> SHOWN = List.of(200, 303);
  private static final List<Integer> RUN = List.of(200, 303, 404);

  private static Visitor signedIn(Role role) {
    return Visitor.signedIn(served.server(), served.server().tenancy().agent(role));
  }

  private static boolean isPage(RawAnswer answer) {
    return answer.body().length > 0
        && answer.first("Content-Type").filter(type -> type.startsWith("text/html")).isPresent();
  }

  /** Whatever it is, it is what it is called, and scripts of other sites may not read it. */
  private static void requireSafe(RawAnswer answer, String of) {
    assertThat(answer.header("X-Content-Type-Options")).as(of).isEqualTo("nosniff");
    assertThat(answer.headers())
        .as(of)
        .noneMatch(header -> header.name().toLowerCase(Locale.ROOT).startsWith("access-control-"));
  }

  private static void requirePage(RawAnswer page, String of) {
    requireSafe(page, of);
    assertThat(page.header("Content-Type")).as(of).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("Content-Security-Policy"))
        .as(of)
        .startsWith("default-src 'none';")
        .contains("base-uri 'none'", "frame-ancestors 'none'", "form-action ")
        .doesNotContain("unsafe", "*");
    assertThat(page.header("Referrer-Policy")).as(of).isIn("no-referrer", "same-origin");
  }

  /** A page that may say something of somebody. */
  private static void requirePersonal(RawAnswer page, String of) {
    requirePage(page, of);
    assertThat(page.header("X-Frame-Options")).as(of).isEqualTo("DENY");
    assertThat(page.header("Cache-Control")).as(of).isEqualTo("no-store");
  }

  private static void requireDashboard(RawAnswer page, String of) {
    requirePersonal(page, of);
    assertThat(page.header("Cross-Origin-Opener-Policy")).as(of).isEqualTo("same-origin");
    assertThat(page.header("Cross-Origin-Resource-Policy")).as(of).isEqualTo("same-origin");
    assertThat(page.text()).as(of).contains(SIGN_OUT);
  }

  @Test
  void everyGetIsAnsweredSafely() {
    Visitor admin = signedIn(Role.ADMIN_AGENT);
    String run =
        Runs.planned(admin, "operation,userPrincipalName\nupdate,nobody@nowhere.example\n");
    UserId user = served.server().tenancy().newUser();
    List<String> shown = new ArrayList<>();
    for (Route route : served.server().server().routes()) {
      if (!route.method().equals("GET")) {
        continue;
      }
      String path =
          route
              .template()
              .replace("{customer}", Tenancy.CUSTOMER.toString())
              .replace("{user}", user.toString())
              .replace("{run}", run.substring(run.lastIndexOf('/') + 1))
              .replace("{agent}", AdminPagesTest.newAgent(served.server()).id().toString())
              .replace("{application}", AdminPagesTest.newApplication(served.server()).toString())
              .replace("{tenant}", Tenancy.PARTNER.toString())
              .replaceAll("\\{[a-z]+}", UUID.randomUUID().toString());
      boolean isOfDashboard = route.access() instanceof Route.Page;

      RawAnswer answer = admin.get(path);

      requireSafe(answer, path);
      if (isPage(answer) && isOfDashboard) {
        requireDashboard(answer, path);
        shown.add(path);
      } else if (isPage(answer)) {
        requirePage(answer, path);
        shown.add(path);
      } else {
        assertThat(answer.text()).as(path).doesNotContainIgnoringCase("<html");
      }
      if (isOfDashboard) {
        // A run that was not applied has no report yet, and no passwords.
        assertThat(answer.status()).as(path).isIn(path.startsWith(run) ? RUN : SHOWN);
      }
    }
    assertThat(shown).hasSizeGreaterThan(20).contains("/docs", "/device", run);
  }

  @Test
  void pagesOfTheIssuerTellOthersNothing() {
    Visitor visitor = new Visitor(served.server(), "en");
    RawAnswer begun = visitor.follow(visitor.get("/dashboard/customers"));
    String form = visitor.local(begun.header("Location"));
    Map<String, String> wrong = Visitor.hidden(visitor.get(form).text());
    wrong.put("username", "nobody@nowhere.example");
    wrong.put("password", "wrong");
    wrong.put("decision", "allow");
    RawAnswer signIn = visitor.get(form);

    requirePersonal(signIn, "sign-in");
    assertThat(signIn.text()).contains("name=\"password\" type=\"password\"");
    requirePersonal(visitor.post(form, wrong), "wrong sign-in");
    requirePersonal(visitor.post(form, Map.of()), "a form that is none");
    requirePersonal(visitor.get(form.substring(0, form.indexOf('?'))), "a wish that is none");
    requirePersonal(visitor.get("/device"), "device");
    requirePersonal(visitor.get("/device?user_code=BCDF-GHJK"), "device with a code");
    requirePersonal(visitor.post("/device", Map.of("user_code", "BCDF-GHJK")), "device, sent");
  }

  @Test
  void refusalsAreToldAsSafely() {
    Visitor admin = signedIn(Role.ADMIN_AGENT);
    Visitor helpdesk = signedIn(Role.HELPDESK_AGENT);
    Map<String, RawAnswer> refused =
        Map.of(
            "not found", admin.get("/dashboard/customers/" + Tenancy.OTHER_CUSTOMER),
            "nowhere", admin.get("/dashboard/nowhere"),
            "not allowed", helpdesk.get("/dashboard/agents"),
            "no token", admin.post("/dashboard/agents/new", Map.of("displayName", "x")),
            "signed out of elsewhere", admin.post("/dashboard/sign-out", Map.of()),
            "signed in nowhere", admin.get("/dashboard/signed-in"));
    Set<Integer> statuses = new HashSet<>();

    refused.forEach((of, answer) -> {
      requirePersonal(answer, of);
      statuses.add(answer.status());
    });

    assertThat(statuses).contains(403, 404);
    requirePersonal(
        admin.submit("/dashboard/customers", "/dashboard/sign-out", Map.of()), "signed out");
  }
}
