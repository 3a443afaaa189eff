package dev.vidame.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.partners.SecondFactor;
import dev.vidame.server.factors.OneTimeCodes;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators enrol agents' second factors, and take them away after a loss. */
final class SecondFactorRoutesTest {
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

  private String factor() {
    return admin.adminAgent() + "/second-factor";
  }

  private Authenticator hand(RawAnswer enrolment) {
    JsonNode shown = enrolment.json();
    return new Authenticator(
        shown.get("secret").text(), shown.get("recoveryCodes").texts(), admin.server().clock());
  }

  private RawAnswer confirm(String code) {
    return admin.send("POST", factor() + "/confirm", "{\"code\":\"" + code + "\"}");
  }

  private Authenticator enrolled() {
    Authenticator hand = hand(admin.send("POST", factor()));
    assertThat(confirm(hand.code(-1)).status()).isEqualTo(200);
    return hand;
  }

  private RawAnswer signIn(String more) {
    return admin.token(admin.server().tokens().passwordForm() + more);
  }

  private String state() {
    return admin.send("GET", factor()).text();
  }

  @Test
  void agentIsAskedOnceACodeWasConfirmed() {
    assertThat(state()).isEqualTo("{\"state\":\"none\"}");

    RawAnswer enrolment = admin.send("POST", factor());
    Authenticator hand = hand(enrolment);

    assertThat(enrolment.status()).isEqualTo(201);
    assertThat(enrolment.json().members().keySet())
        .containsExactly("state", "pendingSince", "secret", "uri", "recoveryCodes");
    assertThat(state())
        .isEqualTo("{\"state\":\"pending\",\"pendingSince\":\"2026-11-22T10:00:00Z\"}");
    assertThat(signIn("").status()).isEqualTo(200);

    RawAnswer confirmed = confirm(hand.code(-1));

    assertThat(confirmed.text())
        .isEqualTo(
            "{\"state\":\"enrolled\",\"enrolledAt\":\"2026-11-22T10:00:00Z\",\"recoveryCodesLeft\":10}");
    assertThat(state()).isEqualTo(confirmed.text());
    assertThat(signIn("").status()).isEqualTo(400);
    assertThat(signIn("&otp=" + hand.code()).status()).isEqualTo(200);
    assertThat(signIn("&otp=" + hand.recoveryCodes().getFirst()).status()).isEqualTo(200);
    assertThat(state()).contains("\"recoveryCodesLeft\":9");
  }

  @Test
  void wrongCodeChangesNothingAndSaysSoInFrench() {
    Authenticator hand = hand(admin.send("POST", factor()));

    RawAnswer refused =
        admin.send(
            RawRequest.of("POST", factor() + "/confirm")
                .body("{\"code\":\"" + hand.wrongCode() + "\"}")
                .header("X-Locale", "fr-FR"));

    assertThat(refused.outcome()).isEqualTo("400/3000");
    assertThat(refused.text()).contains("l’application d’authentification affiche maintenant");
    assertThat(state()).contains("pending");
    assertThat(signIn("").status()).isEqualTo(200);
    assertThat(confirm(hand.code()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "{\"code\":\"\"}", "{\"code\":null}", "{\"code\":[\"1\"]}", "[]"})
  void codeIsRequired(String body) {
    admin.send("POST", factor());

    assertThat(admin.send("POST", factor() + "/confirm", body).status()).isEqualTo(400);
    assertThat(state()).contains("pending");
  }

  @Test
  void recoveryCodeConfirmsNothing() {
    Authenticator hand = hand(admin.send("POST", factor()));

    assertThat(confirm(hand.recoveryCodes().getFirst()).outcome()).isEqualTo("400/3000");
  }

  @Test
  void whereNothingWaitsThereIsNothingToConfirmOrRemove() {
    assertThat(confirm("123456").outcome()).isEqualTo("404/1000");
    assertThat(admin.send("DELETE", factor()).outcome()).isEqualTo("404/1000");
    assertThat(admin.send("POST", factor() + "/recovery-codes").outcome()).isEqualTo("404/1000");
    String nobody = Admin.AGENTS + "/" + Admin.NOBODY + "/second-factor";
    assertThat(admin.send("GET", nobody).outcome()).isEqualTo("404/1000");
    assertThat(admin.send("POST", nobody).outcome()).isEqualTo("404/1000");
    String ofAnother =
        Admin.PARTNERS
            + "/"
            + Tenancy.OTHER_PARTNER
            + "/agents/"
            + admin.server().tenancy().agent(Role.ADMIN_AGENT).id()
            + "/second-factor";
    assertThat(admin.send("POST", ofAnother).outcome()).isEqualTo("404/1000");
    assertThat(state()).isEqualTo("{\"state\":\"none\"}");
  }

  @Test
  void repetitionShowsNoSecretAndChangesNothing() {
    UUID id = UUID.randomUUID();
    RawAnswer first = admin.send(RawRequest.of("POST", factor()).id(id));
    long rows = admin.partnerRows();

    RawAnswer again = admin.send(RawRequest.of("POST", factor()).id(id));

    assertThat(again.isReplayed()).isTrue();
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json().members().keySet()).containsExactly("state", "pendingSince");
    assertThat(admin.partnerRows()).isEqualTo(rows);
    assertThat(confirm(hand(first).code()).status()).as("the first one holds").isEqualTo(200);
  }

  @Test
  void repeatedConfirmationAndCodesGetTheirAnswerWithoutSecrets() {
    Authenticator hand = hand(admin.send("POST", factor()));
    RawRequest confirmation =
        RawRequest.of("POST", factor() + "/confirm")
            .body("{\"code\":\"" + hand.code() + "\"}")
            .id(UUID.randomUUID());
    RawRequest codes = RawRequest.of("POST", factor() + "/recovery-codes").id(UUID.randomUUID());

    RawAnswer confirmed = admin.send(confirmation);
    RawAnswer made = admin.send(codes);
    long rows = admin.partnerRows();

    assertThat(admin.send(confirmation).text()).isEqualTo(confirmed.text());
    RawAnswer again = admin.send(codes);
    assertThat(again.isReplayed()).isTrue();
    assertThat(made.json().get("recoveryCodes").texts()).hasSize(10);
    assertThat(again.json().has("recoveryCodes")).isFalse();
    assertThat(admin.partnerRows()).isEqualTo(rows);
  }

  @Test
  void confirmationAndLossEndTheSessionsAndTheRestDoesNot() {
    RawAnswer before = signIn("");
    Authenticator hand = hand(admin.send("POST", factor()));
    assertThat(admin.refreshed(before).status()).as("pending").isEqualTo(200);

    confirm(hand.code(-1));

    assertThat(admin.refreshed(before).status()).as("had without the factor").isEqualTo(400);
    RawAnswer with = signIn("&otp=" + hand.code());
    assertThat(admin.send("POST", factor() + "/recovery-codes").status()).isEqualTo(201);
    RawAnswer another = admin.send("POST", factor());
    assertThat(admin.refreshed(with).status()).as("another one waits").isEqualTo(200);

    admin.server().clock().advance(Duration.ofMinutes(2));
    assertThat(confirm(hand(another).code(-1)).status()).isEqualTo(200);

    assertThat(admin.refreshed(with).status()).as("had with the lost factor").isEqualTo(400);
    RawAnswer last = signIn("&otp=" + hand(another).code());
    assertThat(admin.refreshed(last).status()).isEqualTo(200);

    assertThat(admin.send("DELETE", factor()).status()).isEqualTo(204);

    assertThat(admin.refreshed(last).status()).as("after the loss").isEqualTo(400);
    assertThat(signIn("").status()).isEqualTo(200);
    assertThat(state()).isEqualTo("{\"state\":\"none\"}");
  }

  @Test
  void removalOfWhatOnlyWaitsEndsNothing() {
    RawAnswer tokens = signIn("");
    admin.send("POST", factor());

    assertThat(admin.send("DELETE", factor()).status()).isEqualTo(204);

    assertThat(admin.refreshed(tokens).status()).isEqualTo(200);
    assertThat(state()).isEqualTo("{\"state\":\"none\"}");
  }

  @Test
  void eachChangeIsARowWithoutSecrets() {
    long rows = admin.partnerRows();
    RawAnswer enrolment = admin.send("POST", factor());
    Authenticator hand = hand(enrolment);
    confirm(hand.code());
    RawAnswer codes = admin.send("POST", factor() + "/recovery-codes");
    admin.send("DELETE", factor());

    List<Entry> entries =
        admin
            .server()
            .server()
            .directory()
            .journal(new CustomerId(Tenancy.PARTNER.value()), rows, 10);

    assertThat(entries)
        .extracting(entry -> entry.operation().code())
        .containsExactly(
            "agent.enrol-second-factor",
            "agent.confirm-second-factor",
            "agent.replace-recovery-codes",
            "agent.remove-second-factor");
    assertThat(entries)
        .extracting(Entry::subject)
        .containsOnly(admin.server().tenancy().agent(Role.ADMIN_AGENT).id().value());
    assertThat(entries.toString())
        .doesNotContain(enrolment.json().get("secret").text())
        .doesNotContain(hand.recoveryCodes().getFirst())
        .doesNotContain(codes.json().get("recoveryCodes").texts().getFirst());
  }

  @Test
  void enrolledAgentIsNotShownWithAnythingOfItsFactor() {
    Authenticator hand = enrolled();

    String shown = admin.send("GET", admin.adminAgent()).text() + state();

    assertThat(shown).doesNotContain("secret\"", "otpauth", hand.recoveryCodes().getFirst());
  }

  @Test
  void wrongCodesAndTheBlockAreShownUntilTheFactorIsTaken() {
    Authenticator hand = enrolled();
    signIn("&otp=" + hand.wrongCode());
    assertThat(admin.send("GET", factor()).json().get("wrongCodes").number()).isEqualTo(1);
    OneTimeCodes codes =
        Authenticator.codes(admin.server().server().directory(), admin.server().clock());
    for (int i = 1; i < SecondFactor.MOST_WRONG_CODES; i++) {
      codes.take(admin.server().tenancy().agent(Role.ADMIN_AGENT), hand.wrongCode());
    }

    assertThat(state())
        .isEqualTo(
            "{\"state\":\"blocked\",\"enrolledAt\":\"2026-11-22T10:00:00Z\",\"recoveryCodesLeft\":10,\"wrongCodes\":100}");
    assertThat(signIn("").status()).isEqualTo(400);
    assertThat(admin.send("DELETE", factor()).status()).isEqualTo(204);

    assertThat(state()).isEqualTo("{\"state\":\"none\"}");
    assertThat(signIn("").status()).isEqualTo(200);
  }
}
