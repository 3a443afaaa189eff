package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.bulk.Planning;
import dev.vidame.bulk.RunFiles;
import dev.vidame.bulk.RunOptions;
import dev.vidame.bulk.SourceOptions;
import dev.vidame.cli.bulk.SdkAccounts;
import dev.vidame.sdk.PartnerException;
import dev.vidame.sdk.UserClient;
import dev.vidame.testkit.SeededUser;
import dev.vidame.testkit.Vidame;
import dev.vidame.testkit.VidameTest;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.JsonBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A plan refuses what the server would, and nothing else. */
@VidameTest
class BulkRulesTest {
  private final Vidame vidame;

  @TempDir private Path folder;

  BulkRulesTest(Vidame vidame) {
    this.vidame = vidame;
  }

  /** A field's value, at the edge of what is allowed. */
  record Case(String field, String value) {
    @Override
    public String toString() {
      return field + "=" + (value.length() > 30 ? value.length() + " characters" : value);
    }
  }

  static List<Case> cases() {
    String at = "@abcdefgh1234.ccsctp.net";
    return List.of(
        new Case("displayName", "x".repeat(256)),
        new Case("displayName", "x".repeat(257)),
        new Case("displayName", "\uD83D\uDE00".repeat(256)),
        new Case("displayName", "a\tb"),
        new Case("displayName", "a\u0085b"),
        new Case("firstName", "x".repeat(64)),
        new Case("firstName", "x".repeat(65)),
        new Case("lastName", "\u00E9".repeat(64)),
        new Case("phoneNumber", "x".repeat(65)),
        new Case("immutableId", "x".repeat(128)),
        new Case("immutableId", "x".repeat(129)),
        new Case("usageLocation", "fr"),
        new Case("usageLocation", "XK"),
        new Case("usageLocation", "KP"),
        new Case("usageLocation", "FRA"),
        new Case("userPrincipalName", "a" + at),
        new Case("userPrincipalName", "O'Neil!#^~-_.x" + at),
        new Case("userPrincipalName", "x".repeat(64) + at),
        new Case("userPrincipalName", "x".repeat(65) + at),
        new Case("userPrincipalName", ".a" + at),
        new Case("userPrincipalName", "a." + at),
        new Case("userPrincipalName", "a b" + at),
        new Case("userPrincipalName", "\u00E9" + at),
        new Case("userPrincipalName", "a@b" + at),
        new Case("userPrincipalName", "nobody"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void planAndServerAgree(Case each) throws IOException {
    SeededUser user = vidame.user().create();
    Path source =
        Files.write(
            folder.resolve("people.jsonl"),
            JsonBody.write(Map.of("id", user.id(), each.field(), each.value())));
    SdkAccounts accounts =
        new SdkAccounts(vidame.client(), vidame.baseUri(), vidame.foundingCustomer().id());

    Planning.Summary summary =
        new Planning(
                accounts,
                new Planning.Request(
                    SourceOptions.of(source),
                    new RunFiles(folder.resolve("plan")),
                    10,
                    false,
                    RunOptions.standard()),
                Clock.systemUTC(),
                new SecureRandom(),
                (step, done, total) -> {})
            .plan(row -> {});

    assertThat(summary.isWritten())
        .as(summary.problems().toString())
        .isEqualTo(isTaken(user, each));
  }

  private boolean isTaken(SeededUser user, Case each) {
    UserClient client =
        vidame.client().customers().byId(vidame.foundingCustomer().id()).users().byId(user.id());
    byte[] body = JsonBody.write(Map.of(each.field(), each.value()));
    try {
      var _ = client.patch(CustomerUserUpdate.fromJson(body));
      return true;
    } catch (PartnerException e) {
      assertThat(e.status()).isEqualTo(400);
      return false;
    }
  }
}
