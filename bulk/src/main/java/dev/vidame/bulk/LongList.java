package dev.vidame.bulk;

import java.util.Arrays;

/** Numbers in eight bytes each. Not thread-safe. */
final class LongList {
  private long[] numbers = new long[1 << 10];
  private int size;

  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
    }
    numbers[size++] = number;
  }

  long get(int index) {
    return numbers[index];
  }

  int size() {
    return size;
  }

  /** Where a number is in a list that grows, or a negative number where it is not. */
  int find(long number) {
    return Arrays.binarySearch(numbers, 0, size, number);
  }
}
