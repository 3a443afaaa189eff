package dev.vidame.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Entry;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators say where browsers may be sent for an application. */
class RedirectUriTest {
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

  private static List<String> uris(RawAnswer answer) {
    assertThat(answer.status()).isLessThan(300);
    return answer.json().get("redirectUris").texts();
  }

  private static List<Entry> entries(long after) {
    return admin
        .server()
        .server()
        .directory()
        .journal(new CustomerId(Tenancy.PARTNER.value()), after, 10);
  }

  @Test
  void addressesAreKeptToTheLetterAndReplacedAsAWhole() {
    RawAnswer created =
        admin.send(
            "POST",
            Admin.APPLICATIONS,
            "{\"name\":\"Portal\",\"redirectUris\":[\"https://a.example/Cb?x=%2F\","
                + "\"http://localhost:8400\",\"com.example.app:/cb\",\"http://localhost:8400\"]}");
    String path = Admin.APPLICATIONS + "/" + created.json().get("id").text();
    assertThat(uris(created))
        .containsExactly(
            "https://a.example/Cb?x=%2F", "http://localhost:8400", "com.example.app:/cb");

    RawAnswer renamed = admin.send("PATCH", path, "{\"name\":\"Other\"}");
    long rows = admin.partnerRows();
    RawAnswer changed = admin.send("PATCH", path, "{\"redirectUris\":[\"https://b.example/\"]}");

    assertThat(uris(renamed)).hasSize(3);
    assertThat(uris(changed)).containsExactly("https://b.example/");
    assertThat(uris(admin.send("GET", path))).containsExactly("https://b.example/");
    assertThat(entries(rows)).hasSize(1);
    assertThat(entries(rows).getFirst().toString())
        .contains("redirectUris", "https://a.example/Cb?x=%2F", "https://b.example/");
    assertThat(uris(admin.send("PATCH", path, "{\"redirectUris\":[]}"))).isEmpty();
  }

  @Test
  void applicationWithoutAddressesSaysSo() {
    assertThat(uris(admin.send("GET", admin.application()))).isEmpty();
  }

  @Test
  void thereIsAnEndToHowManyThereAre() {
    StringBuilder many = new StringBuilder("\"https://a.example/0\"");
    for (int i = 1; i < 20; i++) {
      many.append(",\"https://a.example/").append(i).append('"');
    }
    String twenty = "{\"redirectUris\":[" + many + "]}";
    String more = "{\"redirectUris\":[" + many + ",\"https://a.example/20\"]}";

    assertThat(uris(admin.send("PATCH", admin.application(), twenty))).hasSize(20);
    assertThat(admin.send("PATCH", admin.application(), more).outcome()).isEqualTo("400/3000");
    admin.send("PATCH", admin.application(), "{\"redirectUris\":[]}");
  }
}
