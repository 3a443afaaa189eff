package dev.vidame.wire;

import static dev.vidame.wire.Bodies.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as servers of this API give them. */
class AnswersTest {
  private static CustomerUser user(String body) {
    return CustomerUser.fromJson(body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "active, ACTIVE",
    "Active, ACTIVE",
    "INACTIVE, INACTIVE",
    "in_active, INACTIVE",
    "hibernating, UNRECOGNIZED",
    "unrecognized, UNRECOGNIZED",
    "'', UNRECOGNIZED"
  })
  void stateIsReadInAnyCase(String text, UserState expected) {
    assertThat(user("{\"state\":\"" + text + "\"}").state()).isEqualTo(expected);
  }

  @Test
  void absentAndNullAreTheSame() {
    assertThat(user("{\"Id\":null,\"State\":null,\"Links\":null,\"SoftDeletionTime\":null}"))
        .isEqualTo(user("{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2017-01-20T00:33:34Z",
        "2017-01-20T00:33:34.0000000Z",
        "2017-01-20T00:33:34",
        "2017-01-20T00:33:34+00:00",
        "2017-01-20T01:33:34+01:00"
      })
  void datesOfAnyZoneAreRead(String date) {
    assertThat(user("{\"softDeletionTime\":\"" + date + "\"}").softDeletionTime())
        .isEqualTo(Instant.parse("2017-01-20T00:33:34Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{4b10bf41-ab11-40e3-8c53-cd67849b50de}", "4b10bf41ab1140e38c53cd67849b50de", ""})
  void idThatIsNoGuidIsRefused(String id) {
    assertRefused(
        "{\"id\":\"" + id + "\"}",
        CustomerUser::fromJson,
        WireFormatException.Kind.INVALID_PROPERTY,
        "id",
        "The member id must be a GUID.");
  }

  @Test
  void linkWithoutMethodOrHeadersIsAGet() {
    assertThat(user("{\"links\":{\"self\":{\"uri\":\"/a\",\"headers\":null}}}").self())
        .isEqualTo(Link.get("/a"));
  }

  @Test
  void headersOfALinkAreRead() {
    Link link =
        user("{\"Links\":{\"Self\":{\"Uri\":\"/a\",\"Method\":\"POST\",\"Body\":null,\"Headers\":"
                + "[{\"Key\":\"K\",\"Value\":\"V\"},{\"Key\":\"no value\"},{\"Value\":\"no key\"},"
                + "{\"Key\":\"\",\"Value\":\"\"},5,null]}}}")
            .self();

    assertThat(link)
        .isEqualTo(
            new Link("/a", "POST", List.of(new Link.Header("K", "V"), new Link.Header("", ""))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'x'", "{}", "5", "null"})
  void headersOfAnotherShapeAreNone(String headers) {
    assertThat(user("{links:{self:{uri:'/a',headers:" + headers + "}}}").self())
        .isEqualTo(Link.get("/a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{key:5,value:'V'}", "{key:'K',value:[]}"})
  void headerOfTheWrongTypeIsRefused(String header) {
    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> user("{links:{self:{uri:'/a',headers:[" + header + "]}}}"))
        .withMessageEndingWith("must be a text.");
  }

  @Test
  void linkWithoutAnAddressIsNone() {
    assertThat(user("{links:{self:{method:'GET'}}}").self()).isNull();
    assertThat(user("{links:{next:{uri:'/a'}}}").self()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"code\":60002,\"description\":\"Gone\",\"data\":[\"a\"],\"source\":\"S\"}|60002|Gone|S",
        "{\"code\":\"60002\",\"description\":\"Gone\"}|60002|Gone|''",
        "{\"Code\":60002,\"Description\":\"Gone\",\"Source\":null}|60002|Gone|''",
        "{\"statusCode\":429,\"message\":\"Slow down\"}|429|Slow down|''",
        "{\"code\":\"InvalidThing\",\"description\":\"Gone\"}|0|Gone|''",
        "{\"code\":99999999999,\"description\":\"Gone\"}|0|Gone|''",
        "{\"code\":\" 7 \",\"statusCode\":8,\"description\":\"D\",\"message\":\"M\"}|7|D|''",
        "{\"code\":true,\"statusCode\":8,\"description\":[],\"message\":\"M\"}|8|M|''",
        "{\"code\":5,\"source\":5}|5|''|5",
        "{\"code\":5,\"data\":\"text\"}|5|''|''",
        "{\"description\":\"Gone\",\"data\":{\"a\":1}}|0|Gone|''"
      })
  void errorsOfAllShapesAreRead(String body, int code, String description, String source) {
    ErrorBody error = ErrorBody.fromJson(body.getBytes(UTF_8));

    assertThat(error).isNotNull();
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.description()).isEqualTo(description);
    assertThat(error.source()).isEqualTo(source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[\"a\",5,null,{},\"b\"]|a,b", "[]|''", "\"text\"|''", "{\"a\":1}|''", "null|''"})
  void onlyTextsOfAListAreAnErrorsData(String data, String expected) {
    ErrorBody error = ErrorBody.fromJson(("{\"code\":5,\"data\":" + data + "}").getBytes(UTF_8));

    assertThat(error).isNotNull();
    assertThat(String.join(",", error.data())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Forbidden", "<html>", "[]", "{}", "{\"error\":\"x\"}", "{\"code\""})
  void bodyThatIsNoErrorIsNone(String body) {
    assertThat(ErrorBody.fromJson(body.getBytes(UTF_8))).isNull();
  }

  @Test
  void errorIsWrittenWithACodeThatIsANumberAndDataThatIsAnArray() {
    ErrorBody error =
        new ErrorBody(60002, "User object Id is not found", List.of(), "UserAccounts");

    assertThat(new String(error.toJson(), UTF_8))
        .isEqualTo(
            "{\"code\":60002,\"description\":\"User object Id is not found\",\"data\":[],"
                + "\"source\":\"UserAccounts\"}");
  }
}
