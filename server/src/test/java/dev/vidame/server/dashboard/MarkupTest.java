package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.ProductSku;
import dev.vidame.wire.SubscribedSku;
import dev.vidame.wire.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names that are markup are names, wherever they stand. */
class MarkupTest {
  @RegisterExtension static final Served served = new Served();

  private static final String EVIL =
      "</title></textarea>\"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;";

  private static ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID());
  }

  private static void requireHarmless(RawAnswer page, String of) {
    assertThat(page.header("Content-Type")).as(of).isEqualTo("text/html; charset=utf-8");
    assertThat(page.text()).as(of).doesNotContain("<script>alert", "<img", "\"'>", "&amp;amp;lt;");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void namesThatAreMarkupAreShownAsTheyAre() {
    CustomerId customer = new CustomerId(UUID.randomUUID());
    UserId user = new UserId(UUID.randomUUID());
    var directory = served.server().server().directory();
    directory
        .customers()
        .create(new NewCustomer(customer, "Company " + EVIL, "markup.example"), request());
    directory
        .skus()
        .define(
            customer,
            new SubscribedSku(
                new ProductSku(
                    UUID.randomUUID().toString(),
                    "Sku " + EVIL,
                    "P" + EVIL,
                    "User",
                    LicenseGroup.GROUP1),
                new SubscribedSku.Units(1, 0, 0, 0),
                List.of(),
                "Enabled"));
    directory
        .users()
        .create(
            customer,
            user,
            CustomerUserUpdate.builder()
                .userPrincipalName("markup@markup.example")
                .displayName("Name " + EVIL)
                .firstName(EVIL.substring(0, 60))
                .lastName(EVIL.substring(20))
                .phoneNumber(EVIL.substring(0, 40))
                .passwordProfile(PasswordProfile.temporary("First-Password-1"))
                .build(),
            request());
    Agent agent =
        directory
            .partners()
            .createAgent(
                new Agent(
                    new AgentId(UUID.randomUUID()),
                    Tenancy.PARTNER,
                    "evil@first.example",
                    "Agent " + EVIL,
                    Set.of(Role.ADMIN_AGENT)),
                Tenancy.AGENT_PASSWORD);
    Application application =
        directory
            .partners()
            .createApplication(
                new Application(
                    new ApplicationId(UUID.randomUUID()),
                    Tenancy.PARTNER,
                    "Application " + EVIL,
                    true),
                Tenancy.APPLICATION_SECRET);
    Visitor visitor = Visitor.signedIn(served.server(), agent);
    String path = "/dashboard/customers/" + customer;
    String account = path + "/users/" + user;
    String parameter = Visitor.encoded(EVIL);

    RawAnswer before = visitor.get(account);
    RawAnswer first =
        visitor.submit(before, account, Map.of("displayName", "First change " + EVIL));
    RawAnswer conflict =
        visitor.submit(before, account, Map.of("displayName", "Other change " + EVIL));
    RawAnswer wrong =
        visitor.submit(account, account, Map.of("usageLocation", EVIL, "displayName", EVIL));

    assertThat(first.status()).isEqualTo(303);
    assertThat(conflict.status()).isEqualTo(409);
    assertThat(wrong.status()).isEqualTo(400);
    requireHarmless(
        visitor.submit(
            "/dashboard/agents/new",
            "/dashboard/agents/new",
            Map.of("userPrincipalName", EVIL, "displayName", EVIL)),
        "wrong agent");
    requireHarmless(
        visitor.submit(
            "/dashboard/applications/new",
            "/dashboard/applications/new",
            Map.of("name", EVIL, "redirectUris", EVIL)),
        "wrong application");
    requireHarmless(conflict, "conflict");
    requireHarmless(wrong, "wrong");
    List<String> pages =
        new ArrayList<>(
            List.of(
                "/dashboard/customers",
                "/dashboard/customers?q=" + parameter,
                path,
                path + "/users",
                path + "/users?state=all&q=" + parameter,
                path + "/deleted",
                path + "/licenses",
                path + "/users?state=all&license=" + parameter + "&q=" + parameter,
                path + "/selected?result=" + parameter,
                path + "/chain?on=" + parameter,
                account,
                account + "/password",
                "/dashboard/records",
                "/dashboard/records?who="
                    + parameter
                    + "&what="
                    + parameter
                    + "&customer="
                    + parameter,
                "/dashboard/agents",
                "/dashboard/agents?q=" + parameter + "&state=" + parameter,
                "/dashboard/agents/" + agent.id(),
                "/dashboard/applications",
                "/dashboard/applications?q=" + parameter,
                "/dashboard/applications/" + application.id(),
                "/dashboard/why?operation=get_user&customer=" + customer,
                "/dashboard/why/agent?agent="
                    + parameter
                    + "&operation="
                    + parameter
                    + "&customer="
                    + parameter,
                "/dashboard/why/agent?operation=get_user&customer=markup.example",
                "/dashboard/" + parameter,
                path + "/users/" + parameter));
    for (String page : pages) {
      requireHarmless(visitor.get(page), page);
    }
    assertThat(visitor.get("/dashboard/customers").text())
        .contains("Company &lt;/title&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;");
    assertThat(visitor.submit(account, account + "/delete", Map.of()).status()).isEqualTo(303);
    requireHarmless(visitor.get(path + "/users"), "told that it was deleted");
    requireHarmless(visitor.get(path + "/deleted"), "deleted");
    requireHarmless(visitor.get(account), "a deleted account");
    requireHarmless(selected(visitor, path, user, "restore"), "restored with others");
    requireHarmless(selected(visitor, path, user, "licenses/assign"), "assigned with others");
    requireHarmless(selected(visitor, path, user, "delete"), "deleted with others");
  }

  /** What is told of an account that was selected, by a form whose every field is markup. */
  private static RawAnswer selected(Visitor visitor, String path, UserId user, String action) {
    Map<String, String> fields = new HashMap<>(Visitor.hidden(visitor.get(path).text()));
    fields.put("request", UUID.randomUUID().toString());
    fields.put("page", user.toString());
    fields.put("all", "on");
    fields.put(
        "sku",
        served
            .server()
            .server()
            .directory()
            .skus()
            .list(
                CustomerId.of(path.substring(path.lastIndexOf('/') + 1)),
                Set.of(LicenseGroup.GROUP1))
            .getFirst()
            .product()
            .id());
    for (String parameter : List.of("q", "state", "role", "license", "after", "name")) {
      fields.put("list." + parameter, EVIL);
    }
    RawAnswer sent = visitor.post(path + "/selected/" + action, fields);
    assertThat(sent.status()).as(sent.toString()).isEqualTo(303);
    RawAnswer told = visitor.follow(sent);
    assertThat(told.text()).contains("First change &lt;/title&gt;");
    return told;
  }
}
