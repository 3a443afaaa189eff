package dev.vidame.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are not JSON by the letter, but that the documents or their clients send. */
class TolerantBodyTest {
  @RegisterExtension static final Served served = new Served();

  private final UserId user = served.server().tenancy().newUser();
  private final String path = TestServer.path(Tenancy.CUSTOMER, user);

  static Stream<Arguments> bodies() {
    return Stream.of(
        arguments("a byte order mark", "\uFEFF{\"firstName\":\"x\"}"),
        arguments("a trailing comma", "{\"firstName\":\"x\",}"),
        arguments("names without quotes", "{firstName:\"x\"}"),
        arguments("single quotes", "{'firstName':'x'}"),
        arguments("comments", "/* a */{\"firstName\":/* b */\"x\"}// c"),
        arguments("blanks and line ends", " \r\n\t{ \"firstName\" :\n\"x\" } \n"),
        arguments("capitals", "{\"FIRSTNAME\":\"x\"}"),
        arguments("a name in two cases", "{\"firstName\":\"y\",\"FirstName\":\"x\"}"),
        arguments("a name again with null", "{\"firstName\":\"x\",\"FirstName\":null}"),
        arguments("unknown members", "{\"firstName\":\"x\",\"y\":[{\"z\":1e999999}],\"\":null}"),
        arguments(
            "depth 16", "{\"firstName\":\"x\",\"y\":" + "[".repeat(15) + "]".repeat(15) + "}"),
        arguments(
            "a boolean as text",
            "{\"firstName\":\"x\",\"passwordProfile\":{\"forceChangePassword\":\"True\"}}"),
        arguments("an enum in capitals", "{\"firstName\":\"x\",\"State\":\"ACTIVE\"}"),
        arguments(
            "what the server itself decides",
            "{\"firstName\":\"x\",\"userDomainType\":\"federated\",\"links\":1,\"softDeletionTime\":\"x\"}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void bodyIsUnderstood(String what, String body) {
    RawAnswer answer = served.server().sendAsAdmin(RawRequest.patch(path, body));

    assertThat(answer.outcome()).as(what).isEqualTo("200");
    assertThat(answer.json().get("firstName").text()).isEqualTo("x");
    assertThat(answer.json().get("userDomainType").text()).isEqualTo("none");
  }

  @Test
  void textOutsideAsciiComesBackAsItWent() {
    String name = "Zoë \uD83D\uDE00 \u4E2D\u6587 \\u00e9";

    RawAnswer answer =
        served.server().sendAsAdmin(RawRequest.patch(path, "{\"displayName\":\"" + name + "\"}"));

    assertThat(answer.json().get("displayName").text())
        .isEqualTo("Zoë \uD83D\uDE00 \u4E2D\u6587 \u00e9");
    assertThat(served.server().sendAsAdmin(RawRequest.get(path)).text()).isEqualTo(answer.text());
  }

  @Test
  void nameOfAnotherAccountIsTakenInAnyCase() {
    RawAnswer answer =
        served
            .server()
            .sendAsAdmin(
                RawRequest.patch(
                    path, "{\"userPrincipalName\":\"EMAILID@" + Tenancy.DOMAIN + "\"}"));

    assertThat(answer.outcome()).isEqualTo("409/990001");
    assertThat(answer.json().get("data").texts()).containsExactly("userPrincipalName");
  }

  @Test
  void renameKeepsIdAndPassword() {
    RawRequest rename =
        RawRequest.patch(
            path, "{\"userPrincipalName\":\"renamed." + user + "@" + Tenancy.DOMAIN + "\"}");
    var directory = served.server().server().directory();
    var before = directory.users().passwordHash(Tenancy.CUSTOMER, user);

    RawAnswer answer = served.server().sendAsAdmin(rename);

    assertThat(answer.json().get("id").text()).isEqualTo(user.toString());
    assertThat(directory.users().passwordHash(Tenancy.CUSTOMER, user))
        .isPresent()
        .isEqualTo(before);
  }
}
