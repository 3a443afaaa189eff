package dev.vidame.server.clients;

import static dev.vidame.server.clients.Client.USERS;
import static dev.vidame.server.clients.Client.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.users.Users;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.licenses.Seats;
import dev.vidame.wire.UserId;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The PowerShell module, which reads an account, changes a member and sends the whole back. */
class PowerShellTest {
  @RegisterExtension static final Served served = new Served();

  private final Client client = Client.net(served.server());
  private String user = "";

  @BeforeEach
  void start() {
    user = Seats.located(served.server(), served.server().tenancy().newUser()).toString();
  }

  private String whole(String firstName) {
    JsonNode now = client.get(USERS + "/" + user).json();
    return """
    {"UsageLocation":"%s","Id":"%s","UserPrincipalName":"%s","FirstName":"%s","LastName":"%s",\
    "DisplayName":"%s","PasswordProfile":{"Password":null,"ForceChangePassword":true},\
    "LastDirectorySyncTime":null,"UserDomainType":"none","State":"active",\
    "SoftDeletionTime":null,"Links":{"Self":{"Uri":"%s","Method":"GET","Headers":[]}},\
    "Attributes":{"ObjectType":"CustomerUser"}}\
    """
        .formatted(
            now.get("usageLocation").text(),
            user,
            now.get("userPrincipalName").text(),
            firstName,
            now.get("lastName").text(),
            now.get("displayName").text(),
            now.get("links").get("self").get("uri").text());
  }

  @Test
  @Rows({5, 6, 7, 25, 27})
  void sendsTheWholeAccountBackWithOneMemberChanged() {
    String before = client.get(USERS + "/" + user).text();
    Users users = served.server().tenancy().directory().users();
    UserId id = UserId.of(user);
    Optional<String> hash = users.passwordHash(Tenancy.CUSTOMER, id);

    RawAnswer changed = ok(client.send("PATCH", USERS + "/" + user, whole("Grace")));

    assertThat(changed.text()).isEqualTo(before.replace("\"First\"", "\"Grace\""));
    assertThat(changed.text()).isNotEqualTo(before);
    assertThat(users.passwordHash(Tenancy.CUSTOMER, id)).isPresent().isEqualTo(hash);
  }

  @Test
  @Rows({6, 7})
  void restoresByTheSameBody() {
    String body = whole("First");
    assertThat(client.send("DELETE", USERS + "/" + user, "").status()).isEqualTo(204);

    RawAnswer restored = ok(client.send("PATCH", USERS + "/" + user, body));

    assertThat(restored.json().get("state").text()).isEqualTo("active");
    assertThat(restored.json().has("softDeletionTime")).isFalse();
  }

  @Test
  @Rows(24)
  void showsTheDescriptionOfARefusal() {
    for (RawAnswer refusal : client.refusals(user)) {
      assertThat(refusal.json().get("description").text()).hasSizeGreaterThan(5);
    }
  }
}
