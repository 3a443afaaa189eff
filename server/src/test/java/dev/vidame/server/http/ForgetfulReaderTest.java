package dev.vidame.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.DataReader;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForgetfulReaderTest {
  /** Of the serial collector, which all tests run with. */
  private static final String YOUNG_COLLECTOR = "Copy";

  private static final int GARBAGE_BYTES = 1 << 16;
  private static final int LINES = 3;

  /** What a connection receives, and whether it was let go since. */
  private static final class Received implements Supplier<byte @Nullable []> {
    private final List<WeakReference<byte[]>> given = new ArrayList<>();

    @Override
    public byte[] get() {
      byte[] line = "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
      given.add(new WeakReference<>(line));
      return line;
    }

    boolean isForgotten(int line) {
      return given.get(line).refersTo(null);
    }
  }

  private static DataReader reader(String... packets) {
    Deque<String> left = new ArrayDeque<>(Arrays.asList(packets));
    return new ForgetfulReader(
        () -> left.isEmpty() ? null : left.remove().getBytes(StandardCharsets.US_ASCII));
  }

  private static DataReader ofTheLibrary(Supplier<byte @Nullable []> source) {
    return DataReader.create(source);
  }

  private static long youngCollections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> collector.getName().equals(YOUNG_COLLECTOR))
        .findAny()
        .orElseThrow()
        .getCollectionCount();
  }

  private static void collectYoung() {
    long before = youngCollections();
    while (youngCollections() == before) {
      assertThat(new byte[GARBAGE_BYTES]).hasSize(GARBAGE_BYTES);
    }
  }

  /**
   * Reads a line, lets all that is held become old, and reads more: the second line is then held by
   * nobody but perhaps by the first, which is old and was let go.
   */
  private static boolean isSecondLineForgotten(
      Function<Supplier<byte @Nullable []>, DataReader> readers) {
    Received received = new Received();
    DataReader reader = readers.apply(received);
    assertThat(reader.readLine()).isEqualTo("GET / HTTP/1.1");
    ManagementFactory.getMemoryMXBean().gc();
    for (int line = 1; line < LINES; line++) {
      assertThat(reader.readLine()).isEqualTo("GET / HTTP/1.1");
    }
    collectYoung();
    assertThat(received.isForgotten(LINES - 1)).as("the reader's own place").isFalse();
    return received.isForgotten(1);
  }

  @Test
  void whatWasReadIsForgottenOnAnOldConnection() {
    assertThat(isSecondLineForgotten(ForgetfulReader::new)).isTrue();
  }

  /** Where this fails, the library forgets, too, and {@link ForgetfulReader} has done its work. */
  @Test
  void librarysReaderKeepsIt() {
    assertThat(isSecondLineForgotten(ForgetfulReaderTest::ofTheLibrary)).isFalse();
  }

  @Test
  void linesMayComeInPiecesAndSeveralAtOnce() {
    DataReader reader = reader("one\r", "\ntw", "o\r\nthree\r\nfo", "ur\r\n");

    assertThat(reader.readLine()).isEqualTo("one");
    assertThat(reader.readLine()).isEqualTo("two");
    assertThat(reader.readLine()).isEqualTo("three");
    assertThat(reader.available()).isEqualTo(2);
    assertThat(reader.readLine()).isEqualTo("four");
    assertThat(reader.available()).isZero();
  }

  @Test
  void endIsToldAsTheLibraryDoes() {
    DataReader reader = reader("one\r\n");
    reader.skip(5);

    assertThatThrownBy(reader::ensureAvailable)
        .isInstanceOf(DataReader.InsufficientDataAvailableException.class);
  }
}
