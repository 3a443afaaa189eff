package dev.vidame.server.licenses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.Together;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the routes of licences refuse, and to whom (wire-spec §5, §0.5). */
class LicenseRoutesTest {
  @RegisterExtension static final Served served = new Served();

  private static final int ROUNDS = Boolean.getBoolean("vidame.long") ? 200 : 5;

  private static final String SKUS = "/v1/customers/" + Tenancy.CUSTOMER + "/subscribedskus";
  private static final String UNKNOWN = "0e5ad6a3-33b4-4a38-8a5e-4b3a7dcb4a4a";

  @TempDir private Path folder;

  private final UserId user = Seats.located(served.server(), served.server().tenancy().newUser());
  private final String account = TestServer.path(Tenancy.CUSTOMER, user);

  @BeforeAll
  static void define() {
    Seats.define(served.server());
    Seats.define(served.server(), Seats.EMS, "EMS", "Enterprise Mobility + Security E3", 1000);
    Seats.define(served.server(), Seats.TENANT_WIDE, "WIDE", "Wide", 10);
  }

  private static RawAnswer send(RawRequest request) {
    return served.server().sendAsAdmin(request);
  }

  private RawAnswer update(String body) {
    return send(RawRequest.of("POST", account + "/licenseupdates").body(filled(body)));
  }

  private List<String> held() {
    return send(RawRequest.get(account + "/licenses?licenseGroupIds=group1,group2"))
        .json()
        .get("items")
        .items()
        .stream()
        .map(item -> item.get("productSku").get("id").text())
        .toList();
  }

  private static String filled(String text) {
    return text.replace('`', '"')
        .replace("EMS", Seats.EMS)
        .replace("VISIO", Seats.VISIO)
        .replace("GAME", Seats.GAME)
        .replace("WIDE", Seats.TENANT_WIDE)
        .replace("UNKNOWN", UNKNOWN)
        .replace("INTUNE", Seats.INTUNE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | licensesToAssign: The value is required and must not be empty.",
        "{`licensesToAssign`:[],`licensesToRemove`:[]} | licensesToAssign: The value is required and must not be empty.",
        "{`licensesToAssign`:[{`excludedPlans`:[]}]} | licensesToAssign.skuId: The value is required and must not be empty.",
        "{`licensesToAssign`:[{`skuId`:`EMS`},{`skuId`:` `}]} | licensesToAssign.skuId: The value is required and must not be empty.",
        "{`licensesToAssign`:[{`skuId`:`UNKNOWN`}]} | licensesToAssign: The customer does not subscribe to the SKU UNKNOWN.",
        "{`licensesToAssign`:[{`skuId`:`WIDE`}]} | licensesToAssign: The SKU WIDE is not one for users.",
        "{`licensesToRemove`:[`EMS`]} | licensesToRemove: The user has no license of the SKU EMS.",
        "{`licensesToRemove`:[`UNKNOWN`]} | licensesToRemove: The customer does not subscribe to the SKU UNKNOWN.",
        "{`licensesToAssign`:[{`skuId`:`EMS`},{`skuId`:`GAME`}]} | licensesToAssign: The SKUs belong to different license groups; send one request for each group.",
        "{`licensesToAssign`:[{`skuId`:`EMS`,`excludedPlans`:[`UNKNOWN`]}]} | licensesToAssign.excludedPlans: The plan UNKNOWN is not part of the SKU EMS.",
        "{`licensesToAssign`:[{`skuId`:`EMS`,`excludedPlans`:[`x`]}]} | licensesToAssign.excludedPlans: The plan x is not part of the SKU EMS."
      })
  void updateThatBreaksARuleIsRefused(String body, String detail) {
    long before = served.server().tenancy().changes();

    RawAnswer answer = update(body);

    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.json().get("data").texts()).containsExactly(filled(detail));
    assertThat(held()).isEmpty();
    assertThat(served.server().tenancy().changes()).isEqualTo(before);
  }

  @Test
  void sameSkuInBothListsIsRefused() {
    update("{`licensesToAssign`:[{`skuId`:`EMS`}]}");

    RawAnswer answer = update("{`licensesToAssign`:[{`skuId`:`EMS`}],`licensesToRemove`:[`EMS`]}");

    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.json().get("data").texts())
        .containsExactly(
            filled("licensesToRemove: The SKU EMS is both to be assigned and to be removed."));
    assertThat(held()).containsExactly(Seats.EMS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{`licensesToAssign`:{}}",
        "{`licensesToAssign`:`EMS`}",
        "{`licensesToAssign`:[`EMS`]}",
        "{`licensesToAssign`:[{`skuId`:1}]}",
        "{`licensesToAssign`:[{`skuId`:`EMS`,`excludedPlans`:`INTUNE`}]}",
        "{`licensesToAssign`:[{`skuId`:`EMS`,`excludedPlans`:[1]}]}",
        "{`licensesToRemove`:`EMS`}",
        "{`licensesToRemove`:[{}]}"
      })
  void bodyOfAnotherShapeIsRefused(String body) {
    assertThat(update(body).outcome()).isEqualTo("400/800002");
    assertThat(held()).isEmpty();
  }

  @Test
  void accountWithoutAUsageLocationGetsNoLicence() {
    UserId nowhere = served.server().tenancy().newUser();

    RawAnswer answer =
        send(
            RawRequest.of("POST", TestServer.path(Tenancy.CUSTOMER, nowhere) + "/licenseupdates")
                .body(filled("{`licensesToAssign`:[{`skuId`:`EMS`}]}")));

    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.json().get("description").text())
        .isEqualTo(
            "Invalid property: usageLocation. License assignment cannot be done for user with"
                + " invalid usage location.");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  users/x/licenses,               400/2000",
    "GET,  users/UNKNOWN/licenses,         404/60002",
    "GET,  users/FOREIGN/licenses,         404/60002",
    "POST, users/x/licenseupdates,         400/2000",
    "POST, users/UNKNOWN/licenseupdates,   404/60002",
    "POST, users/FOREIGN/licenseupdates,   404/60002",
    "POST, users/nobody@x/licenseupdates,  404/60002",
    "GET,  subscribedskus?licenseGroupIds=group3,      400/900126",
    "GET,  users/UNKNOWN/licenses?licenseGroupIds=foo, 400/900126",
    "PUT,  subscribedskus,                 405/800002",
    "GET,  users/UNKNOWN/licenseupdates,   405/800002",
    "GET,  subscribedskus/x,               404/1000"
  })
  void badAddressIsRefused(String method, String path, String outcome) {
    String target =
        path.replace("UNKNOWN", UNKNOWN).replace("FOREIGN", Tenancy.OTHER_USER.toString());
    RawRequest request = RawRequest.of(method, "/v1/customers/" + Tenancy.CUSTOMER + "/" + target);

    RawAnswer answer =
        send(
            method.equals("POST")
                ? request.body(filled("{`licensesToAssign`:[{`skuId`:`EMS`}]}"))
                : request);

    assertThat(answer.outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                  | group1",
        "?licenseGroupIds=                                   | group1",
        "?licenseGroupIds=none                               | group1",
        "?null=group1&null=group2                            | group1",
        "?LICENSEGROUPIDS=GROUP2                             | group2",
        "?licenseGroupIds=group1&licenseGroupIds=Group2      | group1,group2",
        "?licenseGroupIds=group2,group1                      | group1,group2",
        "?licenseGroupIds=group2%2Cnone                      | group2"
      })
  void groupsAreReadInEveryForm(String query, String groups) {
    List<String> found =
        send(RawRequest.get(SKUS + query)).json().get("items").items().stream()
            .map(item -> item.get("productSku").get("licenseGroupId").text())
            .distinct()
            .sorted()
            .toList();

    assertThat(String.join(",", found)).isEqualTo(groups);
  }

  @Test
  void repetitionGetsTheFirstAnswerAndHasNoSecondEffect() {
    UUID id = UUID.randomUUID();
    RawRequest request =
        RawRequest.of("POST", account + "/licenseupdates")
            .id(id)
            .body(filled("{`licensesToAssign`:[{`skuId`:`EMS`,`excludedPlans`:[`INTUNE`]}]}"));
    RawAnswer first = send(request);
    update("{`licensesToRemove`:[`EMS`]}");
    long before = served.server().tenancy().changes();

    RawAnswer again = send(request);

    assertThat(first.outcome()).isEqualTo("201");
    assertThat(again.isReplayed()).isTrue();
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(held()).isEmpty();
    assertThat(served.server().tenancy().changes()).isEqualTo(before);
    assertThat(send(request.body("{}")).outcome()).isEqualTo("409/990003");
  }

  @Test
  void lastUnitGoesToOneOfSixteen() throws InterruptedException, ExecutionException {
    try (TestServer server = TestServer.start(folder)) {
      Seats.define(server);
      List<String> paths = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        UserId one = Seats.located(server, server.tenancy().newUser());
        paths.add(TestServer.path(Tenancy.CUSTOMER, one) + "/licenseupdates");
      }
      String body = filled("{`licensesToAssign`:[{`skuId`:`VISIO`}]}");
      String back = filled("{`licensesToRemove`:[`VISIO`]}");

      for (int round = 0; round < ROUNDS; round++) {
        List<String> outcomes =
            Together.run(
                    16,
                    caller ->
                        () ->
                            server.sendAsAdmin(RawRequest.of("POST", paths.get(caller)).body(body)))
                .stream()
                .map(RawAnswer::outcome)
                .toList();

        assertThat(Collections.frequency(outcomes, "201")).as("round %d", round).isEqualTo(1);
        assertThat(Collections.frequency(outcomes, "400/60012")).isEqualTo(15);
        String winner = paths.get(outcomes.indexOf("201"));
        assertThat(server.sendAsAdmin(RawRequest.of("POST", winner).body(back)).status())
            .isEqualTo(201);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {62, 63, 64})
  void longNameOfAProductIsCutBetweenCharacters(int length) {
    String name = "x".repeat(length) + "\uD83D\uDE00".repeat(9);

    RawAnswer answer = update("{`licensesToRemove`:[`" + name + "`]}");

    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.json().get("data").texts().getFirst()).contains("x".repeat(length));
  }

  /** What is wrong is said, but not without end. */
  @Test
  void manyUnknownProductsAreNotAllRepeated() {
    String names =
        IntStream.range(0, 30_000).mapToObj(i -> "`" + i + "`").collect(Collectors.joining(","));

    RawAnswer answer = update("{`licensesToRemove`:[" + names + "]}");

    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.json().get("data").texts()).hasSize(100);
    assertThat(answer.json().get("description").text()).contains("SKU 0.");
  }

  @Test
  void runningOutIsToldInFrenchButForWhatProgramsRead() {
    try (TestServer server = TestServer.start(folder)) {
      Seats.define(server, Seats.VISIO, "VISIOCLIENT", "Visio", 0);
      Seats.located(server, Tenancy.USER);

      RawAnswer answer =
          server.sendAsAdmin(
              RawRequest.of("POST", TestServer.foundingPath() + "/licenseupdates")
                  .header("X-Locale", "fr-FR")
                  .body(filled("{`licensesToAssign`:[{`skuId`:`VISIO`}]}")));

      assertThat(answer.outcome()).isEqualTo("400/60012");
      assertThat(answer.json().get("description").text()).startsWith("Il ne reste aucune licence");
      assertThat(answer.json().get("data").texts().getFirst())
          .startsWith("LicenseQuotaExceededException : Subscription with Account ");
    }
  }

  /** Wire-spec §0.5. */
  @ParameterizedTest
  @CsvSource({
    "ADMIN_AGENT,           200,        200,        201",
    "HELPDESK_AGENT,        200,        200,        403/900150",
    "SALES_AGENT,           200,        403/900150, 403/900150",
    "USER_MANAGEMENT_ADMIN, 403/900150, 403/900150, 403/900150",
    "BILLING_ADMIN,         403/900150, 403/900150, 403/900150"
  })
  void roleDecides(Role role, String skus, String licenses, String update) {
    String body = filled("{`licensesToAssign`:[{`skuId`:`EMS`}]}");
    assertThat(as(role, RawRequest.get(SKUS))).isEqualTo(skus);
    assertThat(as(role, RawRequest.get(account + "/licenses"))).isEqualTo(licenses);
    assertThat(as(role, RawRequest.of("POST", account + "/licenseupdates").body(body)))
        .isEqualTo(update);
  }

  private static String as(Role role, RawRequest request) {
    return served.server().send(request.token(served.server().tokens().of(role))).outcome();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  subscribedskus",
    "GET,  users/USER/licenses",
    "GET,  users/x/licenses",
    "POST, users/USER/licenseupdates"
  })
  void foreignCustomerLooksLikeOneThatDoesNotExist(String method, String path) {
    String below = "/" + path.replace("USER", Tenancy.OTHER_USER.toString());
    for (String customer : List.of(Tenancy.OTHER_CUSTOMER.toString(), UNKNOWN)) {
      RawRequest request = RawRequest.of(method, "/v1/customers/" + customer + below);

      assertThat(send(request).outcome()).isEqualTo("403/20002");
      assertThat(served.server().send(request.token(served.server().tokens().appOnly())).outcome())
          .isEqualTo("403/2032");
    }
  }
}
