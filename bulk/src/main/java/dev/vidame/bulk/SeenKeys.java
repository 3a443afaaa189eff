package dev.vidame.bulk;

/**
 * Remembers keys and the line of each in 12 to 24 bytes. Two keys of one digest of 64 bits would be
 * taken for one; of a million, that happens in one file of forty million. Used by one thread.
 */
final class SeenKeys {
  private long[] digests = new long[1 << 10];
  private int[] lines = new int[1 << 10];
  private int count;

  /** The line at which the key was seen before, or 0. */
  int put(String key, long line) {
    if (count * 2 >= digests.length) {
      grow();
    }
    return put(Digests.of(key) | 1, (int) Math.min(line, Integer.MAX_VALUE));
  }

  private int put(long digest, int line) {
    int place = place(digest);
    if (lines[place] != 0) {
      return lines[place];
    }
    digests[place] = digest;
    lines[place] = line;
    count++;
    return 0;
  }

  private int place(long digest) {
    int mask = digests.length - 1;
    int place = (int) (digest >>> 1) & mask;
    while (lines[place] != 0 && digests[place] != digest) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldDigests = digests;
    int[] oldLines = lines;
    digests = new long[oldDigests.length * 2];
    lines = new int[oldLines.length * 2];
    count = 0;
    for (int i = 0; i < oldDigests.length; i++) {
      if (oldLines[i] != 0) {
        put(oldDigests[i], oldLines[i]);
      }
    }
  }
}
