package dev.vidame.sdk;

import static dev.vidame.sdk.Bench.CUSTOMER;
import static dev.vidame.sdk.Bench.UPDATE;
import static dev.vidame.sdk.Bench.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.sdk.ScriptedServer.Script;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.UserDomainType;
import dev.vidame.wire.UserId;
import dev.vidame.wire.UserState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Answers in the shapes of Microsoft's service, which differ from Vidame's (wire-spec §9). */
class MicrosoftAnswersTest {
  private final TestTime time = new TestTime();

  /** An answer of {@code src/test/resources/answers}, byte by byte. */
  private static Script recorded(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            MicrosoftAnswersTest.class.getResourceAsStream("/answers/" + name + ".http"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int blank = text.indexOf("\n\n");
      String[] head = text.substring(0, blank).split("\n", -1);
      int status = Integer.parseInt(head[0].split(" ", -1)[1]);
      String[] headers = List.of(head).subList(1, head.length).toArray(new String[0]);
      return ScriptedServer.answer(status, text.substring(blank + 2), headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T answer(String name, Function<CustomerClient, T> call) {
    try (ScriptedServer server = ScriptedServer.playing(recorded(name))) {
      return call.apply(Bench.client(server, time).build().customers().byId(CUSTOMER));
    }
  }

  private <E extends PartnerException> E refusal(String name, Class<E> type) {
    try (ScriptedServer server = ScriptedServer.playing(recorded(name))) {
      PartnerClient client = Bench.client(server, time).retryPolicy(RetryPolicy.none()).build();
      E failure = catchThrowableOfType(type, () -> Bench.user(client).patch(UPDATE));
      return Objects.requireNonNull(failure, "not refused");
    }
  }

  @Test
  void pascalCaseWithNullsReadsAsEver() {
    CustomerUser user = answer("user-pascal-case", customer -> customer.users().byId(USER).get());

    assertThat(user.id()).isEqualTo(UserId.of("a45f1416-3300-4f65-9e8d-f123b397a4ea"));
    assertThat(user.state()).isEqualTo(UserState.INACTIVE);
    assertThat(user.userDomainType()).isEqualTo(UserDomainType.NONE);
    assertThat(user.lastName()).isNull();
    assertThat(user.lastDirectorySyncTime()).isEqualTo(Instant.parse("2017-01-20T00:33:34Z"));
  }

  @Test
  void unknownStateDoesNotCostThePage() {
    List<CustomerUser> users =
        answer("users-unknown-values", customer -> customer.users().list().toList());

    assertThat(users)
        .extracting(CustomerUser::state)
        .containsExactly(UserState.UNRECOGNIZED, UserState.ACTIVE);
    assertThat(users.get(0).userDomainType()).isEqualTo(UserDomainType.UNRECOGNIZED);
  }

  @Test
  void customerIsRead() {
    Customer customer = answer("customer", CustomerClient::get);

    assertThat(customer.id()).isEqualTo(CUSTOMER);
    assertThat(customer.relationshipToPartner())
        .isEqualTo(new Customer.Relationship("syndication"));
    assertThat(customer.companyProfile().address()).hasFieldOrPropertyWithValue("region", "wa");
    assertThat(customer.billingProfile())
        .hasFieldOrPropertyWithValue("etag", "-4242348048554929329");
    assertThat(customer.customDomains()).containsExactly("abcdefgh1234.ccsctp.net");
    assertThat(customer.associatedPartnerId()).isEqualTo("1234567");
    assertThat(customer.userCredentials()).isNull();
  }

  @Test
  void subscriptionsAreReadThoughAnIdIsOdd() {
    CustomerSku sku =
        answer("subscribed-skus", customer -> customer.subscribedSkus().toList()).get(0);

    assertThat(sku.units()).isEqualTo(new CustomerSku.Units(4, 5, 1, 0, 5, 0));
    assertThat(sku.sku().id()).isEqualTo(new SkuId("CFQ7TTC0K5DR/0002"));
    assertThat(sku.sku().licenseGroup()).isEqualTo("group9");
    assertThat(sku.plans()).extracting(Sku.Plan::id).containsOnlyNulls();
    assertThat(sku.capabilityStatus()).isEqualTo("Warning");
  }

  @Test
  void membersAndWarningsAreRead() {
    List<RoleMember> members =
        answer(
            "role-members",
            customer ->
                customer.directoryRoles().byId(RoleId.HELPDESK_ADMINISTRATOR).members().toList());
    List<LicenseWarning> warnings =
        answer(
            "license-warning",
            customer ->
                customer
                    .users()
                    .byId(USER)
                    .updateLicenses(LicenseChange.builder().assign(new SkuId("x")).build()));

    assertThat(members)
        .extracting(RoleMember::id)
        .containsExactly(UserId.of("a9ef48bb-8758-4590-a312-d4a47bfaded4"));
    assertThat(warnings)
        .containsExactly(
            new LicenseWarning(
                "MutuallyExclusivePlan", "Two parts exclude each other", List.of("a", "b")));
  }

  @Test
  void auditRecordOfANewerKindIsKept() {
    try (ScriptedServer server = ScriptedServer.playing(recorded("audit-records"))) {
      AuditEntry entry =
          Bench.client(server, time)
              .build()
              .auditRecords()
              .list(AuditQuery.since(LocalDate.of(2017, 6, 1)))
              .toList()
              .get(0);

      assertThat(entry.id()).isNull();
      assertThat(entry.operationType().value()).isEqualTo("something_newer");
      assertThat(entry.operationStatus()).isEqualTo(AuditEntry.OperationStatus.SUCCEEDED);
      assertThat(entry.operationDate()).isEqualTo(Instant.parse("2017-06-01T20:09:07.0450483Z"));
      assertThat(entry.actor().applicationId()).isEqualTo("Partner Center Native App");
      assertThat(entry.customizedData())
          .containsEntry("CustomerUserId", "482e2152-4b49-48ec-b715-823365ce3d4c")
          .containsEntry("Nothing", "")
          .containsEntry("Number", "7");
    }
  }

  @Test
  void relationshipEndsWhateverTheAnswerLooksLike() {
    PartnerResponse<?> response =
        answer(
            "relationship-removed-pascal-case",
            customer -> customer.removeRelationshipWithResponse(RequestOptions.none()));

    assertThat(response.status()).isEqualTo(200);
  }

  @Test
  void errorCodesAreReadAsNumberAndAsText() {
    assertThat(refusal("error-code-number", NotFoundException.class).code()).isEqualTo(60002);
    assertThat(refusal("error-code-text", AuthenticationException.class).code()).isEqualTo(900420);
  }

  @Test
  void plainTextIsTheReason() {
    assertThat(refusal("error-plain-text", AccessDeniedException.class).description())
        .isEqualTo("This resource can't be accessed by application credentials.");
  }

  @Test
  void missingLicenceIsToldByItsCode() {
    PartnerException failure = refusal("error-no-licence-left", PartnerException.class);

    assertThat(failure.code()).isEqualTo(60012);
    assertThat(failure.data()).hasSize(1);
  }

  @Test
  void takenNameIsToldInEntrasWordsToo() {
    NameTakenException failure = refusal("error-name-taken-by-entra", NameTakenException.class);

    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.data()).isEmpty();
  }

  @Test
  void throttlingComesInTwoShapes() {
    ThrottledException gateway = refusal("throttled-by-gateway", ThrottledException.class);
    ThrottledException service = refusal("throttled-by-service", ThrottledException.class);

    assertThat(gateway.retryAfter()).isEqualTo(Duration.ofSeconds(57));
    assertThat(gateway.description()).contains("Try again in 57 seconds");
    assertThat(service.retryAfter()).isEqualTo(Duration.ofSeconds(42));
    assertThat(service.description()).isEqualTo("Too many requests");
  }

  @Test
  void nationalCloudHasItsOwnAddresses() {
    assertThat(MicrosoftCloud.CHINA.endpoint())
        .hasToString("https://partner.partnercenterapi.microsoftonline.cn");
    assertThat(MicrosoftCloud.CHINA.tokenEndpoint("contoso.example"))
        .hasToString("https://login.chinacloudapi.cn/contoso.example/oauth2/v2.0/token");
    assertThat(MicrosoftCloud.PUBLIC.tokenEndpoint("contoso.example"))
        .hasToString(TokenEndpoint.microsoft("contoso.example").toString());
  }
}
