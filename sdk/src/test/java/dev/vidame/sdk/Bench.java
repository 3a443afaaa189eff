package dev.vidame.sdk;

import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;

/** The values that the tests of this package share. */
final class Bench {
  static final CustomerId CUSTOMER = CustomerId.of("eebd1b55-5360-4438-a11d-5c06918c3014");
  static final UserId USER = UserId.of("4b10bf41-ab11-40e3-8c53-cd67849b50de");
  static final String PATH = "/v1/customers/" + CUSTOMER + "/users/" + USER;
  static final String ACCOUNT =
      "{\"usageLocation\":\"FR\",\"id\":\"4b10bf41-ab11-40e3-8c53-cd67849b50de\","
          + "\"userPrincipalName\":\"grace@contoso.example\",\"displayName\":\"Grace\","
          + "\"userDomainType\":\"none\",\"state\":\"active\","
          + "\"attributes\":{\"objectType\":\"CustomerUser\"}}";
  static final CustomerUserUpdate UPDATE =
      CustomerUserUpdate.builder().displayName("Grace").build();

  private Bench() {}

  /** A builder against the server, with waits that take no time. */
  static PartnerClient.Builder client(ScriptedServer server, TestTime time) {
    return PartnerClient.builder()
        .endpoint(server.uri())
        .credential(PartnerCredential.fixed("token-1"))
        .surroundings(time.surroundings(TestTime.HIGH));
  }

  static UserClient user(PartnerClient client) {
    return client.customers().byId(CUSTOMER).users().byId(USER);
  }

  static UserClient user(ScriptedServer server, TestTime time) {
    return user(client(server, time).build());
  }
}
