package dev.vidame.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditMomentTest {
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
    assertThat(AuditMoment.parse(text)).contains(new AuditMoment(moment, moment));
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
    assertThat(AuditMoment.parse(text))
        .contains(
            new AuditMoment(
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
        "2017-06-01; drop table journal"
      })
  void anythingElseIsNoMoment(String text) {
    assertThat(AuditMoment.parse(text)).isEmpty();
  }
}
