package dev.vidame.server.customers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserRef;
import dev.vidame.directory.users.Users;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.Together;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wire-spec §2.3. */
class CustomerCreationTest {
  @RegisterExtension static final Served served = new Served();

  private static final int CALLERS = 16;
  private static final String ADMINISTRATOR_ROLE = "62e90394-69f5-4237-9190-012177145e10";

  @TempDir private Path folder;

  private final String domain = Bodies.newDomain();

  private static RawAnswer send(RawRequest request) {
    return served.server().sendAsAdmin(request);
  }

  private static RawAnswer post(String body) {
    return send(RawRequest.of("POST", Bodies.CUSTOMERS).body(body));
  }

  @Test
  void createdCustomerIsFoundWhereItsLocationSays() {
    RawAnswer created = send(Bodies.create(domain));

    assertThat(created.outcome()).isEqualTo("201");
    String location = created.header("Location");
    assertThat(location).startsWith("http://").endsWith(Bodies.path(created));
    JsonNode customer = send(RawRequest.get(Bodies.path(created))).json();
    assertThat(customer.get("customDomains").texts()).containsExactly(domain);
    assertThat(customer.has("userCredentials")).isFalse();
    assertThat(customer.get("relationshipToPartner").text()).isEqualTo("reseller");
    assertThat(customer.get("commerceId").text()).isNotEqualTo(customer.get("id").text());
  }

  @Test
  void firstAdministratorComesWithTheCustomerInRowsOfItsOwn() {
    RawAnswer created = send(Bodies.create(domain));

    JsonNode users = send(RawRequest.get(Bodies.path(created) + "/users")).json();
    assertThat(users.get("items").items()).hasSize(1);
    JsonNode admin = users.get("items").items().getFirst();
    assertThat(admin.get("userPrincipalName").text()).isEqualTo("admin@" + domain);
    assertThat(admin.get("displayName").text()).isEqualTo("Administrator");
    assertThat(admin.has("usageLocation")).isFalse();
    CustomerId customer = CustomerId.of(created.json().get("id").text());
    List<Entry> rows = served.server().server().directory().journal(customer, 0, 10);
    UUID subject = UUID.fromString(admin.get("id").text());
    assertThat(rows)
        .extracting(Entry::operation)
        .containsExactly(
            Operation.CREATE_CUSTOMER, Operation.CREATE_USER, Operation.ADD_ROLE_MEMBER);
    assertThat(rows).extracting(Entry::subject).containsExactly(customer.value(), subject, subject);
    assertThat(rows.get(0).changes())
        .contains(
            new FieldChange("companyName", null, "1kl as kjk"),
            new FieldChange("domain", null, domain),
            new FieldChange("billingProfile.defaultAddress.city", null, "redmond"),
            new FieldChange("companyProfile.address.region", null, "WA"));
    assertThat(rows.get(1).changes())
        .contains(
            new FieldChange("password", null, null),
            new FieldChange("forceChangePassword", "false", "true"));
    assertThat(rows.get(2).changes())
        .containsExactly(new FieldChange("role:" + ADMINISTRATOR_ROLE, null, "member"));
    assertThat(
            served
                .server()
                .server()
                .directory()
                .users()
                .passwordHash(customer, new UserId(subject))
                .orElseThrow())
        .startsWith("$argon2id$");
    assertThat(rows.toString()).doesNotContain(password(created));
  }

  private static String password(RawAnswer created) {
    return created.json().get("userCredentials").get("password").text();
  }

  @Test
  void passwordsDifferAndAreTakenByThePolicy() {
    RawAnswer created = send(Bodies.create(domain));
    String users = Bodies.path(created) + "/users";
    String other = password(send(Bodies.create(Bodies.newDomain())));
    assertThat(other).isNotEqualTo(password(created)).hasSize(16);

    RawAnswer taken =
        send(
            RawRequest.of("POST", users)
                .body(
                    "{\"userPrincipalName\":\"x@%s\",\"displayName\":\"x\",\"passwordProfile\":{\"password\":\"%s\"}}"
                        .formatted(domain, other)));

    assertThat(taken.outcome()).isEqualTo("201");
  }

  @Test
  void administratorAsOfItsCreationKnowsNothingOfItsRole() {
    RawAnswer created = send(Bodies.create(domain));
    String admin = Bodies.path(created) + "/users/admin@" + domain;
    send(RawRequest.patch(admin, "{\"displayName\":\"Changed\"}"));
    CustomerId customer = CustomerId.of(created.json().get("id").text());
    Users users = served.server().server().directory().users();
    User today = users.get(customer, new UserRef.ByName("admin@" + domain));

    User then = users.asOf(customer, today.id(), 2).orElseThrow();

    assertThat(today.displayName()).isEqualTo("Changed");
    assertThat(then.displayName()).isEqualTo("Administrator");
  }

  @Test
  void sameDomainAtOnceGoesToOne() throws InterruptedException, ExecutionException {
    List<RawAnswer> answers = Together.run(CALLERS, i -> () -> send(Bodies.create(domain)));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .hasSize(CALLERS - 1)
        .extracting(RawAnswer::outcome)
        .containsOnly("409/990002");
  }

  @Test
  void sameRequestAtOnceMakesOneCustomer() throws InterruptedException, ExecutionException {
    UUID id = UUID.randomUUID();

    List<RawAnswer> answers = Together.run(CALLERS, i -> () -> send(Bodies.create(domain).id(id)));

    assertThat(answers).extracting(RawAnswer::outcome).containsOnly("201");
    assertThat(answers).extracting(Bodies::path).containsOnly(Bodies.path(answers.getFirst()));
    assertThat(answers).filteredOn(answer -> !answer.isReplayed()).hasSize(1);
    assertThat(answers)
        .allSatisfy(answer ->
            assertThat(answer.json().get("userCredentials").has("password"))
                .isEqualTo(!answer.isReplayed()));
    String list =
        "/v1/customers?filter={\"Field\":\"Domain\",\"Value\":\""
            + domain
            + "\",\"Operator\":\"equals\"}";
    assertThat(
            send(RawRequest.get(list.replace("{", "%7B").replace("}", "%7D").replace("\"", "%22")))
                .json()
                .get("totalCount")
                .number())
        .isEqualTo(1);
  }

  @Test
  void replayTellsTheFirstAnswerWhateverHappenedSince() {
    UUID id = UUID.randomUUID();
    RawAnswer first = send(Bodies.create(domain).id(id));
    String path = Bodies.path(first);
    String billing = Bodies.billing().replace("redmond", "Seattle");
    assertThat(send(RawRequest.of("PUT", path + "/profiles/billing").body(billing)).outcome())
        .isEqualTo("200");
    assertThat(send(RawRequest.patch(path, "{\"relationshipToPartner\":\"none\"}")).outcome())
        .isEqualTo("200");

    RawAnswer again = send(Bodies.create(domain).id(id));

    assertThat(again.outcome()).isEqualTo("201");
    assertThat(again.isReplayed()).isTrue();
    assertThat(again.text())
        .isEqualTo(first.text().replaceAll(",\"password\":\"[^\"]+\"", ""))
        .doesNotContain("\"password\"");
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    RawAnswer other = send(Bodies.create(Bodies.newDomain()).id(id));
    assertThat(other.outcome()).isEqualTo("409/990003");
  }

  @Test
  void replayOutlivesARestart() {
    UUID id = UUID.randomUUID();
    try (TestServer server = TestServer.start(folder)) {
      RawAnswer first = server.sendAsAdmin(Bodies.create(domain).id(id));
      try (TestServer again = server.restart(folder)) {
        RawAnswer second = again.send(Bodies.create(domain).id(id).token(server.tokens().admin()));
        assertThat(second.isReplayed()).isTrue();
        assertThat(Bodies.path(second)).isEqualTo(Bodies.path(first));
      }
    }
  }

  @Test
  void refusedRequestMayBeCorrectedUnderItsId() {
    UUID id = UUID.randomUUID();

    assertThat(send(Bodies.create(Tenancy.DOMAIN).id(id)).outcome()).isEqualTo("409/990002");
    assertThat(send(Bodies.create(domain).id(id)).outcome()).isEqualTo("201");
  }

  /** What is replaced in a body that is right, by what, and which property is then refused. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "domain":"DOMAIN"|"domain":null|companyProfile.domain
          "domain":"DOMAIN"|"domain":"one"|companyProfile.domain
          "domain":"DOMAIN"|"domain":"-a.example"|companyProfile.domain
          "domain":"DOMAIN"|"domain":"a..example"|companyProfile.domain
          "domain":"DOMAIN"|"domain":"a b.example"|companyProfile.domain
          "domain":"DOMAIN"|"domain":"a234567890123456789012345678901234567890b.example"|companyProfile.domain
          "billingProfile"|"other"|billingProfile
          "companyName":"1kl as kjk"|"companyName":" "|billingProfile.companyName
          "culture":"en-US"|"culture":"en-ZZ"|billingProfile.culture
          "culture":"en-US"|"culture":""|billingProfile.culture
          "language":"en"|"language":"zz"|billingProfile.language
          "language":"en"|"language":"eng"|billingProfile.language
          "email":"a@a.com"|"email":"a.com"|billingProfile.email
          "email":"a@a.com"|"email":null|billingProfile.email
          "firstName":"A"|"firstName":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"|billingProfile.firstName
          "defaultAddress"|"elsewhere"|billingProfile.defaultAddress.country
          "country":"US"|"country":"KP"|billingProfile.defaultAddress.country
          "country":"US"|"country":"USA"|billingProfile.defaultAddress.country
          "city":"redmond"|"city":"\\u0007"|billingProfile.defaultAddress.city
          "state":"WA"|"state":"ZZ"|billingProfile.defaultAddress.state
          "state":"WA"|"state":""|billingProfile.defaultAddress.state
          "postalCode":"98052"|"postalCode":"9805"|billingProfile.defaultAddress.postalCode
          "postalCode":"98052"|"postalCode":null|billingProfile.defaultAddress.postalCode
          "addressLine1":"1 ms way"|"addressLine1":""|billingProfile.defaultAddress.addressLine1
          "firstName":"1kl as"|"firstName":null|billingProfile.defaultAddress.firstName
          "lastName":"kjk"|"lastName":null|billingProfile.defaultAddress.lastName
          {"companyProfile"|{"userCredentials":{"userName":"x","password":"abCD123*"},"companyProfile"|userCredentials.password
          {"companyProfile"|{"associatedPartnerId":"1234567","companyProfile"|associatedPartnerId
          {"companyProfile"|{"attributes":{"objectType":"CustomerUser"},"companyProfile"|attributes.objectType
          """)
  void wrongPropertyIsNamed(String right, String wrong, String property) {
    String body =
        Bodies.creation("DOMAIN")
            .replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong))
            .replace("DOMAIN", domain);

    RawAnswer answer = post(body);

    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.json().get("data").texts().getFirst()).startsWith(property + ": ");
    assertThat(post(Bodies.creation(domain)).outcome()).isEqualTo("201");
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    RawAnswer answer = post("{\"billingProfile\":{}}");

    assertThat(answer.json().get("data").texts())
        .extracting(text -> text.substring(0, text.indexOf(':')))
        .containsExactly(
            "companyProfile.domain",
            "billingProfile.email",
            "billingProfile.culture",
            "billingProfile.language",
            "billingProfile.companyName",
            "billingProfile.defaultAddress.country",
            "billingProfile.defaultAddress.city",
            "billingProfile.defaultAddress.addressLine1",
            "billingProfile.defaultAddress.firstName",
            "billingProfile.defaultAddress.lastName");
  }

  /** Wire-spec §2.3: the eleven countries, and one that is none of them. */
  @ParameterizedTest
  @CsvSource({
    "RU, ,             7, 400/600049",
    "RU, 12345,        7, 400/600050",
    "RU, 7707083893,    , 400/600051",
    "RU, 7707083893,   7, 201",
    "AM, 12345678,     7, 201",
    "AZ, 1234567890,   7, 201",
    "BY, 123456789,    7, 201",
    "HU, 12345678-1-42, 7, 201",
    "KZ, 123456789012, 7, 201",
    "KG, 12345678901234, 7, 201",
    "MD, 1234567890123, 7, 201",
    "TJ, 123456789,    7, 201",
    "UZ, 123456789,    7, 201",
    "UA, 12345678,     7, 201",
    "UA, 1234567A,     7, 400/600050",
    "FR, 12345678,     7, 400/600002",
    "FR, ,              , 201"
  })
  void someCountriesAskForANumberAndAPhone(
      String country, String number, String phone, String outcome) {
    String body =
        Bodies.creation(domain)
            .replace("\"US\"", "\"" + country + "\"")
            .replace("\"WA\"", "null")
            .replace("\"1234567890\"", phone == null ? "\"\"" : "\"" + phone + "\"")
            .replace(
                "\"domain\"",
                "\"OrganizationRegistrationNumber\":\""
                    + (number == null ? "" : number)
                    + "\",\"domain\"");

    assertThat(post(body).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"'', 400/900118", "abc, 400/900118", "b1317092-f087-471e-a637-f66523b2b94c, 201"})
  void idInTheBodyMustBeOneAndIsNotTaken(String id, String outcome) {
    RawAnswer answer = post(Bodies.creation(domain).replaceFirst("\\{", "{\"id\":\"" + id + "\","));

    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(answer.text()).doesNotContain("b1317092");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "null",
        "{\"companyProfile\":[]}",
        "{\"billingProfile\":\"x\"}",
        "{\"billingProfile\":{\"defaultAddress\":1}}",
        "{\"billingProfile\":{\"culture\":1}}",
        "{\"billingProfile\":Null}"
      })
  void unreadableBodyIsRefused(String body) {
    assertThat(post(body).outcome()).isEqualTo("400/800002");
  }

  @Test
  void documentsOtherSpellingsAreTaken() {
    String body =
        Bodies.creation(domain)
            .replace("companyName", "company_name")
            .replace("defaultAddress", "default_address")
            .replace("\"US\"", "\"us\"")
            .replace("\"WA\"", "\"wa\"")
            .replace("en-US", "EN-us")
            .replace("\"language\":\"en\"", "\"LANGUAGE\":\"FR-fr\"");

    RawAnswer answer = post(body);

    assertThat(answer.outcome()).isEqualTo("201");
    JsonNode billing = answer.json().get("billingProfile");
    assertThat(billing.get("culture").text()).isEqualTo("en-US");
    assertThat(billing.get("language").text()).isEqualTo("fr-FR");
    assertThat(billing.get("defaultAddress").get("state").text()).isEqualTo("WA");
    assertThat(billing.get("defaultAddress").get("country").text()).isEqualTo("US");
  }

  /** Members that say nothing, and those that only other servers know. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"userCredentials\":null",
        "\"userCredentials\":{\"userName\":\"root\",\"password\":null}",
        "\"userCredentials\":{\"password\":\"\"}",
        "\"enableGDAPByDefault\":true",
        "\"associatedPartnerId\":\"\"",
        "\"relationshipToPartner\":\"unheard-of\"",
        "\"allowDelegatedAccess\":\"x\"",
        "\"COMPANYPROFILE\":null"
      })
  void whatSaysNothingIsIgnored(String member) {
    RawAnswer answer = post(Bodies.creation(domain).replaceFirst("\\{", "{" + member + ","));

    assertThat(answer.outcome()).isEqualTo("201");
    assertThat(answer.json().get("userCredentials").get("userName").text()).isEqualTo("admin");
    assertThat(answer.json().get("companyProfile").get("domain").text()).isEqualTo(domain);
  }

  @Test
  void applicationOnItsOwnMayCreate() {
    RawAnswer answer =
        served.server().send(Bodies.create(domain).token(served.server().tokens().appOnly()));

    assertThat(answer.outcome()).isEqualTo("201");
  }

  @Test
  void domainsMayBeBoundToSuffixes() {
    Map<String, String> settings =
        Map.of("customers.domain-suffixes", "OnMicrosoft.com, .ccsctp.net");
    try (TestServer server = TestServer.start(folder, settings)) {
      List<String> outcomes = new ArrayList<>();
      for (String name :
          List.of(
              "a.onmicrosoft.com", "B.CCSCTP.net", "onmicrosoft.com", "a.example", "xccsctp.net")) {
        outcomes.add(server.sendAsAdmin(Bodies.create(name)).outcome());
      }
      assertThat(outcomes).containsExactly("201", "201", "400/3000", "400/3000", "400/3000");
    }
  }

  @Test
  void refusalSpeaksFrench() {
    RawAnswer answer = send(Bodies.create(Tenancy.DOMAIN).header("X-Locale", "fr-FR"));

    assertThat(answer.json().get("description").text())
        .isEqualTo("Le domaine " + Tenancy.DOMAIN + " appartient déjà à un client.");
    assertThat(Set.copyOf(answer.json().get("data").texts())).containsExactly(Tenancy.DOMAIN);
  }
}
