package dev.vidame.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.BufferData;
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

  /** Room for so many bytes, which tells how many are in use. */
  private static final class SomeRoom implements ForgetfulReader.Room {
    private int left;

    SomeRoom(int bytes) {
      left = bytes;
    }

    @Override
    public boolean take(int bytes) {
      boolean hasRoom = bytes <= left;
      left -= hasRoom ? bytes : 0;
      return hasRoom;
    }

    @Override
    public void give(int bytes) {
      left += bytes;
    }
  }

  private static BufferData part(DataReader reader, SomeRoom room, int length) throws Exception {
    return ScopedValue.where(ForgetfulReader.ROOM, room).call(() -> reader.readBuffer(length));
  }

  @Test
  void partMayComeInManyPieces() throws Exception {
    DataReader reader = reader("3\r\na", "b", "c\r", "\nrest");
    SomeRoom room = new SomeRoom(3);
    assertThat(reader.readLine()).isEqualTo("3");

    BufferData part = part(reader, room, 3);
    reader.skip(2);

    assertThat(part.readString(3, StandardCharsets.US_ASCII)).isEqualTo("abc");
    assertThat(reader.readBytes(4)).asString(StandardCharsets.US_ASCII).isEqualTo("rest");
    assertThat(room.left).as("it is the request's from now on").isEqualTo(3);
  }

  /** Sixteen times what a body may have, as the library would keep it. */
  @Test
  void partThatIsTooLongIsNotKept() {
    byte[] packet = new byte[GARBAGE_BYTES];
    ForgetfulReader reader = new ForgetfulReader(() -> packet);

    BufferData part = reader.readBuffer(16 * HttpListener.MAX_BODY_BYTES);

    assertThat(part.available()).isEqualTo(HttpListener.MAX_BODY_BYTES + 1);
    assertThat(reader.available()).isZero();
  }

  @Test
  void partWithoutRoomIsReadPast() throws Exception {
    DataReader reader = reader("ab", "cd", "ef");

    BufferData part = part(reader, new SomeRoom(3), 4);

    assertThat(part.readString(4, StandardCharsets.US_ASCII)).isEqualTo("\0\0\0\0");
    assertThat(reader.readBytes(2)).asString(StandardCharsets.US_ASCII).isEqualTo("ef");
  }

  @Test
  void partThatNobodyAskedForIsReadPast() {
    DataReader reader = reader("ab", "cd", "ef");

    reader.readBuffer(4);

    assertThat(reader.readBytes(2)).asString(StandardCharsets.US_ASCII).isEqualTo("ef");
  }

  @Test
  void lineWithoutEndIsNotWaitedFor() {
    byte[] packet = "0000".getBytes(StandardCharsets.US_ASCII);
    ForgetfulReader reader = new ForgetfulReader(() -> packet);

    assertThatThrownBy(reader::readLine).isInstanceOf(NumberFormatException.class);
  }
}
