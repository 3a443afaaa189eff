package dev.vidame.wire;

import static dev.vidame.wire.Bodies.bytes;
import static dev.vidame.wire.Bodies.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.wire.CollectionPage.Links;
import dev.vidame.wire.CustomerResource.Credentials;
import dev.vidame.wire.SubscribedSku.Units;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers member by member, in the order and the form that the documents print. */
class DocumentedAnswersTest {
  private static final CustomerId CUSTOMER = CustomerId.of("eebd1b55-5360-4438-a11d-5c06918c3014");
  private static final UUID COMMERCE = UUID.fromString("99e6a635-48e7-424d-9059-c9db944e3c54");
  private static final String PATH = "/customers/" + CUSTOMER;

  private static final ProductSku EMS =
      new ProductSku(
          "efccb6f7-5641-4e0e-bd10-b4976e1bf68e",
          "Enterprise Mobility + Security E3",
          "EMS",
          ProductSku.FOR_USERS,
          LicenseGroup.GROUP1);
  private static final ServicePlan INTUNE =
      new ServicePlan(
          UUID.fromString("c1ec4a95-1f05-45b3-a911-aa3fa01094f5"),
          "Microsoft Intune A Direct",
          "INTUNE_A",
          "User");
  private static final ServicePlan RIGHTS =
      new ServicePlan(new UUID(0, 1), "Rights", "RMS", "Tenant");

  private static final String COMPANY =
      """
      {"tenantId":"eebd1b55-5360-4438-a11d-5c06918c3014","domain":"abcdefgh1234.ccsctp.net",\
      "companyName":"1kl as kjk",\
      "address":{"country":"US","region":"wa","city":"redmond","addressLine1":"1 ms way",\
      "postalCode":"98052","phoneNumber":"1234567890"},\
      "email":"a@a.com","organizationRegistrationNumber":"12-3",\
      "links":{"self":{"uri":"/customers/eebd1b55-5360-4438-a11d-5c06918c3014/profiles/company",\
      "method":"GET","headers":[]}},\
      "attributes":{"objectType":"CustomerCompanyProfile"}}\
      """;

  private static final String BILLING =
      """
      {"id":"eeada110-69d6-4cc9-b093-75feb7ca9d3f","firstName":"A","lastName":"B",\
      "email":"a@a.com","culture":"en-US","language":"en","companyName":"1kl as kjk",\
      "defaultAddress":{"country":"US","region":"r","city":"redmond","state":"WA",\
      "addressLine1":"1 ms way","addressLine2":"2nd floor","postalCode":"98052",\
      "firstName":"1kl as","middleName":"m","lastName":"kjk","phoneNumber":"1234567890"},\
      "links":{"self":{"uri":"/customers/eebd1b55-5360-4438-a11d-5c06918c3014/profiles/billing",\
      "method":"GET","headers":[]}},\
      "attributes":{"etag":"-4242348048554929329","objectType":"CustomerBillingProfile"}}\
      """;

  private static CompanyProfile company() {
    return new CompanyProfile(
        CUSTOMER,
        "abcdefgh1234.ccsctp.net",
        "1kl as kjk",
        Address.builder()
            .country("US")
            .region("wa")
            .city("redmond")
            .addressLine1("1 ms way")
            .postalCode("98052")
            .phoneNumber("1234567890")
            .build(),
        "a@a.com",
        "12-3",
        Link.get(PATH + "/profiles/company"));
  }

  private static BillingProfile billing() {
    return new BillingProfile(
            "eeada110-69d6-4cc9-b093-75feb7ca9d3f",
            "A",
            "B",
            "a@a.com",
            "en-US",
            "en",
            "1kl as kjk",
            new Address(
                "US",
                "r",
                "redmond",
                "WA",
                "1 ms way",
                "2nd floor",
                "98052",
                "1kl as",
                "m",
                "kjk",
                "1234567890"),
            "-4242348048554929329",
            null)
        .at(Link.get(PATH + "/profiles/billing"));
  }

  @Test
  void customerAndItsProfiles() {
    CustomerResource customer =
        new CustomerResource(
            CUSTOMER,
            COMMERCE,
            company(),
            billing(),
            "reseller",
            null,
            true,
            List.of("abcdefgh1234.ccsctp.net", "other.example"),
            Link.get(PATH));

    assertThat(text(company().toJson())).isEqualTo(COMPANY);
    assertThat(text(billing().toJson())).isEqualTo(BILLING);
    assertThat(text(customer.toJson()))
        .isEqualTo(
            "{\"id\":\"eebd1b55-5360-4438-a11d-5c06918c3014\","
                + "\"commerceId\":\"99e6a635-48e7-424d-9059-c9db944e3c54\","
                + ("\"companyProfile\":" + COMPANY + ",\"billingProfile\":" + BILLING)
                + ",\"relationshipToPartner\":\"reseller\",\"allowDelegatedAccess\":true,"
                + "\"customDomains\":[\"abcdefgh1234.ccsctp.net\",\"other.example\"],"
                + "\"links\":{\"self\":{\"uri\":\"/customers/eebd1b55-5360-4438-a11d-5c06918c3014\","
                + "\"method\":\"GET\",\"headers\":[]}},\"attributes\":{\"objectType\":\"Customer\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"=;;n.=s9Z|,\"password\":\"=;;n.=s9Z\"", "|``"})
  void customerThatWasJustCreated(@Nullable String password, String shown) {
    CustomerResource customer =
        new CustomerResource(
            CUSTOMER,
            COMMERCE,
            new CompanyProfile(CUSTOMER, "xyz.example", "test company", null, null, null, null),
            BillingProfile.builder().build(),
            "reseller",
            new Credentials("admin", password),
            null,
            null,
            null);

    assertThat(text(customer.toJson()))
        .isEqualTo(
            """
            {"id":"eebd1b55-5360-4438-a11d-5c06918c3014",\
            "commerceId":"99e6a635-48e7-424d-9059-c9db944e3c54",\
            "companyProfile":{"tenantId":"eebd1b55-5360-4438-a11d-5c06918c3014",\
            "domain":"xyz.example","companyName":"test company",\
            "attributes":{"objectType":"CustomerCompanyProfile"}},\
            "billingProfile":{"attributes":{"objectType":"CustomerBillingProfile"}},\
            "relationshipToPartner":"reseller",\
            "userCredentials":{"userName":"admin"@},\
            "attributes":{"objectType":"Customer"}}\
            """
                .replace("@", shown));
    assertThat(customer.toString()).contains("Credentials[userName=admin]").doesNotContain("n.=s");
  }

  @Test
  void customerOfAList() {
    ListedCustomer customer =
        new ListedCustomer(CUSTOMER, "contoso.example", "Contoso", "reseller");

    assertThat(text(customer.toJson()))
        .isEqualTo(
            """
            {"id":"eebd1b55-5360-4438-a11d-5c06918c3014",\
            "companyProfile":{"tenantId":"eebd1b55-5360-4438-a11d-5c06918c3014",\
            "domain":"contoso.example","companyName":"Contoso",\
            "links":{"self":{"uri":"/customers/eebd1b55-5360-4438-a11d-5c06918c3014/profiles/company",\
            "method":"GET","headers":[]}},\
            "attributes":{"objectType":"CustomerCompanyProfile"}},\
            "relationshipToPartner":"reseller",\
            "links":{"self":{"uri":"/customers/eebd1b55-5360-4438-a11d-5c06918c3014",\
            "method":"GET","headers":[]}},\
            "attributes":{"objectType":"Customer"}}\
            """);
  }

  @Test
  void endOfARelationship() {
    assertThat(text(RelationshipUpdate.answer()))
        .isEqualTo(
            "{\"relationshipToPartner\":\"none\",\"attributes\":{\"objectType\":\"Customer\"}}");
  }

  @Test
  void roleAndItsMember() {
    UUID role = UUID.fromString("f023fd81-a637-4b56-95fd-791ac0226033");

    assertThat(text(new ListedRole(role, "Service Support Administrator").toJson()))
        .isEqualTo(
            """
            {"name":"Service Support Administrator","id":"f023fd81-a637-4b56-95fd-791ac0226033",\
            "attributes":{"objectType":"DirectoryRole"}}\
            """);
    assertThat(
            text(
                new UserMember(
                        "Daniel Tsai",
                        "Daniel@contoso.example",
                        role,
                        UserId.of("a9ef48bb-8758-4590-a312-d4a47bfaded4"))
                    .toJson()))
        .isEqualTo(
            """
            {"displayName":"Daniel Tsai","userPrincipalName":"Daniel@contoso.example",\
            "roleId":"f023fd81-a637-4b56-95fd-791ac0226033",\
            "id":"a9ef48bb-8758-4590-a312-d4a47bfaded4",\
            "attributes":{"objectType":"UserMember"}}\
            """);
  }

  @Test
  void subscribedSku() {
    SubscribedSku sku =
        new SubscribedSku(EMS, new Units(5, 2, 3, 1), List.of(INTUNE, RIGHTS), "Warning");

    assertThat(text(sku.toJson()))
        .isEqualTo(
            """
            {"availableUnits":6,"activeUnits":5,"consumedUnits":1,"suspendedUnits":3,\
            "totalUnits":7,"warningUnits":2,\
            "productSku":{"id":"efccb6f7-5641-4e0e-bd10-b4976e1bf68e",\
            "name":"Enterprise Mobility + Security E3","skuPartNumber":"EMS","targetType":"User",\
            "licenseGroupId":"group1"},\
            "servicePlans":[{"displayName":"Microsoft Intune A Direct","serviceName":"INTUNE_A",\
            "id":"c1ec4a95-1f05-45b3-a911-aa3fa01094f5","capabilityStatus":"Enabled",\
            "targetType":"User"},{"displayName":"Rights","serviceName":"RMS",\
            "id":"00000000-0000-0000-0000-000000000001","capabilityStatus":"Enabled",\
            "targetType":"Tenant"}],\
            "capabilityStatus":"Warning","attributes":{"objectType":"SubscribedSku"}}\
            """);
  }

  @Test
  void licenceWithAPlanThatIsLeftOut() {
    License license = new License(EMS, List.of(INTUNE, RIGHTS), Set.of(RIGHTS.id()));

    assertThat(text(license.toJson()))
        .isEqualTo(
            """
            {"servicePlans":[{"displayName":"Microsoft Intune A Direct","serviceName":"INTUNE_A",\
            "id":"c1ec4a95-1f05-45b3-a911-aa3fa01094f5","capabilityStatus":"Assigned",\
            "targetType":"User"},{"displayName":"Rights","serviceName":"RMS",\
            "id":"00000000-0000-0000-0000-000000000001","capabilityStatus":"Disabled",\
            "targetType":"Tenant"}],\
            "productSku":{"id":"efccb6f7-5641-4e0e-bd10-b4976e1bf68e",\
            "name":"Enterprise Mobility + Security E3","skuPartNumber":"EMS",\
            "licenseGroupId":"group1"},"attributes":{"objectType":"License"}}\
            """);
  }

  @Test
  void accountWithEverything() {
    byte[] json =
        bytes(
            """
            {"usageLocation":"US","id":"4b10bf41-ab11-40e3-8c53-cd67849b50de",\
            "userPrincipalName":"u@contoso.example","firstName":"F","lastName":"L",\
            "displayName":"D","immutableId":"I","phoneNumber":"P",\
            "passwordProfile":{"forceChangePassword":false},\
            "lastDirectorySyncTime":"2016-01-20T00:33:34Z","userDomainType":"none",\
            "state":"inactive","softDeletionTime":"2017-01-20T00:33:34Z",\
            "links":{"self":{"uri":"/a","method":"POST","headers":[{"key":"K","value":"V"},\
            {"key":"L","value":"W"}]}},"attributes":{"objectType":"CustomerUser"}}\
            """);

    assertThat(text(CustomerUser.fromJson(json).toJson())).isEqualTo(text(json));
  }

  @Test
  void collectionOfEverySize() {
    byte[] large = bytes("{\"a\":\"" + "x".repeat(1000) + "\"}");

    assertThat(text(CollectionPage.whole(List.of()).toJson()))
        .isEqualTo(
            "{\"totalCount\":0,\"items\":[],\"attributes\":{\"objectType\":\"Collection\"}}");
    assertThat(text(CollectionPage.whole(List.of(large)).toJson()))
        .isEqualTo(
            "{\"totalCount\":1,\"items\":["
                + text(large)
                + "],\"attributes\":{\"objectType\":\"Collection\"}}");
    assertThat(text(CollectionPage.whole(List.of(large, bytes("{}"), bytes("5"))).toJson()))
        .isEqualTo(
            "{\"totalCount\":3,\"items\":["
                + text(large)
                + ",{},5],\"attributes\":{\"objectType\":\"Collection\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "|||``",
        "T|/n||,\"next\":{\"uri\":\"/n\",\"method\":\"GET\",\"headers\":[{\"key\":\"MS-ContinuationToken\",\"value\":\"T\"}]}",
        "T|/n|/p|,\"next\":{\"uri\":\"/n\",\"method\":\"GET\",\"headers\":[{\"key\":\"MS-ContinuationToken\",\"value\":\"T\"}]}"
            + ",\"previous\":{\"uri\":\"/p\",\"method\":\"GET\",\"headers\":[]}",
        "||/p|,\"previous\":{\"uri\":\"/p\",\"method\":\"GET\",\"headers\":[]}"
      })
  void pagesOfACollection(
      @Nullable String token, @Nullable String next, @Nullable String previous, String others) {
    CollectionPage page =
        new CollectionPage(
            List.of(bytes("{}")),
            token,
            new Links(
                Link.get("/s"),
                next == null || token == null
                    ? null
                    : new Link(
                        next, "GET", List.of(new Link.Header("MS-ContinuationToken", token))),
                previous == null ? null : Link.get(previous)));

    assertThat(text(page.toJson()))
        .isEqualTo(
            "{\"totalCount\":1,\"items\":[{}],"
                + (token == null ? "" : "\"continuationToken\":\"T\",")
                + "\"links\":{\"self\":{\"uri\":\"/s\",\"method\":\"GET\",\"headers\":[]}"
                + others
                + "},\"attributes\":{\"objectType\":\"Collection\"}}");
  }
}
