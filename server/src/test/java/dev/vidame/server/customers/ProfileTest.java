package dev.vidame.server.customers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Operation;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.Together;
import dev.vidame.wire.CustomerId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Billing profiles and further domains (wire-spec §2.7 and §2.9). */
class ProfileTest {
  @RegisterExtension static final Served served = new Served();

  private static final int CALLERS = 16;

  private final String domain = Bodies.newDomain();
  private final String path = Bodies.path(send(Bodies.create(domain)));
  private final String billing = path + "/profiles/billing";

  private static RawAnswer send(RawRequest request) {
    return served.server().sendAsAdmin(request);
  }

  private CustomerId customer() {
    return CustomerId.of(path.substring(path.lastIndexOf('/') + 1));
  }

  private RawRequest put(String city) {
    return RawRequest.of("PUT", billing).body(Bodies.billing().replace("redmond", city));
  }

  private static String tag(RawAnswer answer) {
    return answer.json().get("attributes").get("etag").text();
  }

  private String tag() {
    return tag(send(RawRequest.get(billing)));
  }

  private static String withTag(String body, String tag) {
    return body.substring(0, body.length() - 1)
        + ",\"attributes\":{\"etag\":\""
        + tag
        + "\",\"objectType\":\"CustomerBillingProfile\"}}";
  }

  @Test
  void everyWriteMakesAnotherTag() {
    String first = tag();
    String second = tag(send(put("Seattle")));
    String third = tag(send(put("Seattle")));

    assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
    assertThat(List.of(first, second, third)).allMatch(text -> text.matches("-?[0-9]+"));
    assertThat(tag()).isEqualTo(third);
    List<Entry> rows = served.server().server().directory().journal(customer(), 3, 10);
    assertThat(rows.get(0).changes())
        .containsExactly(
            new FieldChange("billingProfile.defaultAddress.city", "redmond", "Seattle"));
    assertThat(rows.get(1).changes()).isEmpty();
    assertThat(rows).hasSize(2);
  }

  /** The header wins; without it the body's tag counts; without both, anything goes. */
  @ParameterizedTest
  @CsvSource({
    "\"NOW\", -,   200",
    "NOW,     -,   200",
    "W/\"NOW\", -, 200",
    "*,       1,   200",
    "NOW,     1,   200",
    "1,       NOW, 400/2055",
    "\"1\",   NOW, 400/2055",
    "\"\",    NOW, 400/2055",
    "nonsense, NOW, 400/2055",
    "-,       NOW, 200",
    "-,       \"NOW\", 200",
    "-,       1,   400/2055",
    "-,       -,   200"
  })
  void tagIsFoundWhereTheClientPutIt(String header, String body, String outcome) {
    String now = tag();
    RawRequest request = put("Seattle");
    if (!header.equals("-")) {
      request = request.header("If-Match", header.replace("NOW", now));
    }
    if (!body.equals("-")) {
      String text = Bodies.billing().replace("redmond", "Seattle");
      request = request.body(withTag(text, body.replace("NOW", now).replace("\"", "\\\"")));
    }

    RawAnswer answer = send(request);

    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(tag().equals(now)).isEqualTo(!outcome.equals("200"));
  }

  @Test
  void oneOfSixteenUnderTheSameTagWins() throws InterruptedException, ExecutionException {
    String now = tag();

    List<RawAnswer> answers =
        Together.run(CALLERS, i -> () -> send(put("City " + i).header("If-Match", now)));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .extracting(RawAnswer::outcome)
        .containsOnly("400/2055");
  }

  @Test
  void replacementIsAnsweredAgainAsItWas() {
    UUID id = UUID.randomUUID();
    RawAnswer first = send(put("Seattle").id(id));
    send(put("Portland"));
    send(put("Boise"));

    RawAnswer again = send(put("Seattle").id(id));

    assertThat(again.isReplayed()).isTrue();
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(send(RawRequest.get(billing)).text()).contains("Boise");
    assertThat(send(put("Salem").id(id)).outcome()).isEqualTo("409/990003");
  }

  @Test
  void replacementTakesTheWholeAndLeavesTheCompanyAlone() {
    String company = send(RawRequest.get(path + "/profiles/company")).text();
    String body =
        Bodies.billing().replace("\"firstName\":\"A\",", "").replace("1kl as kjk", "Other");

    RawAnswer answer = send(RawRequest.of("PUT", billing).body(body));

    assertThat(answer.json().has("firstName")).isFalse();
    assertThat(answer.json().get("companyName").text()).isEqualTo("Other");
    assertThat(send(RawRequest.get(path + "/profiles/company")).text()).isEqualTo(company);
  }

  @Test
  void customerThatHadNoProfileIsGivenOne() {
    String bare = "/v1/customers/" + Tenancy.CUSTOMER + "/profiles/billing";
    String before = tag(send(RawRequest.get(bare)));

    RawAnswer answer = send(RawRequest.of("PUT", bare).body(withTag(Bodies.billing(), before)));

    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(send(RawRequest.get(bare)).text()).isEqualTo(answer.text());
    assertThat(tag(answer)).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "country":"US"|"country":"KP"|400/3000
          "city":"redmond"|"city":null|400/3000
          "country":"US","city":"redmond","state":"WA"|"country":"RU","city":"x"|200
          {"firstName"|{"attributes":{"objectType":"Customer"},"firstName"|400/3000
          "culture":"en-US"|"culture":[]|400/800002
          """)
  void profileIsChecked(String right, String wrong, String outcome) {
    RawAnswer answer =
        send(RawRequest.of("PUT", billing).body(Bodies.billing().replace(right, wrong)));

    assertThat(answer.outcome()).isEqualTo(outcome);
  }

  @Test
  void someCountriesAskForAPhone() {
    String body =
        Bodies.billing()
            .replace("\"US\"", "\"UA\"")
            .replace("\"WA\"", "null")
            .replace("1234567890", "");

    assertThat(send(RawRequest.of("PUT", billing).body(body)).outcome()).isEqualTo("400/600051");
  }

  private RawAnswer addDomain(String name, String rest) {
    return send(
        RawRequest.of("POST", path + "/verifieddomain")
            .body("{\"verifiedDomainName\":\"%s\",\"domain\":{%s}}".formatted(name, rest)));
  }

  @Test
  void accountsMayBeUnderAManagedDomainOnly() {
    String managed = Bodies.newDomain();
    assertThat(
            addDomain(managed.toUpperCase(Locale.ROOT), "\"authenticationType\":\"Managed\"")
                .text())
        .isEqualTo(
            "{\"authenticationType\":\"managed\",\"capability\":\"none\",\"isDefault\":false,\"isInitial\":false,\"name\":\"%s\",\"status\":\"verified\",\"verificationMethod\":\"dns_record\"}"
                .formatted(managed.toUpperCase(Locale.ROOT)));

    RawAnswer user =
        send(
            RawRequest.of("POST", path + "/users")
                .body(
                    "{\"userPrincipalName\":\"a@%s\",\"displayName\":\"x\",\"passwordProfile\":{\"password\":\"abCD123*\"}}"
                        .formatted(managed)));

    assertThat(user.outcome()).isEqualTo("201");
    assertThat(send(RawRequest.get(path)).json().get("customDomains").texts())
        .containsExactly(domain, managed);
  }

  @Test
  void domainIsAddedOnce() throws InterruptedException, ExecutionException {
    String name = Bodies.newDomain();
    UUID id = UUID.randomUUID();
    String body =
        "{\"verifiedDomainName\":\"%s\",\"domain\":{\"authenticationType\":\"managed\",\"capability\":\"OfficeCommunicationsOnline\"}}"
            .formatted(name);
    RawRequest request = RawRequest.of("POST", path + "/verifieddomain").body(body);

    List<RawAnswer> answers = Together.run(CALLERS, i -> () -> send(request.id(id)));

    assertThat(answers).extracting(RawAnswer::outcome).containsOnly("201");
    assertThat(answers).filteredOn(answer -> !answer.isReplayed()).hasSize(1);
    assertThat(answers).extracting(RawAnswer::text).containsOnly(answers.getFirst().text());
    assertThat(served.server().server().directory().journal(customer(), 0, 100))
        .filteredOn(row -> row.operation() == Operation.ADD_DOMAIN)
        .last()
        .satisfies(row ->
            assertThat(row.changes()).containsExactly(new FieldChange("domain", null, name)));
    assertThat(answers.getFirst().json().get("capability").text())
        .isEqualTo("office_communications_online");
    assertThat(send(request).outcome()).isEqualTo("409/990002");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}|400/3000|domain
          {"domain":{"authenticationType":"managed"}}|400/3000|verifiedDomainName
          {"verifiedDomainName":"a b","domain":{"authenticationType":"managed"}}|400/3000|verifiedDomainName
          {"verifiedDomainName":"a","domain":{"authenticationType":"managed"}}|400/3000|verifiedDomainName
          {"verifiedDomainName":"a.example","domain":{}}|400/3000|domain.authenticationType
          {"verifiedDomainName":"a.example","domain":{"authenticationType":"managed","name":"b.example"}}|400/3000|domain.name
          {"verifiedDomainName":"a.example","domain":{"authenticationType":"managed","status":"unverified"}}|400/3000|domain.status
          {"verifiedDomainName":"a.example","domain":{"authenticationType":"managed","isDefault":true}}|400/3000|domain.isDefault
          {"verifiedDomainName":"a.example","domain":{"authenticationType":"managed","isInitial":"true"}}|400/3000|domain.isInitial
          {"verifiedDomainName":"a.example","domain":{"authenticationType":"federated"}}|400/3000|domainFederationSettings
          {"verifiedDomainName":"a.example","domain":{"authenticationType":"x"}}|400/900126|
          {"verifiedDomainName":"a.example","domain":{"authenticationType":"managed","status":"x"}}|400/900126|
          {"verifiedDomainName":"a.example","domain":{"authenticationType":"managed","capability":"a-b"}}|400/900126|
          {"verifiedDomainName":"a.example","domain":{"authenticationType":"managed","verificationMethod":"x"}}|400/900126|
          {"verifiedDomainName":"a.example","domain":{"authenticationType":"managed","isDefault":Null}}|400/800002|
          {"verifiedDomainName":"a.example","domain":[]}|400/800002|
          """)
  void wrongDomainIsRefused(String body, String outcome, String property) {
    RawAnswer answer = send(RawRequest.of("POST", path + "/verifieddomain").body(body));

    assertThat(answer.outcome()).isEqualTo(outcome);
    if (property != null) {
      assertThat(answer.json().get("data").texts().getFirst()).startsWith(property + ": ");
    }
    assertThat(send(RawRequest.get(path)).json().get("customDomains").texts())
        .containsExactly(domain);
  }
}
