package dev.vidame.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.operators.KeyRotation;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators exchange the key that signs tokens. */
class SigningKeyRoutesTest {
  private static final String KEYS = "/admin/v1/signingkeys";

  @TempDir private Path folder;
  private Admin admin;

  @BeforeEach
  void start() {
    admin = Admin.start(folder);
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private List<String> listed() {
    return admin.send("GET", KEYS).json().get("items").items().stream()
        .map(item -> item.get("id").text())
        .toList();
  }

  private List<String> published() {
    return admin
        .server()
        .send(RawRequest.get("/.well-known/jwks.json"))
        .json()
        .get("keys")
        .items()
        .stream()
        .map(key -> key.get("kid").text())
        .toList();
  }

  @Test
  void keyIsExchangedAndNoTokenIsLost() {
    String before = Admin.access(admin.token(admin.server().tokens().passwordForm()));
    List<String> old = listed();

    RawAnswer answer = admin.send("POST", KEYS);
    String after = Admin.access(admin.token(admin.server().tokens().passwordForm()));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().members().keySet()).containsExactly("id", "createdAt");
    assertThat(answer.text()).doesNotContain("\"d\"", "kty");
    assertThat(listed()).containsExactly(answer.json().get("id").text(), old.getFirst());
    assertThat(published()).isEqualTo(listed());
    assertThat(admin.read(before)).isEqualTo("200");
    assertThat(admin.read(after)).isEqualTo("200");
  }

  @Test
  void oldKeyIsListedWithItsEndAndThenNoMore() {
    admin.send("POST", KEYS);

    JsonNode old = admin.send("GET", KEYS).json().get("items").items().getLast();
    admin.server().clock().advance(Duration.ofHours(1).plusMinutes(2));

    assertThat(old.get("verifiesUntil").text()).isEqualTo("2026-11-22T11:02:00Z");
    assertThat(listed()).hasSize(1);
    assertThat(published()).isEqualTo(listed());
  }

  @Test
  void repetitionExchangesNothing() {
    UUID id = UUID.randomUUID();

    RawAnswer first = admin.send(RawRequest.of("POST", KEYS).id(id));
    RawAnswer again = admin.send(RawRequest.of("POST", KEYS).id(id));

    assertThat(again.isReplayed()).isTrue();
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(listed()).hasSize(2);
  }

  @Test
  void exchangeIsARowOfTheServicesJournal() {
    long rows = admin.rows(Ledger.SERVICE);
    String old = listed().getFirst();

    String next = admin.send("POST", KEYS).json().get("id").text();

    List<Entry> entries = admin.server().server().directory().journal(Ledger.SERVICE, rows, 10);
    assertThat(entries).hasSize(1);
    assertThat(entries.getFirst().operation().code()).isEqualTo("service.rotate-signing-key");
    assertThat(entries.getFirst().toString()).contains(old, next);
  }

  @Test
  void thereIsAnEndToHowManyKeysVerify() {
    for (int i = 1; i < KeyRotation.MOST_KEYS; i++) {
      assertThat(admin.send("POST", KEYS).status()).isEqualTo(201);
    }

    RawAnswer answer = admin.send("POST", KEYS);

    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.text()).contains("10 keys are needed");
    assertThat(listed()).hasSize(KeyRotation.MOST_KEYS);
    admin.server().clock().advance(Duration.ofHours(2));
    assertThat(admin.send("POST", KEYS).status()).isEqualTo(201);
  }

  @Test
  void partnersTokenExchangesNoKey() {
    RawAnswer answer = admin.server().sendAsAdmin(RawRequest.of("POST", KEYS));

    assertThat(answer.outcome()).isEqualTo("401/400");
    assertThat(listed()).hasSize(1);
  }
}
