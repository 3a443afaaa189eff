package dev.vidame.wire;

import static dev.vidame.wire.Bodies.bytes;
import static dev.vidame.wire.Bodies.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.wire.WireFormatException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Domains that a customer is given (wire-spec §2.9). */
class VerifiedDomainTest {
  private static final String REQUIRED = "The value is required and must not be empty.";

  private static VerifiedDomain read(String body) {
    return VerifiedDomain.fromJson(bytes(body));
  }

  /** A managed domain of this name with another member. */
  private static String managed(String member) {
    return "{VerifiedDomainName:'Example.com',Domain:{AuthenticationType:'Managed',"
        + member
        + "}}";
  }

  @Test
  void documentedRequestIsReadAndAnsweredAsDocumented() {
    VerifiedDomain domain =
        read(
            """
            {"VerifiedDomainName":"Example.com",
             "Domain":{"AuthenticationType":"Federated","Capability":"Email","IsDefault":false,
               "IsInitial":false,"Name":"Example.com","RootDomain":null,"Status":"Verified",
               "VerificationMethod":"None"},
             "DomainFederationSettings":{"ActiveLogOnUri":"https://adfs.example.com/trust"}}
            """);

    assertThat(domain).isEqualTo(new VerifiedDomain("Example.com", true, "email"));
    assertThat(text(domain.toJson()))
        .isEqualTo(
            "{\"authenticationType\":\"federated\",\"capability\":\"email\",\"isDefault\":false,"
                + "\"isInitial\":false,\"name\":\"Example.com\",\"status\":\"verified\","
                + "\"verificationMethod\":\"dns_record\"}");
  }

  @Test
  void leastRequestIsOfAManagedDomainForNothingInParticular() {
    VerifiedDomain domain =
        read("{verifiedDomainName:'example.com',domain:{authenticationType:'managed'}}");

    assertThat(domain).isEqualTo(new VerifiedDomain("example.com", false, "none"));
    assertThat(text(domain.toJson()))
        .isEqualTo(
            "{\"authenticationType\":\"managed\",\"capability\":\"none\",\"isDefault\":false,"
                + "\"isInitial\":false,\"name\":\"example.com\",\"status\":\"verified\","
                + "\"verificationMethod\":\"dns_record\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "VerifiedDomainName:' Example.com '|Name:null",
        "VerifiedDomainName:'Example.com'|Name:' '",
        "VerifiedDomainName:'Example.com'|Name:' EXAMPLE.com'",
        "VerifiedDomainName:' '|Name:' Example.com'",
        "VerifiedDomainName:null|Name:'Example.com'"
      })
  void nameMayStandInEitherPlace(String outer, String inner) {
    assertThat(read("{" + outer + ",Domain:{AuthenticationType:'Managed'," + inner + "}}").name())
        .isEqualTo("Example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "Email, email",
    "OfficeCommunicationsOnline, office_communications_online",
    "office_communications_online, office_communications_online",
    "EmailInternalRelayOnly, email_internal_relay_only",
    "Mdm2Go, mdm2_go",
    "NONE, none",
    "E, e",
    "' ', none",
    "'', none"
  })
  void capabilityIsAWordInLowerSnakeCase(String sent, String answered) {
    assertThat(read(managed("Capability:'" + sent + "'")).capability()).isEqualTo(answered);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "AuthenticationType:'MANAGED'",
        "Status:'VERIFIED'",
        "VerificationMethod:'None'",
        "VerificationMethod:'DnsRecord'",
        "VerificationMethod:'dns_record'",
        "VerificationMethod:'Email'",
        "IsDefault:null,IsInitial:'False'"
      })
  void membersThatSayNothingNewAreTaken(String member) {
    assertThat(read(managed(member))).isEqualTo(new VerifiedDomain("Example.com", false, "none"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|domain",
        "{VerifiedDomainName:'x',Domain:null}|domain",
        "{Domain:{AuthenticationType:'Managed'}}|verifiedDomainName",
        "{VerifiedDomainName:' ',Domain:{AuthenticationType:'Managed',Name:''}}|verifiedDomainName",
        "{VerifiedDomainName:'x',Domain:{}}|domain.authenticationType",
        "{VerifiedDomainName:'x',Domain:{AuthenticationType:' '}}|domain.authenticationType",
        "{VerifiedDomainName:'x',Domain:{AuthenticationType:'Federated'}}|domainFederationSettings"
      })
  void whatIsRequiredIsNamed(String body, String property) {
    Bodies.assertRefused(body, VerifiedDomain::fromJson, Kind.INVALID_PROPERTY, property, REQUIRED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Name:'other.com'|INVALID_PROPERTY|domain.name|The value must be Example.com.",
        "Status:'Unverified'|INVALID_PROPERTY|domain.status|The value must be verified.",
        "Status:''|INVALID_PROPERTY|domain.status|The value is required and must not be empty.",
        "Status:'Lost'|UNKNOWN_ENUM|domain.status|Unable to parse enum: Lost",
        "VerificationMethod:'Fax'|UNKNOWN_ENUM|domain.verificationMethod|Unable to parse enum: Fax",
        "VerificationMethod:'unrecognized'|UNKNOWN_ENUM|domain.verificationMethod|Unable to parse enum: unrecognized",
        "AuthenticationType:'Mixed'|UNKNOWN_ENUM|domain.authenticationType|Unable to parse enum: Mixed",
        "Capability:'e mail'|UNKNOWN_ENUM|domain.capability|Unable to parse enum: e mail",
        "Capability:'2Go'|UNKNOWN_ENUM|domain.capability|Unable to parse enum: 2Go",
        "IsDefault:true|INVALID_PROPERTY|domain.isDefault|The value must be false.",
        "IsInitial:'TRUE'|INVALID_PROPERTY|domain.isInitial|The value must be false.",
        "IsDefault:'no'|UNREADABLE|isDefault|The member isDefault must be true or false.",
        "Status:5|UNREADABLE|status|The member status must be a text.",
        "VerificationMethod:{}|UNREADABLE|verificationMethod|The member verificationMethod must be a text.",
        "Capability:[]|UNREADABLE|capability|The member capability must be a text.",
        "Name:true|UNREADABLE|name|The member name must be a text."
      })
  void whatCannotBeIsNamed(String member, Kind kind, String property, String message) {
    Bodies.assertRefused(managed(member), VerifiedDomain::fromJson, kind, property, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{Domain:'x'}|domain|an object",
        "{Domain:{Name:'x'},VerifiedDomainName:5}|verifiedDomainName|a text",
        "{Domain:{Name:'x',AuthenticationType:'Federated'},DomainFederationSettings:[]}|domainFederationSettings|an object"
      })
  void memberOfTheWrongTypeIsNamed(String body, String property, String wanted) {
    Bodies.assertRefused(
        body,
        VerifiedDomain::fromJson,
        Kind.UNREADABLE,
        property,
        "The member " + property + " must be " + wanted + ".");
  }

  @Test
  void capabilityHasAtMostSixtyFourCharacters() {
    String longest = "a".repeat(64);

    assertThat(read(managed("Capability:'" + longest + "'")).capability()).isEqualTo(longest);
    Bodies.assertRefused(
        managed("Capability:'" + longest + "a'"),
        VerifiedDomain::fromJson,
        Kind.UNKNOWN_ENUM,
        "domain.capability",
        "Unable to parse enum: " + longest + "a");
  }
}
