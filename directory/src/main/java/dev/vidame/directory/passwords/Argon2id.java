package dev.vidame.directory.passwords;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * Computes Argon2id hashes (RFC 9106, version 1.3, neither secret nor associated data), and keeps
 * the memory that they need from one to the next. Not thread-safe.
 *
 * <p>Every tenth of a millisecond it offers the processor to whoever else wants it. A kernel may
 * let a thread that computes go on until its next tick, which is up to 4 ms, however nice the
 * thread is; no library stops in between (docs/decisions/0103).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9106">RFC 9106</a>
 */
final class Argon2id {
  static final int HASH_BYTES = 32;

  private static final int VERSION = 0x13;
  private static final int TYPE = 2;

  /** The parts of a pass, which all lanes finish before any begins the next. */
  private static final int SLICES = 4;

  private static final int LEAST_BLOCKS_OF_LANE = 2 * SLICES;

  /** A block is 1 KiB. */
  private static final int WORDS = 128;

  private static final int BLOCK_BYTES = WORDS * Long.BYTES;
  private static final int FIRST_DIGEST_BYTES = 64;
  private static final long LOW_HALF = 0xFFFF_FFFFL;

  /** Less than a tenth of a millisecond's work. */
  private static final int BLOCKS_UNTIL_PAUSE = 128;

  private final Runnable pause;
  private final int keptWords;
  private long[] kept = {};

  /* Of the hash that is being computed. */
  private long[] memory = {};
  private Cost cost = new Cost(0, 0, 0);
  private int segmentLength;
  private int laneLength;
  private int untilPause = BLOCKS_UNTIL_PAUSE;

  private final long[] mixed = new long[WORDS];
  private final long[] before = new long[WORDS];
  private final Addresses addresses = new Addresses();

  /**
   * A computer of hashes.
   *
   * @param keptKib how much memory it keeps at most, in KiB
   * @param pause lets others have the processor
   */
  Argon2id(int keptKib, Runnable pause) {
    this.pause = pause;
    keptWords = Math.multiplyExact(keptKib, WORDS);
  }

  /**
   * What a hash costs.
   *
   * @param memoryKib memory in KiB
   * @param passes how often all of it is gone over
   * @param lanes how many threads could share the work
   */
  record Cost(int memoryKib, int passes, int lanes) {
    /** How many blocks are computed. */
    long work() {
      return (long) memoryKib * passes;
    }
  }

  /**
   * The 32 bytes of a password's hash. The same text typed on different keyboards must give the
   * same bytes, hence the normal form.
   */
  byte[] hash(String password, byte[] salt, Cost wanted) {
    cost = wanted;
    int blocks = Math.max(wanted.memoryKib(), LEAST_BLOCKS_OF_LANE * wanted.lanes());
    segmentLength = blocks / (SLICES * wanted.lanes());
    laneLength = SLICES * segmentLength;
    memory = room(Math.multiplyExact(laneLength * wanted.lanes(), WORDS));
    try {
      begin(firstDigest(Normalizer.normalize(password, Normalizer.Form.NFKC), salt));
      for (int pass = 0; pass < wanted.passes(); pass++) {
        for (int slice = 0; slice < SLICES; slice++) {
          for (int lane = 0; lane < wanted.lanes(); lane++) {
            fill(new Segment(pass, lane, slice));
          }
        }
      }
      return end();
    } finally {
      forget();
    }
  }

  private long[] room(int words) {
    if (words > keptWords) {
      return new long[words];
    }
    if (kept.length < words) {
      kept = new long[words];
    }
    return kept;
  }

  /** What is left of one password is nobody's business, whatever happens to the memory. */
  private void forget() {
    Arrays.fill(memory, 0);
    Arrays.fill(mixed, 0);
    Arrays.fill(before, 0);
    memory = new long[0];
  }

  private byte[] firstDigest(String password, byte[] salt) {
    byte[] text = password.getBytes(StandardCharsets.UTF_8);
    byte[] input = new byte[10 * Integer.BYTES + text.length + salt.length];
    littleEndian(input)
        .putInt(cost.lanes())
        .putInt(HASH_BYTES)
        .putInt(cost.memoryKib())
        .putInt(cost.passes())
        .putInt(VERSION)
        .putInt(TYPE)
        .putInt(text.length)
        .put(text)
        .putInt(salt.length)
        .put(salt)
        .putInt(0) // no secret
        .putInt(0); // no associated data
    return Blake2b.digest(input, FIRST_DIGEST_BYTES);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The first two blocks of each lane. */
  private void begin(byte[] firstDigest) {
    for (int lane = 0; lane < cost.lanes(); lane++) {
      for (int column = 0; column < 2; column++) {
        byte[] seed = Arrays.copyOf(firstDigest, firstDigest.length + 2 * Integer.BYTES);
        littleEndian(seed)
            .putInt(firstDigest.length, column)
            .putInt(seed.length - Integer.BYTES, lane);
        littleEndian(Blake2b.longDigest(seed, BLOCK_BYTES))
            .asLongBuffer()
            .get(memory, wordOf(lane, column), WORDS);
      }
    }
  }

  /** What the last blocks of all lanes give together. */
  private byte[] end() {
    byte[] last = new byte[BLOCK_BYTES];
    ByteBuffer words = littleEndian(last);
    for (int word = 0; word < WORDS; word++) {
      long together = 0;
      for (int lane = 0; lane < cost.lanes(); lane++) {
        together ^= memory[wordOf(lane, laneLength - 1) + word];
      }
      words.putLong(together);
    }
    return Blake2b.longDigest(last, HASH_BYTES);
  }

  private int wordOf(int lane, int column) {
    return (lane * laneLength + column) * WORDS;
  }

  /** A lane's part of a slice in a pass, all counted from 0. */
  private record Segment(int pass, int lane, int slice) {
    /** Whether the password has no say in which blocks are read, so that nobody learns from it. */
    boolean isIndependent() {
      return pass == 0 && slice < SLICES / 2;
    }

    boolean isFirst() {
      return pass == 0 && slice == 0;
    }
  }

  private void fill(Segment segment) {
    int start = segment.isFirst() ? 2 : 0; // of which two are there already
    if (segment.isIndependent()) {
      addresses.begin(segment);
    }
    for (int index = start; index < segmentLength; index++) {
      int column = segment.slice() * segmentLength + index;
      int previous = wordOf(segment.lane(), column == 0 ? laneLength - 1 : column - 1);
      long chance = segment.isIndependent() ? addresses.at(index) : memory[previous];
      int other = segment.isFirst() ? segment.lane() : (int) ((chance >>> 32) % cost.lanes());
      int reference = wordOf(other, reference(segment, index, other, chance & LOW_HALF));
      fillBlock(previous, reference, wordOf(segment.lane(), column), segment.pass() > 0);
      pauseNowAndThen();
    }
  }

  private void pauseNowAndThen() {
    untilPause--;
    if (untilPause == 0) {
      untilPause = BLOCKS_UNTIL_PAUSE;
      pause.run();
    }
  }

  /** Which column of a lane is read for a block (RFC 9106, section 3.4.2). */
  private int reference(Segment segment, int index, int lane, long chance) {
    boolean isOwnLane = lane == segment.lane();
    int known = segment.pass() == 0 ? segment.slice() * segmentLength : laneLength - segmentLength;
    if (isOwnLane) {
      known += index - 1;
    } else if (index == 0) {
      known--;
    }
    long nearer = (known * ((chance * chance) >>> 32)) >>> 32; // late ones are likelier
    int oldest =
        segment.pass() == 0 || segment.slice() == SLICES - 1
            ? 0
            : (segment.slice() + 1) * segmentLength;
    return (int) ((oldest + known - 1 - nearer) % laneLength);
  }

  /** What tells which blocks are read where the password has no say. */
  private final class Addresses {
    private static final int COUNTER = 6;

    private final long[] input = new long[WORDS];
    private final long[] block = new long[WORDS];
    private int counter;

    void begin(Segment segment) {
      Arrays.fill(input, 0);
      input[0] = segment.pass();
      input[1] = segment.lane();
      input[2] = segment.slice();
      input[3] = (long) laneLength * cost.lanes();
      input[4] = cost.passes();
      input[5] = TYPE;
      counter = 0;
    }

    long at(int index) {
      if (index / WORDS >= counter) {
        counter++;
        input[COUNTER] = counter;
        mixInto(block, input);
        mixInto(block, block);
      }
      return block[index % WORDS];
    }

    private void mixInto(long[] target, long[] from) {
      System.arraycopy(from, 0, mixed, 0, WORDS);
      permute(mixed);
      for (int word = 0; word < WORDS; word++) {
        target[word] = mixed[word] ^ from[word];
      }
    }
  }

  private void fillBlock(int previous, int reference, int target, boolean isAgain) {
    for (int word = 0; word < WORDS; word++) {
      long both = memory[previous + word] ^ memory[reference + word];
      mixed[word] = both;
      before[word] = isAgain ? both ^ memory[target + word] : both;
    }
    permute(mixed);
    for (int word = 0; word < WORDS; word++) {
      memory[target + word] = mixed[word] ^ before[word];
    }
  }

  /**
   * The permutation P, which is BLAKE2b's round over 16 words, for each of a block's eight rows and
   * then for each of its eight columns, whose words lie two and two together.
   *
   * <p>P is written out twice, so that only one method is called, which is short. With a method for
   * P it depended on what was compiled first whether that was inlined, and a hash took a quarter
   * longer in every other run of a server (docs/decisions/0108).
   */
  private static void permute(long[] v) {
    for (int row = 0; row < WORDS; row += 16) {
      mix(v, row, row + 4, row + 8, row + 12);
      mix(v, row + 1, row + 5, row + 9, row + 13);
      mix(v, row + 2, row + 6, row + 10, row + 14);
      mix(v, row + 3, row + 7, row + 11, row + 15);
      mix(v, row, row + 5, row + 10, row + 15);
      mix(v, row + 1, row + 6, row + 11, row + 12);
      mix(v, row + 2, row + 7, row + 8, row + 13);
      mix(v, row + 3, row + 4, row + 9, row + 14);
    }
    for (int column = 0; column < 16; column += 2) {
      mix(v, column, column + 32, column + 64, column + 96);
      mix(v, column + 1, column + 33, column + 65, column + 97);
      mix(v, column + 16, column + 48, column + 80, column + 112);
      mix(v, column + 17, column + 49, column + 81, column + 113);
      mix(v, column, column + 33, column + 80, column + 113);
      mix(v, column + 1, column + 48, column + 81, column + 96);
      mix(v, column + 16, column + 49, column + 64, column + 97);
      mix(v, column + 17, column + 32, column + 65, column + 112);
    }
  }

  /**
   * The function GB: BLAKE2b's, with products. It calls nothing, as whether the compiler would
   * inline that, too, would again depend on what was compiled first.
   */
  private static void mix(long[] v, int indexA, int indexB, int indexC, int indexD) {
    long a = v[indexA];
    long b = v[indexB];
    long c = v[indexC];
    long d = v[indexD];
    a += b + 2 * (a & LOW_HALF) * (b & LOW_HALF);
    d ^= a;
    d = d >>> 32 | d << 32;
    c += d + 2 * (c & LOW_HALF) * (d & LOW_HALF);
    b ^= c;
    b = b >>> 24 | b << 40;
    a += b + 2 * (a & LOW_HALF) * (b & LOW_HALF);
    d ^= a;
    d = d >>> 16 | d << 48;
    c += d + 2 * (c & LOW_HALF) * (d & LOW_HALF);
    b ^= c;
    b = b >>> 63 | b << 1;
    v[indexA] = a;
    v[indexB] = b;
    v[indexC] = c;
    v[indexD] = d;
  }
}
