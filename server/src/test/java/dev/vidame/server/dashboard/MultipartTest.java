package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
  private static final String TYPE = "multipart/form-data; boundary=gap";

  private static Multipart parse(String type, String body) {
    return Multipart.parse(type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Multipart read, String name) {
    return new String(read.file(name).orElseThrow().content(), StandardCharsets.UTF_8);
  }

  @Test
  void fieldsAndFilesAreRead() {
    Multipart read =
        parse(
            TYPE,
            """
            --gap\r
            Content-Disposition: form-data; name="form_token"\r
            \r
            abc\r
            --gap\r
            content-disposition: form-data; name="file"; filename="a %22b%22.csv"\r
            Content-Type: text/csv\r
            \r
            id,displayName\r
            -- gap\r
            \r
            --gap--\r
            """);

    assertThat(read.fields()).containsEntry("form_token", "abc").hasSize(1);
    assertThat(read.file("file").orElseThrow().name()).isEqualTo("a \"b\".csv");
    assertThat(text(read, "file")).isEqualTo("id,displayName\r\n-- gap\r\n");
    assertThat(read.file("other")).isEmpty();
  }

  @Test
  void quotedBoundaryAndEmptyPartsAreRead() {
    Multipart read =
        parse(
            "Multipart/Form-Data; charset=utf-8; boundary=\"a b\"",
            "--a b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\r\n--a b--");

    assertThat(read.fields()).containsEntry("x", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--gap",
        "--gap\r\n",
        "--gap\r\n\r\n--gap--",
        "--gap\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nabc",
        "--gap\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nabc\r\n--gap",
        "--gap\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--gap--",
        "--gap\r\nContent-Disposition: form-data; filename=\"x\"\r\n\r\nabc\r\n--gap--",
        "--gapContent-Disposition: form-data; name=\"x\"\r\n\r\nabc\r\n--gap--",
        "preamble\r\n--gap--"
      })
  void brokenBodiesAreRefused(String body) {
    assertThatThrownBy(() -> parse(TYPE, body)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=", "text/plain"})
  void typesWithoutABoundaryAreRefused(String type) {
    assertThatThrownBy(() -> parse(type, "--gap--")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tooManyPartsAreRefused() {
    String part = "--gap\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\r\n";

    assertThat(parse(TYPE, part.repeat(50) + "--gap--").fields()).hasSize(1);
    assertThatThrownBy(() -> parse(TYPE, part.repeat(51) + "--gap--"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Whatever bytes a file has, they come out as they went in, or the body is refused. */
  @Test
  void anyBytesComeBack() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] file = new byte[random.nextInt(60)];
      for (int j = 0; j < file.length; j++) {
        file[j] = (byte) "\r\n-gap\u0000x".charAt(random.nextInt(8));
      }
      String before = "--gap\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n";
      String content = new String(file, StandardCharsets.ISO_8859_1);
      boolean hasBoundary = ("\r\n" + content + "\r\n").contains("\r\n--gap");
      byte[] body = (before + content + "\r\n--gap--").getBytes(StandardCharsets.ISO_8859_1);

      if (!hasBoundary) {
        assertThat(Multipart.parse(TYPE, body).file("f").orElseThrow().content())
            .as("seed " + seed)
            .isEqualTo(file);
      }
    }
  }
}
