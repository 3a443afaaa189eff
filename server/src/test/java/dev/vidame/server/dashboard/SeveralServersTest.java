package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.Together;
import dev.vidame.server.harness.TwoServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers over one PostgreSQL behind one address, and a browser whose requests reach now the
 * one and now the other.
 */
class SeveralServersTest {
  private static final String PAGE = "/dashboard/customers";
  private static final String USER = PAGE + "/" + Tenancy.CUSTOMER + "/users/" + Tenancy.USER;
  private static final Pattern NEW_PASSWORD =
      Pattern.compile("<code id=\"new-password\">([^<]+)</code>");

  @TempDir private Path folder;
  private TwoServers servers;
  private TestServer one;
  private Visitor atOne;
  private Visitor atOther;

  @BeforeEach
  void start() {
    servers = TwoServers.start(folder);
    one = servers.one();
    atOne = new Visitor(one, "en");
    atOther = atOne.at(servers.other());
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  private Agent admin() {
    return one.tenancy().agent(Role.ADMIN_AGENT);
  }

  /** Every step at the other server than the one before. */
  private void signIn() {
    RawAnswer begun = atOther.follow(atOne.get(PAGE));
    String form = atOne.local(begun.header("Location"));
    Map<String, String> fields = Visitor.hidden(atOne.get(form).text());
    fields.put("username", admin().userPrincipalName());
    fields.put("password", Tenancy.AGENT_PASSWORD);
    fields.put("decision", "allow");
    RawAnswer back = atOther.post(form, fields);
    assertThat(atOne.follow(back).header("Location")).isEqualTo(PAGE);
  }

  @Test
  void sessionGoesBackAndForth() {
    signIn();
    String key = String.valueOf(atOne.cookies().get("vidame-session"));

    for (int i = 0; i < 5; i++) {
      assertThat(atOther.get(PAGE).status()).isEqualTo(200);
      assertThat(atOne.get(PAGE).status()).isEqualTo(200);
    }

    assertThat(atOther.cookies()).containsEntry("vidame-session", key);
  }

  @Test
  void formOfOneServerIsSentToTheOtherAndToldByEither() {
    signIn();

    RawAnswer form = atOther.get(USER);
    RawAnswer saved = atOne.submit(form, USER, Map.of("displayName", "Grace"));

    assertThat(saved.status()).as(saved.toString()).isEqualTo(303);
    assertThat(atOther.get(USER).text()).contains("Grace was saved.");
    assertThat(atOne.get(USER).text()).contains("Grace").doesNotContain("Grace was saved.");
  }

  @Test
  void whatOneSavedIsAConflictForAFormOfTheOther() {
    signIn();
    RawAnswer form = atOne.get(USER);
    var _ = atOther.submit(USER, USER, Map.of("displayName", "Theirs"));

    RawAnswer conflict = atOne.submit(form, USER, Map.of("displayName", "Mine"));

    assertThat(conflict.status()).isEqualTo(409);
    assertThat(conflict.text()).contains("Theirs", "Mine");
    RawAnswer merged = atOther.submit(conflict, USER, Map.of("displayName", "Merged"));
    assertThat(merged.status()).as(merged.text()).isEqualTo(303);
    assertThat(atOne.get(USER).text()).contains("Merged was saved.");
  }

  @Test
  void newPasswordIsShownByEitherServerAndOnce() throws Exception {
    signIn();
    RawAnswer made = atOne.submit(USER + "/password", USER + "/password", Map.of());
    assertThat(made.status()).isEqualTo(303);

    List<String> pages =
        Together.run(6, id -> () -> (id % 2 == 0 ? atOther : atOne).get(USER + "/password").text());

    List<String> shown =
        pages.stream()
            .map(NEW_PASSWORD::matcher)
            .filter(Matcher::find)
            .map(found -> found.group(1))
            .toList();
    assertThat(shown).hasSize(1);
  }

  @Test
  void formThatIsSentToBothIsOneChange() {
    signIn();
    Map<String, String> fields = new LinkedHashMap<>(Visitor.fieldsOf(atOne.get(USER), USER));
    fields.put("displayName", "Once");
    long before = one.tenancy().changes();

    assertThat(atOne.post(USER, fields).status()).isEqualTo(303);
    assertThat(atOther.post(USER, fields).status()).isEqualTo(303);

    assertThat(one.tenancy().changes()).isEqualTo(before + 1);
  }

  @Test
  void useAtOneServerKeepsTheSessionAtTheOther() {
    signIn();
    for (int i = 0; i < 3; i++) {
      one.clock().advance(Duration.ofMinutes(25));
      assertThat((i % 2 == 0 ? atOne : atOther).get(PAGE).status()).isEqualTo(200);
    }

    one.clock().advance(Duration.ofMinutes(30));

    assertThat(atOther.get(PAGE).status()).isEqualTo(303);
    assertThat(atOne.get(PAGE).status()).isEqualTo(303);
  }

  @Test
  void signOutAtOneEndsTheSessionAtTheOther() {
    signIn();
    String key = String.valueOf(atOne.cookies().get("vidame-session"));

    RawAnswer left = atOne.submit(atOther.get(PAGE), "/dashboard/sign-out", Map.of());

    assertThat(left.status()).isEqualTo(200);
    atOther.cookies().put("vidame-session", key);
    assertThat(atOther.get(PAGE).status()).isEqualTo(303);
  }

  @Test
  void agentWhoIsDisabledAtOneIsOutAtTheOther() {
    signIn();

    var _ =
        one.server()
            .directory()
            .agents()
            .update(
                Tenancy.PARTNER,
                admin().id(),
                new Agents.Update(null, null, true),
                ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID()));

    assertThat(atOther.get(PAGE).status()).isEqualTo(303);
  }

  @Test
  void sessionOutlivesTheServerThatBeganIt() {
    signIn();

    one.close();

    assertThat(atOther.get(PAGE).status()).isEqualTo(200);
  }
}
