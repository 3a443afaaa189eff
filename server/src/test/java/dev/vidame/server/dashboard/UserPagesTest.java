package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserRef;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.licenses.Seats;
import dev.vidame.wire.UserId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is done to accounts on their pages, without any script. */
class UserPagesTest {
  @RegisterExtension static final Served served = new Served();

  private static final String CUSTOMER = "/dashboard/customers/" + Tenancy.CUSTOMER;
  private static final Pattern NEW_PASSWORD =
      Pattern.compile("<code id=\"new-password\">([^<]+)</code>");

  private static final Map<Role, Visitor> VISITORS = new EnumMap<>(Role.class);

  @BeforeAll
  static void subscribe() {
    Seats.define(served.server());
  }

  private static Visitor visitor(Role role) {
    return VISITORS.computeIfAbsent(
        role, any -> Visitor.signedIn(served.server(), served.server().tenancy().agent(any)));
  }

  private static Visitor admin() {
    return visitor(Role.ADMIN_AGENT);
  }

  private static UserId newUser() {
    return served.server().tenancy().newUser();
  }

  private static String path(UserId user) {
    return CUSTOMER + "/users/" + user;
  }

  private static User stored(UserId user) {
    return served
        .server()
        .server()
        .directory()
        .users()
        .get(Tenancy.CUSTOMER, new UserRef.ById(user));
  }

  private static Entry lastChange() {
    long changes = served.server().tenancy().changes();
    return served
        .server()
        .server()
        .directory()
        .journal(Tenancy.CUSTOMER, changes - 1, 1)
        .getFirst();
  }

  private static void patch(UserId user, String body) {
    assertThat(
            served
                .server()
                .sendAsAdmin(RawRequest.patch(TestServer.path(Tenancy.CUSTOMER, user), body))
                .status())
        .isEqualTo(200);
  }

  private static RawAnswer done(RawAnswer answer, String location) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
    assertThat(answer.header("Location")).isEqualTo(location);
    return admin().get(location.replaceFirst("#.*", ""));
  }

  @Test
  void editChangesOnlyWhatWasChanged() {
    UserId user = newUser();
    User before = stored(user);

    RawAnswer answer =
        admin()
            .submit(
                path(user),
                path(user),
                Map.of("displayName", " Grace Hopper ", "usageLocation", "fr", "firstName", ""));

    assertThat(done(answer, path(user)).text())
        .contains("role=\"status\"", "Grace Hopper was saved.", "value=\"FR\"");
    assertThat(stored(user))
        .isEqualTo(
            new User(
                before.customer(),
                user,
                stored(user).version(),
                before.userPrincipalName(),
                "Grace Hopper",
                null,
                "Last",
                "FR",
                null,
                null,
                true,
                null));
    assertThat(lastChange().changes())
        .extracting(change -> change.field())
        .containsExactlyInAnyOrder("displayName", "usageLocation", "firstName");
    assertThat(lastChange().request().actor().application())
        .isEqualTo(OwnApplications.of(Tenancy.PARTNER));
    assertThat(admin().get(path(user)).text()).as("said once").doesNotContain("was saved");
  }

  @Test
  void formAsItWasChangesNothing() {
    UserId user = newUser();
    long changes = served.server().tenancy().changes();

    RawAnswer answer = admin().submit(path(user), path(user), Map.of());

    assertThat(done(answer, path(user)).text()).contains("Nothing was changed.");
    assertThat(served.server().tenancy().changes()).isEqualTo(changes);
  }

  @Test
  void formThatIsSentTwiceChangesOnce() {
    UserId user = newUser();
    RawAnswer page = admin().get(path(user));
    Map<String, String> fields = new HashMap<>(Visitor.fieldsOf(page, path(user)));
    fields.put("displayName", "Once");
    var _ = admin().post(path(user), fields);
    long changes = served.server().tenancy().changes();

    RawAnswer again = admin().post(path(user), fields);

    assertThat(again.status()).isEqualTo(303);
    assertThat(served.server().tenancy().changes()).isEqualTo(changes);
  }

  @Test
  void formThatIsFilledInAnewIsAnotherRequest() {
    UserId user = newUser();
    RawAnswer page = admin().get(path(user));
    Map<String, String> fields = new HashMap<>(Visitor.fieldsOf(page, path(user)));
    fields.put("displayName", "Once");
    var _ = admin().post(path(user), fields);
    fields.put("displayName", "Back and again");

    RawAnswer again = admin().post(path(user), fields);

    assertThat(again.status()).as("it is older than the account").isEqualTo(409);
    assertThat(again.text()).contains("Somebody else has changed this account", "Back and again");
  }

  @Test
  void searchDoesNotSwallowWhatWasToBeTold() {
    UserId user = newUser();
    var _ = admin().submit(path(user), path(user), Map.of("displayName", "To be told"));

    RawAnswer list =
        admin().exchange(RawRequest.get(CUSTOMER + "/users?q=x").header("HX-Request", "true"));

    assertThat(list.text()).doesNotContain("To be told was saved.");
    assertThat(admin().get(path(user)).text()).contains("To be told was saved.");
  }

  @Test
  void wrongValuesAreSaidAtTheirFields() {
    UserId user = newUser();

    RawAnswer answer =
        admin()
            .submit(
                path(user),
                path(user),
                Map.of("usageLocation", "Nowhere", "userPrincipalName", "x@nobodys.example"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text())
        .contains(
            "id=\"usageLocation-fault\"",
            "aria-describedby=\"usageLocation-fault\"",
            "id=\"userPrincipalName-fault\"",
            "is not a verified domain of the customer",
            "value=\"Nowhere\"",
            "role=\"alert\"");
  }

  @Test
  void fieldThatMustNotBeEmptyIsSaidToBe() {
    UserId user = newUser();

    RawAnswer answer = admin().submit(path(user), path(user), Map.of("displayName", " "));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text())
        .contains("id=\"displayName-fault\"", "The value is required and must not be empty.");
  }

  @Test
  void nameThatIsTakenIsSaidToBe() {
    UserId user = newUser();
    UserId other = newUser();

    RawAnswer answer =
        admin().submit(path(user), path(user), Map.of("userPrincipalName", Tenancy.nameOf(other)));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text())
        .contains("id=\"userPrincipalName-fault\"", "Another account has the same value already.");
  }

  @Test
  void secondOfTwoSeesWhatChangedAndMerges() {
    UserId user = newUser();
    RawAnswer shown = admin().get(path(user));
    patch(user, "{\"firstName\":\"Theirs\",\"lastName\":\"Hopper\",\"phoneNumber\":\"555\"}");

    RawAnswer conflict =
        admin()
            .submit(
                shown,
                path(user),
                Map.of("firstName", "Mine", "displayName", "Grace", "lastName", "Hopper"));

    assertThat(conflict.status()).isEqualTo(409);
    assertThat(conflict.text())
        .contains(
            "Somebody else has changed this account",
            served.server().tenancy().agent(Role.ADMIN_AGENT).userPrincipalName(),
            "First name",
            "value=\"Mine\" checked",
            "value=\"Theirs\"",
            "<ins>555</ins>");
    assertThat(stored(user).displayName()).isEqualTo("Display name");

    RawAnswer merged = admin().submit(conflict, path(user), Map.of("firstName", "Mine"));

    assertThat(done(merged, path(user)).text()).contains("Grace was saved.");
    assertThat(stored(user).firstName()).isEqualTo("Mine");
    assertThat(stored(user).displayName()).isEqualTo("Grace");
    assertThat(stored(user).lastName()).isEqualTo("Hopper");
    assertThat(stored(user).phoneNumber()).isEqualTo("555");
  }

  @Test
  void whoTakesTheirsLosesNothing() {
    UserId user = newUser();
    RawAnswer shown = admin().get(path(user));
    patch(user, "{\"firstName\":\"Theirs\"}");
    RawAnswer conflict =
        admin().submit(shown, path(user), Map.of("firstName", "Mine", "displayName", "Grace"));

    RawAnswer merged = admin().submit(conflict, path(user), Map.of("firstName", "Theirs"));

    assertThat(merged.status()).isEqualTo(303);
    assertThat(stored(user).firstName()).isEqualTo("Theirs");
    assertThat(stored(user).displayName()).isEqualTo("Grace");
    assertThat(lastChange().changes()).hasSize(1);
  }

  @Test
  void passwordIsMadeAndShownOnce() {
    UserId user = newUser();
    String page = path(user) + "/password";

    RawAnswer answer = admin().submit(page, page, Map.of("force", "on"));
    RawAnswer shown = done(answer, page);

    Matcher password = NEW_PASSWORD.matcher(shown.text());
    assertThat(password.find()).as(shown.toString()).isTrue();
    assertThat(password.group(1)).matches("([A-Za-z2-9]{4}-){3}[A-Za-z2-9]{4}");
    assertThat(shown.header("Cache-Control")).isEqualTo("no-store");
    assertThat(admin().get(page).text()).doesNotContain(password.group(1));
    assertThat(stored(user).forceChangePassword()).isTrue();
    assertThat(lastChange().changes()).extracting(change -> change.field()).contains("password");
  }

  @Test
  void passwordNeedNotBeChanged() {
    UserId user = newUser();
    String page = path(user) + "/password";

    RawAnswer answer = admin().submit(page, page, Map.of());

    assertThat(answer.status()).isEqualTo(303);
    assertThat(stored(user).forceChangePassword()).isFalse();
    assertThat(NEW_PASSWORD.matcher(admin().get(page).text()).find()).isTrue();
  }

  @Test
  void resetThatIsSentTwiceShowsNoPasswordThatWasNotSet() {
    UserId user = newUser();
    String page = path(user) + "/password";
    Map<String, String> fields = Visitor.fieldsOf(admin().get(page), page);
    var _ = admin().post(page, fields);
    var _ = admin().get(page);

    RawAnswer again = admin().post(page, fields);

    assertThat(done(again, page).text())
        .contains("This form was sent before.")
        .doesNotContain("new-password");
  }

  @Test
  void helpdeskResetsOrdinaryPasswordsOnly() {
    UserId ordinary = newUser();
    UserId administrator = newUser();
    String roles = path(administrator) + "/roles/add";
    var _ =
        admin()
            .submit(
                path(administrator), roles, Map.of("role", "729827e3-9c14-49f7-bb1b-9608f156bbb8"));
    Visitor helpdesk = visitor(Role.HELPDESK_AGENT);
    String page = path(ordinary) + "/password";
    String forbidden = path(administrator) + "/password";

    assertThat(helpdesk.submit(page, page, Map.of()).status()).isEqualTo(303);
    RawAnswer refused = helpdesk.submit(forbidden, forbidden, Map.of());

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("Roles of the partner that suffice: admin_agent");
  }

  @Test
  void deletionCanBeUndoneAtOnce() {
    UserId user = newUser();

    RawAnswer deleted = admin().submit(path(user), path(user) + "/delete", Map.of());
    RawAnswer list = done(deleted, CUSTOMER + "/users");

    assertThat(list.text()).contains("Display name was deleted.", ">Undo</button>");
    assertThat(stored(user).isDeleted()).isTrue();
    RawAnswer restored = admin().submit(list, path(user) + "/restore", Map.of());
    assertThat(done(restored, path(user)).text()).contains("Display name was restored.");
    assertThat(stored(user).isDeleted()).isFalse();
  }

  @Test
  void deletedUsersHaveDaysLeft() {
    UserId user = newUser();
    var _ = admin().submit(path(user), path(user) + "/delete", Map.of());
    var _ = admin().get(CUSTOMER + "/users");
    served.server().clock().advance(Duration.ofMinutes(10));

    RawAnswer list = admin().get(CUSTOMER + "/deleted");

    assertThat(list.text()).contains(Tenancy.nameOf(user), "<td>30</td>");
    RawAnswer restored = admin().submit(list, path(user) + "/restore", Map.of());
    assertThat(restored.status()).isEqualTo(303);
    assertThat(admin().get(CUSTOMER + "/deleted").text()).doesNotContain(Tenancy.nameOf(user));
  }

  @Test
  void restoreIntoATakenNameSaysSo() {
    UserId user = newUser();
    var _ = admin().submit(path(user), path(user) + "/delete", Map.of());
    UserId other = newUser();
    patch(other, "{\"userPrincipalName\":\"" + Tenancy.nameOf(user) + "\"}");

    RawAnswer answer = admin().submit(path(user), path(user) + "/restore", Map.of());

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text()).contains("Another account has the same value already.");
  }

  @Test
  void rolesAreGivenAndTaken() {
    UserId user = newUser();
    String reader = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b";

    RawAnswer given = admin().submit(path(user), path(user) + "/roles/add", Map.of("role", reader));
    assertThat(done(given, path(user) + "#roles").text())
        .contains("The role Directory Readers was given.");
    assertThat(admin().get(CUSTOMER + "/users?role=" + reader).text())
        .contains(Tenancy.nameOf(user))
        .doesNotContain("emailid@");

    RawAnswer taken =
        admin().submit(path(user), path(user) + "/roles/remove", Map.of("role", reader));
    assertThat(done(taken, path(user) + "#roles").text())
        .contains("The role Directory Readers was taken away.", "This account has no role.");
  }

  @Test
  void lastAdministratorStays() {
    UserId user = newUser();
    String role = "62e90394-69f5-4237-9190-012177145e10";
    var _ = admin().submit(path(user), path(user) + "/roles/add", Map.of("role", role));

    RawAnswer answer =
        admin().submit(path(user), path(user) + "/roles/remove", Map.of("role", role));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("last Company Administrator");
    assertThat(admin().submit(path(user), path(user) + "/delete", Map.of()).status())
        .isEqualTo(400);
  }

  @Test
  void roleThatDoesNotExistIsNotFound() {
    UserId user = newUser();

    RawAnswer answer =
        admin().submit(path(user), path(user) + "/roles/add", Map.of("role", "none"));

    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void lastLicenceIsAssignedOnce() {
    UserId first = newUser();
    UserId second = newUser();
    patch(first, "{\"usageLocation\":\"FR\"}");
    patch(second, "{\"usageLocation\":\"FR\"}");
    Map<String, String> assign = Map.of("sku", Seats.VISIO, "do", "assign");
    String action = path(first) + "/licenses";
    assertThat(admin().get(path(first)).text()).contains("Visio Online Plan 2", "Left: 1 of 1");

    RawAnswer assigned = admin().submit(path(first), action, assign);
    assertThat(done(assigned, path(first) + "#licenses").text())
        .contains("A licence of Visio Online Plan 2 was assigned.");
    RawAnswer none = admin().submit(path(second), path(second) + "/licenses", assign);

    assertThat(none.status()).isEqualTo(400);
    assertThat(none.text()).contains("No license of the product is left.", "Left: 0 of 1");
    assertThat(admin().get(CUSTOMER + "/licenses").text())
        .contains("Visio Online Plan 2", "<td>1</td><td>0</td><td>1</td>");
    RawAnswer removed =
        admin().submit(path(first), action, Map.of("sku", Seats.VISIO, "do", "remove"));
    assertThat(done(removed, path(first) + "#licenses").text())
        .contains("The licence of Visio Online Plan 2 was removed.");
  }

  @Test
  void licenceWithoutUsageLocationIsRefusedWithTheReason() {
    UserId user = newUser();

    RawAnswer answer =
        admin()
            .submit(path(user), path(user) + "/licenses", Map.of("sku", Seats.EMS, "do", "assign"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text())
        .contains("License assignment cannot be done for user with invalid usage location.");
  }

  @Test
  void refusalsAreInTheRecords() {
    UserId user = newUser();
    var _ =
        admin()
            .submit(path(user), path(user) + "/licenses", Map.of("sku", Seats.EMS, "do", "assign"));

    RawAnswer records = admin().get("/dashboard/records?what=refused");

    assertThat(records.text()).contains("Licences changed", "Refused", path(user));
  }

  @Test
  void accountThatIsGoneIsNotFound() {
    RawAnswer answer = admin().get(path(UserId.of("00000000-0000-4000-8000-000000000000")));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).contains("There is no such page, customer or user");
  }

  @Test
  void allFieldsOfAFormAreNamed() {
    RawAnswer page = admin().get(path(newUser()));

    for (AccountField field : List.of(AccountField.values())) {
      assertThat(page.text())
          .contains(
              "<label for=\"" + field.wireName() + "\">", "<input id=\"" + field.wireName() + "\"");
    }
  }
}
