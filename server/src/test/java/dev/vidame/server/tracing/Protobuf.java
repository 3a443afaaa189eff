package dev.vidame.server.tracing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of Protocol Buffers: its fields by number, in their order.
 *
 * @param fields all of them
 */
record Protobuf(List<Field> fields) {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;

  /** A field: a number, or bytes. */
  @SuppressWarnings("ArrayRecordComponent") // read once
  record Field(int number, long value, byte[] bytes) {}

  static Protobuf of(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    List<Field> fields = new ArrayList<>();
    while (in.hasRemaining()) {
      long tag = varint(in);
      int number = (int) (tag >>> 3);
      switch ((int) (tag & 7)) {
        case VARINT -> fields.add(new Field(number, varint(in), new byte[0]));
        case FIXED_64 -> fields.add(new Field(number, in.getLong(), new byte[0]));
        case FIXED_32 -> fields.add(new Field(number, in.getInt(), new byte[0]));
        case BYTES -> {
          byte[] bytes = new byte[(int) varint(in)];
          in.get(bytes);
          fields.add(new Field(number, bytes.length, bytes));
        }
        default -> throw new AssertionError("No such type of field: " + tag);
      }
    }
    return new Protobuf(fields);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte part = in.get();
      value |= (part & 0x7FL) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new AssertionError("A number without end");
  }

  private List<Field> all(int number) {
    return fields.stream().filter(field -> field.number == number).toList();
  }

  List<Protobuf> messages(int number) {
    return all(number).stream().map(field -> of(field.bytes)).toList();
  }

  byte[] bytes(int number) {
    List<Field> found = all(number);
    return found.isEmpty() ? new byte[0] : found.getFirst().bytes;
  }

  String text(int number) {
    return new String(bytes(number), StandardCharsets.UTF_8);
  }

  long number(int number) {
    List<Field> found = all(number);
    return found.isEmpty() ? 0 : found.getFirst().value;
  }

  boolean has(int number) {
    return !all(number).isEmpty();
  }
}
