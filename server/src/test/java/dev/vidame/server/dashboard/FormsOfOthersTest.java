package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.http.Route;
import dev.vidame.wire.UserId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is done for a form that did not come from a page of this browser's session. */
class FormsOfOthersTest {
  @RegisterExtension static final Served served = new Served();

  private static final Map<Role, Visitor> VISITORS = new EnumMap<>(Role.class);

  private static Visitor admin() {
    return VISITORS.computeIfAbsent(
        Role.ADMIN_AGENT,
        role -> Visitor.signedIn(served.server(), served.server().tenancy().agent(role)));
  }

  static Stream<Route> changingPages() {
    return served.server().server().routes().stream()
        .filter(route -> route.access() instanceof Route.Page && route.method().equals("POST"));
  }

  private static RawAnswer send(String path, Map<String, String> fields, List<String> headers) {
    RawRequest request =
        RawRequest.of("POST", path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(Visitor.form(fields));
    for (int i = 0; i < headers.size(); i += 2) {
      request = request.header(headers.get(i), headers.get(i + 1));
    }
    return admin().exchange(request);
  }

  private static Map<String, String> fields(String token) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("form_token", token);
    fields.put("displayName", "Changed");
    fields.put("was.displayName", "Display name");
    fields.put("version", "1");
    fields.put("role", "88d8e3e3-8f55-4a1e-953a-9b9898b8876b");
    return fields;
  }

  private static String token() {
    return String.valueOf(
        Visitor.hidden(admin().get("/dashboard/customers").text()).get("form_token"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changingPages")
  void formWithoutItsTokenDoesNothing(Route route) {
    UserId user = served.server().tenancy().newUser();
    String path =
        route
            .template()
            .replace("{customer}", Tenancy.CUSTOMER.toString())
            .replace("{user}", user.toString())
            .replace("{run}", "7d0e1f3c-6c5b-4c6e-9f43-0b1f9d1f2a11")
            .replace("{agent}", Tenancy.USER.toString())
            .replace("{application}", Tenancy.USER.toString());
    Visitor other =
        Visitor.signedIn(served.server(), served.server().tenancy().agent(Role.SALES_AGENT));
    String ofOther =
        String.valueOf(Visitor.hidden(other.get("/dashboard/customers").text()).get("form_token"));
    String own = served.server().server().address().toString();
    long changes = served.server().tenancy().changes();
    Map<String, String> without = fields("");
    without.remove("form_token");

    List<RawAnswer> answers =
        List.of(
            send(path, without, List.of()),
            send(path, fields(""), List.of()),
            send(path, fields("guessed"), List.of()),
            send(path, fields(ofOther), List.of()),
            send(path, fields(token()), List.of("Sec-Fetch-Site", "cross-site")),
            send(path, fields(token()), List.of("Sec-Fetch-Site", "same-site")),
            send(path, fields(token()), List.of("Sec-Fetch-Site", "none")),
            send(path, fields(token()), List.of("Origin", "https://elsewhere.example")),
            send(path, fields(token()), List.of("Origin", own + ".elsewhere.example")),
            send(path, fields(token()), List.of("Origin", "null")));

    for (RawAnswer answer : answers) {
      assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
      assertThat(answer.text()).contains("The form did not come from this page");
    }
    assertThat(served.server().tenancy().changes()).isEqualTo(changes);
  }

  @Test
  void formOfThePageIsTaken() {
    UserId user = served.server().tenancy().newUser();
    String path = "/dashboard/customers/" + Tenancy.CUSTOMER + "/users/" + user + "/delete";
    String own = served.server().server().address().toString();

    assertThat(send(path, fields(token()), List.of("Origin", own)).status()).isEqualTo(303);
    assertThat(
            send(
                    path.replace("/delete", "/restore"),
                    fields(token()),
                    List.of("Sec-Fetch-Site", "same-origin", "Origin", "null"))
                .status())
        .isEqualTo(303);
  }

  @Test
  void formThatCannotBeReadIsRefused() {
    RawAnswer answer =
        admin()
            .exchange(
                RawRequest.of(
                        "POST",
                        "/dashboard/customers/" + Tenancy.CUSTOMER + "/users/" + Tenancy.USER)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .body("form_token=%zz"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
  }
}
