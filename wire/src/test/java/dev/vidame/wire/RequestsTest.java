package dev.vidame.wire;

import static dev.vidame.wire.Bodies.assertRefused;
import static dev.vidame.wire.Bodies.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.wire.WireFormatException.Kind;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests about customers and roles, and what they may say that they are. */
class RequestsTest {
  private static CustomerCreation creation(String body) {
    return CustomerCreation.fromJson(bytes(body));
  }

  @Test
  void documentedCreationIsReadWhole() {
    CustomerCreation creation =
        creation(
            """
            {"EnableGDAPByDefault":true,"Id":"i","AssociatedPartnerId":"4847383",
             "CompanyProfile":{"Domain":"xyz.ccsctp.net","CompanyName":"ignored",
               "OrganizationRegistrationNumber":"12-3",},
             "BillingProfile":{"Id":"b","FirstName":"A","LastName":"B","Email":"a@a.com",
               "Culture":"EN-US","Language":"En","CompanyName":"test company",
               "DefaultAddress":{"Country":"US","Region":"wa","City":"Redmond","State":"WA",
                 "AddressLine1":"One Way","AddressLine2":"Floor 2","PostalCode":"98052",
                 "FirstName":"F","MiddleName":"M","LastName":"L","PhoneNumber":"5"},
               "Attributes":{"Etag":"-42","ObjectType":"CustomerBillingProfile"}},
             "UserCredentials":{"UserName":"admin","Password":"Pw"},
             "Attributes":{"ObjectType":"Customer"}}
            """);

    assertThat(creation)
        .isEqualTo(
            new CustomerCreation(
                "i",
                "xyz.ccsctp.net",
                "12-3",
                new BillingProfile(
                    "b",
                    "A",
                    "B",
                    "a@a.com",
                    "EN-US",
                    "En",
                    "test company",
                    new Address(
                        "US", "wa", "Redmond", "WA", "One Way", "Floor 2", "98052", "F", "M", "L",
                        "5"),
                    "-42",
                    null),
                "4847383",
                true));
  }

  @Test
  void emptyCreationSaysNothing() {
    assertThat(creation("{}")).isEqualTo(new CustomerCreation(null, null, null, null, null, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"'Pw'|true", "' '|true", "5|true", "true|true", "{}|true", "''|false", "null|false"})
  void anythingButAnEmptyTextIsAPassword(String value, boolean givesPassword) {
    assertThat(creation("{userCredentials:{password:" + value + "}}").givesPassword())
        .isEqualTo(givesPassword);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"4847383|4847383", "'4847383'|4847383", "null|", "true|", "{}|", "[]|"})
  void associatedPartnerMayBeANumber(String value, String expected) {
    assertThat(creation("{associatedPartnerId:" + value + "}").associatedPartnerId())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"-7|-7", "'-7'|-7", "4242348048554929329|4242348048554929329", "true|", "[]|"})
  void versionOfABillingProfileMayBeANumber(String value, String expected) {
    assertThat(BillingProfile.fromJson(bytes("{attributes:{etag:" + value + "}}")).etag())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{companyName:'a',company_name:'b',defaultAddress:{city:'a'},default_address:{city:'b'}}|a",
        "{companyName:null,company_name:'b',defaultAddress:null,default_address:{city:'b'}}|b"
      })
  void documentsOwnSpellingOfABillingProfileCountsSecond(String body, String expected) {
    BillingProfile profile = BillingProfile.fromJson(bytes(body));

    assertThat(profile.companyName()).isEqualTo(expected);
    assertThat(profile.defaultAddress()).isEqualTo(Address.builder().city(expected).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"relationshipToPartner\":\"none\",\"attributes\":{\"objectType\":\"Customer\"}}",
        "{\"Id\":null,\"RelationshipToPartner\":\"None\",\"Attributes\":{\"ObjectType\":\"customer\"}}",
        "{relationshipToPartner:'NONE'}"
      })
  void endOfARelationshipIsRead(String body) {
    assertThat(RelationshipUpdate.fromJson(bytes(body))).isEqualTo(new RelationshipUpdate(null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "'reseller'", "' none'", "'non_e'"})
  void nothingButTheEndOfARelationshipIsTaken(String value) {
    assertRefused(
        "{relationshipToPartner:" + value + "}",
        RelationshipUpdate::fromJson,
        Kind.INVALID_PROPERTY,
        "relationshipToPartner",
        "The value must be none.");
    assertRefused(
        "{relationshipToPartner:5}",
        RelationshipUpdate::fromJson,
        Kind.UNREADABLE,
        "relationshipToPartner",
        "The member relationshipToPartner must be a text.");
  }

  @Test
  void memberOfARoleIsReadFromTheNamesInTwoCasesThatJavaSends() {
    assertThat(
            UserMemberRequest.fromJson(
                bytes(
                    "{\"attributes\":{\"objectType\":\"UserMember\"},\"id\":\"i\","
                        + "\"displayName\":\"D\",\"userPrincipalName\":\"u\",\"roleId\":\"r\","
                        + "\"DisplayName\":\"D\",\"UserPrincipalName\":\"u\"}")))
        .isEqualTo(new UserMemberRequest("i", "u", "r"));
  }

  private static Stream<Arguments> bodiesThatSayWhatTheyAre() {
    return Stream.of(
        typed(CustomerUserUpdate::fromJson, "{attributes:{@}}", "CustomerUser"),
        typed(BillingProfile::fromJson, "{attributes:{@}}", "CustomerBillingProfile"),
        typed(CustomerCreation::fromJson, "{attributes:{@}}", "Customer"),
        typed(
            CustomerCreation::fromJson,
            "{billingProfile:{attributes:{@}}}",
            "CustomerBillingProfile"),
        typed(
            RelationshipUpdate::fromJson,
            "{relationshipToPartner:'none',attributes:{@}}",
            "Customer"));
  }

  private static Arguments typed(Function<byte[], ?> read, String place, String type) {
    return Arguments.of(read, place, type);
  }

  @ParameterizedTest
  @MethodSource("bodiesThatSayWhatTheyAre")
  void bodyMayOnlySayThatItIsWhatIsRead(Function<byte[], ?> read, String place, String type) {
    Object silent = read.apply(bytes(place.replace("@", "")));
    for (String same :
        new String[] {"'" + type + "'", "'" + type.toUpperCase(Locale.ROOT) + "'", "null"}) {
      assertThat(read.apply(bytes(place.replace("@", "ObjectType:" + same)))).isEqualTo(silent);
    }

    for (String other : new String[] {"'Users'", "''", "' " + type + "'"}) {
      assertRefused(
          place.replace("@", "objectType:" + other),
          read,
          Kind.INVALID_PROPERTY,
          "attributes.objectType",
          "The value must be " + type + ".");
    }
    assertRefused(
        place.replace("@", "objectType:5"),
        read,
        Kind.UNREADABLE,
        "objectType",
        "The member objectType must be a text.");
    assertRefused(
        place.replace("{@}", "'x'"),
        read,
        Kind.UNREADABLE,
        "attributes",
        "The member attributes must be an object.");
  }
}
