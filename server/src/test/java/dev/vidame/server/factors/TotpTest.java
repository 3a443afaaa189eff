package dev.vidame.server.factors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes by the examples of their standards. */
final class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:15Z");

  /** RFC 4226, appendix D. */
  @ParameterizedTest
  @CsvSource({
    "0,755224", "1,287082", "2,359152", "3,969429", "4,338314",
    "5,254676", "6,287922", "7,162583", "8,399871", "9,520489"
  })
  void codesByCounterAreThoseOfRfc4226(long counter, String code) {
    assertThat(Totp.code(SECRET, counter)).isEqualTo(code);
  }

  /** RFC 4226, §5.4 and appendix D. */
  @ParameterizedTest
  @CsvSource({
    "1f8698690e02ca16618550ef7f19da8e945b555a,1357872921",
    "cc93cf18508d94934c64b65d8ba7667fb7cde4b0,1284755224",
    "75a48a19d4cbe100644e8ac1397eea747a2d33ab,1094287082",
    "1b3c89f65e6c9e883012052823443f048b4332db,673399871"
  })
  void hashesAreCutAsRfc4226Says(String hash, int number) {
    assertThat(Totp.truncated(HexFormat.of().parseHex(hash))).isEqualTo(number);
  }

  /** RFC 6238, appendix B: the last six of its eight digits. */
  @ParameterizedTest
  @CsvSource({
    "59,94287082",
    "1111111109,07081804",
    "1111111111,14050471",
    "1234567890,89005924",
    "2000000000,69279037",
    "20000000000,65353130"
  })
  void codesByTimeAreThoseOfRfc6238(long second, String digits) {
    assertThat(Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(second))))
        .isEqualTo(digits.substring(2));
  }

  @ParameterizedTest
  @CsvSource({"-2,false", "-1,true", "0,true", "1,true", "2,false"})
  void codesOfTheStepBeforeAndAfterAreTaken(int steps, boolean isTaken) {
    long step = Totp.step(NOW) + steps;

    assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step), NOW, 0))
        .isEqualTo(isTaken ? OptionalLong.of(step) : OptionalLong.empty());
  }

  @Test
  void codesUpToTheLastThatWasTakenAreNot() {
    long step = Totp.step(NOW);

    assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step), NOW, step)).isEmpty();
    assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step - 1), NOW, step)).isEmpty();
    assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step + 1), NOW, step)).hasValue(step + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "00000", "0000000", "nothing", "\u0661\u0662\u0663\u0664\u0665\u0666"})
  void whatIsNoCodeIsTaken(String text) {
    assertThat(Totp.stepOf(SECRET, text, NOW, 0)).isEmpty();
  }

  /** RFC 4648, §10. */
  @ParameterizedTest
  @CsvSource({
    "'',''",
    "f,MY",
    "fo,MZXQ",
    "foo,MZXW6",
    "foob,MZXW6YQ",
    "fooba,MZXW6YTB",
    "foobar,MZXW6YTBOI"
  })
  void base32IsThatOfRfc4648(String text, String base32) {
    assertThat(Base32.of(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(base32);
  }

  @Test
  void base32TakesBytesOfEveryValue() {
    byte[] bytes = HexFormat.of().parseHex("ff00ff80017f");

    assertThat(Base32.of(bytes)).isEqualTo("74AP7AABP4");
  }
}
