package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.vidame.server.tokens.BoundedRetriever.Answered;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of servers that may be anybody's. */
class AnswerReaderTest {
  private static final int MOST = 100;

  /** What is read at most: a head of 32 KiB, and a body in pieces. */
  private static final int MOST_ON_THE_WIRE = 32 * 1024 + 2 * MOST;

  /** Bytes that never end, counted as they are read. */
  private static final class Endless extends InputStream {
    private final byte[] start;
    private final String again;
    private int count;

    Endless(String start, String again) {
      this.start = start.getBytes(StandardCharsets.ISO_8859_1);
      this.again = again;
    }

    @Override
    public int read() {
      int at = count++;
      return at < start.length ? start[at] : again.charAt((at - start.length) % again.length());
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      throw new AssertionError("Only what is counted may be read");
    }
  }

  /** Line feeds are written as bars. */
  private static String wire(String text) {
    return text.replace("|", "\r\n");
  }

  private static Answered read(String text) throws IOException {
    return new AnswerReader(
            new ByteArrayInputStream(wire(text).getBytes(StandardCharsets.UTF_8)), MOST)
        .read();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "HTTP/1.1 200 OK|Content-Length: 4||abcd ~ 200 ~ abcd",
        "HTTP/1.1 200|content-length:4||abcd and more ~ 200 ~ abcd",
        "HTTP/1.0 200 Fine|Server: x||abcd ~ 200 ~ abcd",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||3|abc|1|d|0|| ~ 200 ~ abcd",
        "HTTP/1.1 200 OK|Transfer-Encoding: Chunked||2;a=b|ab|02  |cd|0|Trailer: x|| ~ 200 ~ abcd",
        "HTTP/1.1 100 Continue||HTTP/1.1 103 Early|Link: x||HTTP/1.1 201 OK||abcd ~ 201 ~ abcd",
        "HTTP/1.1 400 Bad|Content-Length: 4||é@@ ~ 400 ~ é@@",
        "HTTP/1.1 302 Found|Location: https://elsewhere.example/|Content-Length: 0|| ~ 302 ~ ''",
        "HTTP/1.1 204 None|| ~ 204 ~ ''",
        "HTTP/1.1 304 Same|Content-Length: 9|| ~ 304 ~ ''"
      })
  void answerIsReadToItsEnd(String text, int status, String body) throws IOException {
    Answered answer = read(text);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void bareLineFeedsEndLinesToo() throws IOException {
    Answered answer =
        new AnswerReader(
                new ByteArrayInputStream(
                    "HTTP/1.1 200 OK\nContent-Length: 1\n\na".getBytes(StandardCharsets.UTF_8)),
                MOST)
            .read();

    assertThat(answer.body()).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/2 200 OK||",
        "HTTP/1.1 OK||",
        "HTTP/1.1 600 OK||",
        "HTTP/1.12 200 OK||",
        "ICY 200 OK||",
        "||",
        "HTTP/1.1 200 OK|no header||",
        "HTTP/1.1 200 OK| folded: x||",
        "HTTP/1.1 200 OK|A: x| folded||",
        "HTTP/1.1 200 OK|Content-Length : 1||a",
        "HTTP/1.1 200 OK|Content-Length: -1||a",
        "HTTP/1.1 200 OK|Content-Length: 1, 1||a",
        "HTTP/1.1 200 OK|Content-Length: 0x1||a",
        "HTTP/1.1 200 OK|Content-Length: 99999999999||a",
        "HTTP/1.1 200 OK|Content-Length: 1|Content-Length: 1||a",
        "HTTP/1.1 200 OK|Content-Length: 1|Transfer-Encoding: chunked||1|a|0||",
        "HTTP/1.1 200 OK|Transfer-Encoding: gzip, chunked||0||",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||x|a|0||",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||-1|a|0||",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||1|ab|0||",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||fffffffff|a|0||"
      })
  void whatIsNotClearIsRefused(String text) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK|",
        "HTTP/1.1 200 OK|Content-Length: 5||abcd",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|abcd",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||4|abcd|",
        "HTTP/1.1 100 Continue||"
      })
  void whatIsCutOffIsRefused(String text) {
    assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(text));
  }

  @Test
  void bodyMayBeAsLongAsIsSaidAndNoLonger() throws IOException {
    String full = "x".repeat(MOST);

    assertThat(read("HTTP/1.1 200 OK|Content-Length: 100||" + full).body()).hasSize(MOST);
    assertThat(read("HTTP/1.1 200 OK||" + full).body()).hasSize(MOST);
    assertThat(read("HTTP/1.1 200 OK|Transfer-Encoding: chunked||64|" + full + "|0|").body())
        .hasSize(MOST);

    for (String text :
        new String[] {
          "HTTP/1.1 200 OK|Content-Length: 101||" + full + "x",
          "HTTP/1.1 200 OK||" + full + "x",
          "HTTP/1.1 200 OK|Transfer-Encoding: chunked||65|" + full + "x|0|",
          "HTTP/1.1 200 OK|Transfer-Encoding: chunked||64|" + full + "|1|x|0|"
        }) {
      assertThatIOException().isThrownBy(() -> read(text)).withMessageContaining("longer than 100");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', a",
    "'', HTTP/1.1 100 Continue||",
    "HTTP/1.1 200, x",
    "HTTP/1.1 200 OK|, A: b|",
    "HTTP/1.1 200 OK|A:, x",
    "HTTP/1.1 200 OK||, x",
    "HTTP/1.1 200 OK|Content-Length: 999999999||, x",
    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||, 1|x|",
    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||, 1;x",
    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||fffffff|, x"
  })
  void endlessAnswerIsReadNoFurtherThanAnyIsExpected(String start, String again) {
    Endless endless = new Endless(wire(start), wire(again));

    assertThatIOException().isThrownBy(() -> new AnswerReader(endless, MOST).read());

    assertThat(endless.count).isLessThanOrEqualTo(MOST_ON_THE_WIRE);
  }

  @Test
  void bodyThatIsTooLongIsNotReadWhereItsLengthIsTold() {
    Endless endless = new Endless(wire("HTTP/1.1 200 OK|Content-Length: 101||"), "x");

    assertThatIOException().isThrownBy(() -> new AnswerReader(endless, MOST).read());

    assertThat(endless.count).isEqualTo(endless.start.length);
  }

  /** Nothing but an answer or an exception that says why there is none. */
  @Test
  void changedAnswersNeverFailOtherwise() {
    long seed = Long.getLong("vidame.seed", new Random().nextLong());
    Random random = new Random(seed);
    String whole = wire("HTTP/1.1 200 OK|Transfer-Encoding: chunked|A: b||3|abc|1|d|0||");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder changed = new StringBuilder(whole);
      for (int j = random.nextInt(4); j >= 0; j--) {
        int at = random.nextInt(changed.length());
        char other = "\r\n :;0aF\u0000\u00ff".charAt(random.nextInt(10));
        switch (random.nextInt(3)) {
          case 0 -> changed.deleteCharAt(at);
          case 1 -> changed.insert(at, other);
          default -> changed.setCharAt(at, other);
        }
      }
      try {
        assertThat(
                new AnswerReader(
                        new ByteArrayInputStream(
                            changed.toString().getBytes(StandardCharsets.ISO_8859_1)),
                        MOST)
                    .read()
                    .body())
            .as("seed %d, round %d", seed, i)
            .hasSizeLessThanOrEqualTo(MOST);
      } catch (IOException e) {
        assertThat(e).as("seed %d, round %d", seed, i).hasMessageMatching("(An?|The) .*");
      }
    }
  }
}
