package dev.vidame.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The bodies of the document that describes the update of a user account. */
class FoundingDocumentTest {
  private static final String REQUEST =
      """
      {
            "usageLocation": "new country/region code",

            "attributes": {
              "objectType": "CustomerUser"
            }
      }
      """;

  private static final String ANSWER =
      """
      {
        "usageLocation": "new country/region code",
        "id": "4b10bf41-ab11-40e3-8c53-cd67849b50de",
        "userPrincipalName": "emailidchange@abcdefgh1234.ccsctp.net",
        "firstName": "FirstNameChange",
        "lastName": "LastNameChange",
        "displayName": "DisplayNameChange",
        "userDomainType": "none",
        "state": "active",
        "links": {
          "self": {
            "uri": "/customers/eebd1b55-5360-4438-a11d-5c06918c3014/users/4b10bf41-ab11-40e3-8c53-cd67849b50de",
            "method": "GET",
            "headers": [

            ]
          }
        },
        "attributes": {
          "objectType": "CustomerUser"
        }
      }
      """;

  private static final CustomerUser ACCOUNT =
      new CustomerUser(
          "new country/region code",
          UserId.of("4b10bf41-ab11-40e3-8c53-cd67849b50de"),
          "emailidchange@abcdefgh1234.ccsctp.net",
          "FirstNameChange",
          "LastNameChange",
          "DisplayNameChange",
          null,
          null,
          null,
          null,
          UserDomainType.NONE,
          UserState.ACTIVE,
          null,
          Link.get(
              "/customers/eebd1b55-5360-4438-a11d-5c06918c3014"
                  + "/users/4b10bf41-ab11-40e3-8c53-cd67849b50de"));

  @Test
  void requestIsReadAsAnUpdateOfOneProperty() {
    CustomerUserUpdate update = CustomerUserUpdate.fromJson(REQUEST.getBytes(UTF_8));

    assertThat(update)
        .isEqualTo(CustomerUserUpdate.builder().usageLocation("new country/region code").build());
  }

  @Test
  void answerIsReadWhole() {
    assertThat(CustomerUser.fromJson(ANSWER.getBytes(UTF_8))).isEqualTo(ACCOUNT);
  }

  @Test
  void answerIsWrittenWithItsMembersInOrder() {
    String withoutBlanks = ANSWER.replaceAll("\\s+(?=[\"{}\\[\\],])|(?<=[:])\\s+", "").strip();

    assertThat(new String(ACCOUNT.toJson(), UTF_8)).isEqualTo(withoutBlanks);
  }

  @Test
  void updateOfTheSampleProgramIsWrittenWithItsSixProperties() {
    CustomerUserUpdate update =
        CustomerUserUpdate.builder()
            .passwordProfile(PasswordProfile.temporary("testPw@!122B"))
            .displayName("DisplayNameChange")
            .firstName("FirstNameChange")
            .lastName("LastNameChange")
            .usageLocation("US")
            .userPrincipalName("0123456789abcdef0123456789abcdef@contoso.example")
            .build();

    assertThat(new String(update.toJson(), UTF_8))
        .isEqualTo(
            "{\"usageLocation\":\"US\","
                + "\"userPrincipalName\":\"0123456789abcdef0123456789abcdef@contoso.example\","
                + "\"firstName\":\"FirstNameChange\",\"lastName\":\"LastNameChange\","
                + "\"displayName\":\"DisplayNameChange\",\"passwordProfile\":"
                + "{\"password\":\"testPw@!122B\",\"forceChangePassword\":true},"
                + "\"attributes\":{\"objectType\":\"CustomerUser\"}}");
    assertThat(CustomerUserUpdate.fromJson(update.toJson())).isEqualTo(update);
  }
}
