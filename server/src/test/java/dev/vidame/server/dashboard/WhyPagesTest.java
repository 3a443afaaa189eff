package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.GranularRoleTable.Place;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.access.Operation;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page that says why somebody may do something, or not. */
class WhyPagesTest {
  @RegisterExtension static final Served served = new Served();

  private static final String WHY = "/dashboard/why";
  private static final String ABOUT = WHY + "/agent?agent=";

  private static Agent agent(Role role) {
    return served.server().tenancy().agent(role);
  }

  private static Visitor visitor(Role role) {
    return Visitor.signedIn(served.server(), agent(role));
  }

  private static Directory directory() {
    return served.server().server().directory();
  }

  @Test
  void adminLearnsWhyAnotherAgentMayNotAndWhichRoleWould() {
    RawAnswer page =
        visitor(Role.ADMIN_AGENT)
            .get(
                ABOUT
                    + agent(Role.SALES_AGENT).id()
                    + "&operation=delete_user&customer="
                    + Tenancy.CUSTOMER);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains(
            ">Not allowed<",
            agent(Role.SALES_AGENT).userPrincipalName(),
            "None of the agent's roles suffices.",
            "Roles of the partner that suffice: admin_agent.",
            "Roles on the customer that suffice: user_administrator.",
            "<option value=\"delete_user\" selected>");
  }

  @Test
  void nameOfAnAgentAndDomainOfACustomerDo() {
    RawAnswer page =
        visitor(Role.ADMIN_AGENT)
            .get(
                ABOUT
                    + agent(Role.HELPDESK_AGENT).userPrincipalName()
                    + "&operation=update_user&customer="
                    + Tenancy.DOMAIN.toUpperCase(Locale.ROOT));

    assertThat(page.text())
        .contains(
            ">Allowed<",
            "The agent may set the password of an account that has no directory role, and do"
                + " nothing else.");
  }

  @Test
  void roleOnTheCustomerIsShownWithItsEndAlsoWhenThatIsOver() {
    Agent agent = AdminPagesTest.newAgent(served.server());
    var _ =
        directory()
            .customerRoles()
            .give(
                new Place(Tenancy.CUSTOMER, agent.partner(), agent.id()),
                GranularRole.USER_ADMINISTRATOR,
                served.server().clock().instant().plus(Duration.ofHours(1)),
                ChangeRequest.once(Actor.operator(agent.partner()), UUID.randomUUID()));
    String question = WHY + "?operation=delete_user&customer=" + Tenancy.CUSTOMER;

    RawAnswer during = Visitor.signedIn(served.server(), agent).get(question);
    served.server().clock().advance(Duration.ofHours(2));
    RawAnswer after = Visitor.signedIn(served.server(), agent).get(question);

    assertThat(during.text())
        .contains("The agent may, by its role user_administrator.", "until <time");
    assertThat(after.text())
        .contains("role user_administrator on the customer has ended.", "ended <time");
  }

  @Test
  void changedRolesCountFromTheNextQuestionOn() {
    Agent agent = AdminPagesTest.newAgent(served.server(), Role.HELPDESK_AGENT);
    Visitor visitor = Visitor.signedIn(served.server(), agent);
    assertThat(visitor.get(WHY + "?operation=list_customers").text()).contains(">Allowed<");

    Agents.Update update = new Agents.Update(null, java.util.Set.of(), null);
    var _ =
        directory()
            .agents()
            .update(
                agent.partner(),
                agent.id(),
                update,
                ChangeRequest.once(Actor.operator(agent.partner()), UUID.randomUUID()));

    assertThat(visitor.get(WHY + "?operation=list_customers").text()).contains(">Not allowed<");
  }

  /** Other partners' agents are as none, to the letter but for what was typed. */
  @Test
  void agentsOfOthersAreNotThere() {
    Agent other = served.server().tenancy().otherAdmin();
    Visitor admin = visitor(Role.ADMIN_AGENT);
    String rest = "&operation=list_customers";

    for (String named : new String[] {other.id().toString(), other.userPrincipalName()}) {
      RawAnswer foreign = admin.get(ABOUT + named + rest);
      RawAnswer none = admin.get(ABOUT + "nobody@nowhere.example" + rest);

      assertThat(foreign.status()).isEqualTo(404);
      assertThat(foreign.text().replace(named, ""))
          .contains("No agent of your partner has this name.")
          .isEqualTo(none.text().replace("nobody@nowhere.example", ""));
    }
    assertThat(admin.get(WHY).text()).doesNotContain(other.userPrincipalName());
  }

  @Test
  void othersCustomersAreAsNone() {
    Visitor admin = visitor(Role.ADMIN_AGENT);
    UUID nobody = UUID.randomUUID();
    String question = WHY + "?operation=get_customer&customer=";

    RawAnswer foreign = admin.get(question + Tenancy.OTHER_CUSTOMER);
    RawAnswer none = admin.get(question + nobody);

    assertThat(foreign.text().replace(Tenancy.OTHER_CUSTOMER.toString(), ""))
        .contains("no relationship with the customer")
        .isEqualTo(none.text().replace(nobody.toString(), ""));
  }

  @Test
  void ordinaryAgentsAskAboutThemselvesOnly() {
    Visitor helpdesk = visitor(Role.HELPDESK_AGENT);
    Agent admin = agent(Role.ADMIN_AGENT);

    RawAnswer own =
        helpdesk.get(
            WHY
                + "?agent="
                + admin.id()
                + "&operation=delete_customer&customer="
                + Tenancy.CUSTOMER);
    RawAnswer others = helpdesk.get(ABOUT + admin.id() + "&operation=list_customers");

    assertThat(own.text())
        .contains(">Not allowed<", agent(Role.HELPDESK_AGENT).userPrincipalName())
        .doesNotContain(admin.userPrincipalName(), "name=\"agent\"");
    assertThat(others.status()).isEqualTo(403);
    assertThat(others.text()).doesNotContain(admin.userPrincipalName());
  }

  /** Who may not list customers learns of none by its name. */
  @Test
  void namesOfCustomersAreNotGuessed() {
    Visitor biller = visitor(Role.BILLING_ADMIN);
    String question = WHY + "?operation=get_user&customer=";

    assertThat(biller.get(question + Tenancy.DOMAIN).text()).contains("No customer matches.");
    assertThat(biller.get(question + "nobody.example").text()).contains("No customer matches.");
  }

  @Test
  void refusalLeadsToTheAnswer() {
    Visitor helpdesk = visitor(Role.HELPDESK_AGENT);
    String users = "/dashboard/customers/" + Tenancy.CUSTOMER + "/users/" + Tenancy.USER;
    String token = String.valueOf(Visitor.hidden(helpdesk.get(WHY).text()).get("form_token"));

    RawAnswer refused = helpdesk.post(users + "/delete", java.util.Map.of("form_token", token));
    String link = WHY + "?operation=delete_user&amp;customer=" + Tenancy.CUSTOMER;

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("href=\"" + link + "\"");
    assertThat(helpdesk.get(Visitor.unescaped(link)).text())
        .contains(">Not allowed<", "Roles of the partner that suffice: admin_agent.");
  }

  @Test
  void questionWithoutItsCustomerIsSaidToLackIt() {
    RawAnswer page = visitor(Role.SALES_AGENT).get(WHY + "?operation=get_user");

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("id=\"customer-fault\"").doesNotContain("id=\"answer\"");
    assertThat(visitor(Role.SALES_AGENT).get(WHY + "?operation=nonsense").status()).isEqualTo(200);
  }

  /** It is the decision that the agent's requests meet, for whatever can be asked. */
  @ParameterizedTest
  @EnumSource(Operation.class)
  void everyOperationCanBeAskedAbout(Operation operation) {
    String code = operation.name().toLowerCase(Locale.ROOT);

    RawAnswer page =
        visitor(Role.ADMIN_AGENT).get(WHY + "?operation=" + code + "&customer=" + Tenancy.CUSTOMER);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains(">Allowed<");
  }
}
