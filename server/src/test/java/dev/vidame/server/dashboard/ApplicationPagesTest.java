package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.operators.ApplicationKeys.NewKey;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.ApplicationKey;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What admin agents do to their partner's applications on pages, without any script. */
class ApplicationPagesTest {
  @RegisterExtension static final Served served = new Served();

  private static final String APPLICATIONS = "/dashboard/applications";
  private static final String NEW = APPLICATIONS + "/new";

  private static Directory directory() {
    return served.server().server().directory();
  }

  private static Visitor admin() {
    return Visitor.signedIn(served.server(), served.server().tenancy().agent(Role.ADMIN_AGENT));
  }

  private static ApplicationId newApplication() {
    return AdminPagesTest.newApplication(served.server());
  }

  private static String path(ApplicationId id) {
    return APPLICATIONS + "/" + id;
  }

  private static Application stored(ApplicationId id) {
    return directory().applications().get(Tenancy.PARTNER, id).orElseThrow();
  }

  private static RawAnswer followed(Visitor visitor, RawAnswer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
    return visitor.get(answer.header("Location"));
  }

  private static List<Operation> operations(long behind) {
    return AdminPagesTest.rows(served.server(), behind).stream().map(Entry::operation).toList();
  }

  @Test
  void applicationIsRegisteredWithASecretThatIsShownOnce() {
    Visitor admin = admin();
    long before = AdminPagesTest.rows(served.server());
    RawAnswer form = admin.get(NEW);
    Map<String, String> fields =
        Map.of(
            "name",
            "Importer",
            "redirectUris",
            "https://app.example/back\r\n\r\n http://localhost/back \r\n");

    RawAnswer created = admin.submit(form, NEW, fields);
    RawAnswer shown = followed(admin, created);
    RawAnswer again = admin.submit(form, NEW, fields);

    String secret = AdminPagesTest.shownOnce(shown).orElseThrow();
    String location = created.header("Location");
    ApplicationId id =
        new ApplicationId(UUID.fromString(location.substring(APPLICATIONS.length() + 1)));
    assertThat(directory().partners().client(id, secret)).isPresent();
    assertThat(stored(id).redirectUris())
        .containsExactly("https://app.example/back", "http://localhost/back");
    assertThat(again.header("Location")).isEqualTo(location);
    assertThat(followed(admin, again).text())
        .contains("This form was sent before.")
        .doesNotContain(secret);
    assertThat(operations(before)).containsExactly(Operation.CREATE_APPLICATION);
    assertThat(admin.get("/dashboard/records").text())
        .contains("Application registered", location)
        .doesNotContain(secret);
  }

  @Test
  void publicApplicationHasNoSecret() {
    Visitor admin = admin();

    RawAnswer shown =
        followed(admin, admin.submit(NEW, NEW, Map.of("name", "Phone", "public", "on")));

    assertThat(AdminPagesTest.shownOnce(shown)).isEmpty();
    assertThat(shown.text())
        .contains("A public application has neither secrets nor keys.")
        .doesNotContain("/secrets\"");
  }

  @Test
  void wrongApplicationIsSaidToBeAndNotRegistered() {
    Visitor admin = admin();
    long rows = AdminPagesTest.rows(served.server());

    RawAnswer answer =
        admin.submit(NEW, NEW, Map.of("name", "", "redirectUris", "http://elsewhere.example/"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text())
        .contains(
            "id=\"name-fault\"",
            "id=\"redirectUris-fault\"",
            "An address must be https",
            "http://elsewhere.example/</textarea>");
    assertThat(AdminPagesTest.rows(served.server())).isEqualTo(rows);
  }

  @Test
  void nameAndAddressesAreChanged() {
    Visitor admin = admin();
    ApplicationId id = newApplication();
    long before = AdminPagesTest.rows(served.server());

    RawAnswer saved =
        admin.submit(
            path(id), path(id), Map.of("name", "Renamed", "redirectUris", "https://a.example/"));
    assertThat(followed(admin, saved).text()).contains("Renamed was saved.");
    RawAnswer same = admin.submit(path(id), path(id), Map.of("redirectUris", "https://a.example/"));
    assertThat(followed(admin, same).text()).contains("Nothing was changed.");
    RawAnswer wrong = admin.submit(path(id), path(id), Map.of("redirectUris", "nonsense"));

    assertThat(wrong.status()).isEqualTo(400);
    assertThat(stored(id).name()).isEqualTo("Renamed");
    assertThat(stored(id).redirectUris()).containsExactly("https://a.example/");
    assertThat(operations(before)).containsExactly(Operation.UPDATE_APPLICATION);
  }

  @Test
  void disabledApplicationHasNoTokensUntilItIsAllowedAgain() {
    Visitor admin = admin();
    ApplicationId id = newApplication();

    RawAnswer off = admin.submit(path(id), path(id) + "/state", Map.of());

    assertThat(followed(admin, off).text()).contains("may have no tokens any more.");
    assertThat(directory().partners().client(id, Tenancy.APPLICATION_SECRET)).isEmpty();

    RawAnswer on = admin.submit(path(id), path(id) + "/state", Map.of());

    assertThat(followed(admin, on).text()).contains("may have tokens again.");
    assertThat(directory().partners().client(id, Tenancy.APPLICATION_SECRET)).isPresent();
  }

  @Test
  void secondSecretIsGoodBesideTheFirstAndThereIsNoThird() {
    Visitor admin = admin();
    ApplicationId id = newApplication();
    RawAnswer form = admin.get(path(id));
    long before = AdminPagesTest.rows(served.server());

    RawAnswer added = admin.submit(form, path(id) + "/secrets", Map.of());
    String secret = AdminPagesTest.shownOnce(followed(admin, added)).orElseThrow();
    RawAnswer again = followed(admin, admin.submit(form, path(id) + "/secrets", Map.of()));

    assertThat(directory().partners().client(id, secret)).isPresent();
    assertThat(directory().partners().client(id, Tenancy.APPLICATION_SECRET)).isPresent();
    assertThat(again.text())
        .contains("This form was sent before.", "There are as many as there may be.")
        .doesNotContain(secret);
    assertThat(operations(before)).containsExactly(Operation.ADD_SECRET);

    Map<String, String> another = Visitor.fieldsOf(form, path(id) + "/secrets");
    another.put("request", UUID.randomUUID().toString());
    RawAnswer third = admin.post(path(id) + "/secrets", another);

    assertThat(third.status()).isEqualTo(400);
    assertThat(third.text()).contains("An application has at most 2 secrets.");

    RawAnswer removed = admin.submit(path(id), path(id) + "/secrets/remove", Map.of());

    assertThat(followed(admin, removed).text()).contains("The secret was removed.");
    assertThat(directory().applications().secrets(Tenancy.PARTNER, id).orElseThrow()).hasSize(1);
    assertThat(operations(before)).containsExactly(Operation.ADD_SECRET, Operation.REMOVE_SECRET);
  }

  @Test
  void keyIsShownAndRemoved() throws Exception {
    Visitor admin = admin();
    ApplicationId id = newApplication();
    KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
    keys.initialize(2048);
    String key =
        Base64.getEncoder().encodeToString(keys.generateKeyPair().getPublic().getEncoded());
    var _ =
        directory()
            .applicationKeys()
            .add(
                Tenancy.PARTNER,
                id,
                new NewKey(
                    UUID.randomUUID(), key, new ApplicationKey.Names("key-one", null, null), null),
                ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID()));
    assertThat(admin.get(path(id)).text()).contains("key-one").doesNotContain(key);

    RawAnswer removed = admin.submit(path(id), path(id) + "/keys/remove", Map.of());

    assertThat(followed(admin, removed).text())
        .contains("The key was removed.")
        .doesNotContain("key-one");
    assertThat(directory().applicationKeys().list(Tenancy.PARTNER, id).orElseThrow()).isEmpty();
  }

  @Test
  void applicationOfAnotherPartnerIsNotThere() {
    Visitor admin = admin();
    ApplicationId other = served.server().tenancy().otherApplication().id();
    Map<String, String> fields = Visitor.fieldsOf(admin.get(NEW), NEW);
    fields.put("secret", other.toString());
    fields.put("key", other.toString());

    RawAnswer none = admin.get(APPLICATIONS + "/" + UUID.randomUUID());

    assertThat(none.status()).isEqualTo(404);
    assertThat(admin.get(path(other)).text()).isEqualTo(none.text());
    assertThat(admin.get(APPLICATIONS).text()).doesNotContain(other.toString());
    for (String action : List.of("", "/state", "/secrets", "/secrets/remove", "/keys/remove")) {
      assertThat(admin.post(path(other) + action, fields).status()).as(action).isEqualTo(404);
    }
  }

  /** A secret of it would let its holder act as the pages. */
  @Test
  void applicationOfThePagesIsShownAndOnlyItsStateChanges() {
    OwnPartner partner = new OwnPartner(served.server());
    Agent agent = partner.admin("closer");
    Visitor visitor = Visitor.signedIn(served.server(), agent);
    ApplicationId own = OwnApplications.of(partner.id());
    String state = path(own) + "/state";

    RawAnswer list = visitor.get(APPLICATIONS);
    RawAnswer page = visitor.get(path(own));
    Map<String, String> fields = Visitor.fieldsOf(page, state);
    fields.put("name", "Other");
    fields.put("secret", own.toString());
    fields.put("key", own.toString());

    assertThat(list.text()).contains("Dashboard", "these pages");
    assertThat(page.text())
        .contains("Disabling it closes these pages to everybody")
        .doesNotContain(path(own) + "/secrets", "class=\"edit\"");
    for (String action : List.of("", "/secrets", "/secrets/remove", "/keys/remove")) {
      RawAnswer answer = visitor.post(path(own) + action, fields);
      assertThat(answer.status()).as(action).isEqualTo(400);
      assertThat(answer.text()).contains("Only its state can be changed here.");
    }
    RawAnswer unsure = visitor.submit(path(own), state, Map.of());
    assertThat(unsure.status()).isEqualTo(400);
    assertThat(unsure.text()).contains("Say that you want to close these pages to all.");
    assertThat(visitor.get(APPLICATIONS).status()).isEqualTo(200);

    RawAnswer closed = visitor.submit(path(own), state, Map.of("sure", "on"));

    assertThat(closed.status()).isEqualTo(303);
    assertThat(visitor.get(APPLICATIONS).status()).isEqualTo(403);
    assertThat(admin().get(APPLICATIONS).status()).as("of other partners").isEqualTo(200);
  }

  @Test
  void listIsSearched() {
    Visitor admin = admin();
    ApplicationId id = newApplication();

    assertThat(admin.get(APPLICATIONS + "?q=APP%20" + id).text()).contains(path(id));
    assertThat(admin.get(APPLICATIONS + "?q=" + id).text()).contains(path(id));
    assertThat(admin.get(APPLICATIONS + "?q=nothing-at-all").text())
        .contains("No application matches.");
  }
}
