package dev.vidame.server.moments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
  @ParameterizedTest
  @CsvSource({
    "2017-06-01T20:09:07Z, 2017-06-01T20:09:07Z",
    "2017-06-01T20:09:07z, 2017-06-01T20:09:07Z",
    "2017-06-01t20:09:07Z, 2017-06-01T20:09:07Z",
    "2017-06-01T20:09:07, 2017-06-01T20:09:07Z",
    "2017-06-01T20:09, 2017-06-01T20:09:00Z",
    "2017-06-01 20:09:07, 2017-06-01T20:09:07Z",
    "2017-06-01T20:09:07.5Z, 2017-06-01T20:09:07.5Z",
    "2017-06-01T20:09:07.0450483Z, 2017-06-01T20:09:07.0450483Z",
    "2017-06-01T20:09:07+02:00, 2017-06-01T18:09:07Z",
    "2017-06-01T20:09:07+02, 2017-06-01T18:09:07Z",
    "2017-06-01T20:09:07-0330, 2017-06-01T23:39:07Z",
    "2017-06-01T20:09:07 02:00, 2017-06-01T18:09:07Z",
    "6/1/2017 12:00:00 AM, 2017-06-01T00:00:00Z",
    "6/1/2017 12:30:00 PM, 2017-06-01T12:30:00Z",
    "6/1/2017 1:02:03 pm, 2017-06-01T13:02:03Z",
    "06/01/2017 00:00:00, 2017-06-01T00:00:00Z",
    "06/01/2017 23:59, 2017-06-01T23:59:00Z",
    "12/31/2017 23:59:59, 2017-12-31T23:59:59Z",
  })
  void momentIsRead(String text, Instant moment) {
    assertThat(Moment.parse(text)).contains(new Moment(moment, moment));
  }

  /** The last form is the year, a month that says nothing, and the day of the year. */
  @ParameterizedTest
  @CsvSource({
    "2017-06-01, 2017-06-01",
    "2017-6-1, 2017-06-01",
    "6/1/2017, 2017-06-01",
    "06/01/2017, 2017-06-01",
    "2020-09-246, 2020-09-02",
    "2020-01-366, 2020-12-31",
    "2026-11-001, 2026-01-01",
  })
  void dayIsReadAsAllOfIt(String text, String day) {
    assertThat(Moment.parse(text))
        .contains(
            new Moment(
                Instant.parse(day + "T00:00:00Z"), Instant.parse(day + "T23:59:59.999999Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "2017",
        "2017-06",
        "2017-13-01",
        "2017-02-30",
        "2021-01-366",
        "2021-01-000",
        "2017-06-01T24:00:00",
        "2017-06-01T20:60:00",
        "2017-06-01T20:09:07.1234567890Z",
        "2017-06-01T20:09:07+25:00",
        "2017-06-01T",
        "13/1/2017",
        "6/31/2017",
        "6/1/17",
        "6/1/2017 13:00:00 PM",
        "6/1/2017 0:00:00 AM",
        "1.6.2017",
        "20170601",
        "2017-06-01; drop table journal",
        "20170-06-01",
        "+20170-06-01",
        "-2017-06-01",
        "+999999999-12-31"
      })
  void anythingElseIsNoMoment(String text) {
    assertThat(Moment.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2017-06-01T20:09:07Z, 2017-06-01T20:09:07Z",
    "2017-06-01, 2017-06-01T00:00:00Z",
    "+999999999-12-31, +999999999-12-31T00:00:00Z",
    "-999999999-01-01T00:00:00+18:00, -1000000000-12-31T06:00:00Z",
  })
  void isoAloneMayBeFarAway(String text, Instant first) {
    assertThat(Moment.ofIso(text).map(Moment::first)).contains(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"6/1/2017", "06/01/2017 23:59", "x", "20170-06-01", "-1-06-01"})
  void isoAloneIsNoOtherForm(String text) {
    assertThat(Moment.ofIso(text)).isEmpty();
  }
}
