package dev.vidame.directory.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

/** Hashes are those of another implementation, and of the reference one's tests. */
final class Argon2idTest {
  private static final int MANY = 1_000;

  /** The longest method, in bytes, that the second compiler inlines: HotSpot's FreqInlineSize. */
  private static final int LONGEST_INLINED = 325;

  private final AtomicInteger pauses = new AtomicInteger();
  private final Argon2id argon2id = new Argon2id(64, pauses::incrementAndGet);

  @Test
  void knowsWhatTheReferenceImplementationTests() {
    byte[] salt = "somesalt".getBytes(StandardCharsets.US_ASCII);
    assertThat(hex("password", salt, new Argon2id.Cost(256, 2, 1)))
        .isEqualTo("9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe");
    assertThat(hex("password", salt, new Argon2id.Cost(256, 2, 2)))
        .isEqualTo("6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037");
    assertThat(hex("password", salt, new Argon2id.Cost(65_536, 1, 1)))
        .isEqualTo("f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98");
  }

  private String hex(String password, byte[] salt, Argon2id.Cost cost) {
    return HexFormat.of().formatHex(argon2id.hash(password, salt, cost));
  }

  @Test
  void agreesWithAnotherImplementation() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < MANY; i++) {
      int lanes = 1 + random.nextInt(4);
      Argon2id.Cost cost =
          new Argon2id.Cost(8 * lanes + random.nextInt(200), 1 + random.nextInt(4), lanes);
      byte[] salt = new byte[8 + random.nextInt(24)];
      random.nextBytes(salt);
      byte[] text = new byte[random.nextInt(200)];
      random.nextBytes(text);
      String password = new String(text, StandardCharsets.ISO_8859_1);
      String normal = Normalizer.normalize(password, Normalizer.Form.NFKC);
      assertThat(argon2id.hash(password, salt, cost))
          .as("seed %d, number %d, %s", seed, i, cost)
          .isEqualTo(byAnother(normal, salt, cost));
    }
  }

  /** A lane has eight blocks at least, whatever is said. */
  @Test
  void agreesWithAnotherImplementationWhereMemoryIsLeast() {
    byte[] salt = new byte[16];
    for (int lanes = 1; lanes <= 4; lanes++) {
      for (int memoryKib = 8 * lanes - 1; memoryKib <= 8 * lanes + 1; memoryKib++) {
        Argon2id.Cost cost = new Argon2id.Cost(memoryKib, 2, lanes);
        assertThat(argon2id.hash("password", salt, cost))
            .as("%s", cost)
            .isEqualTo(byAnother("password", salt, cost));
      }
    }
  }

  /** RFC 9106, section 3.3: up to 64 bytes are one digest of the length and the input. */
  @Test
  void digestOf64BytesIsNotPutTogether() {
    byte[] input = "input".getBytes(StandardCharsets.US_ASCII);
    byte[] numbered = {64, 0, 0, 0, 'i', 'n', 'p', 'u', 't'};

    assertThat(Blake2b.longDigest(input, 64)).isEqualTo(Blake2b.digest(numbered, 64));
  }

  private static byte[] byAnother(String password, byte[] salt, Argon2id.Cost cost) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    byte[] hash = new byte[Argon2id.HASH_BYTES];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  @Test
  void othersHaveTheProcessorOften() {
    int blocks = 1_024;

    argon2id.hash("password", new byte[16], new Argon2id.Cost(blocks, 2, 1));

    assertThat(pauses.get()).isBetween(2 * blocks / 128 - 1, 2 * blocks / 128);
  }

  /** What the compiler decides by what it compiled before makes a hash fast or slow by chance. */
  @Test
  void isCompiledInOneWay() throws IOException {
    CodeAttribute block = codeOf("permute");
    CodeAttribute mix = codeOf("mix");

    assertThat(block.codeLength()).isGreaterThan(LONGEST_INLINED);
    assertThat(block.elementStream().filter(InvokeInstruction.class::isInstance))
        .isNotEmpty()
        .allMatch(call -> ((InvokeInstruction) call).name().equalsString("mix"));
    assertThat(mix.codeLength()).isLessThanOrEqualTo(LONGEST_INLINED);
    assertThat(mix.elementStream()).noneMatch(InvokeInstruction.class::isInstance);
  }

  private static CodeAttribute codeOf(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Argon2id.class.getResourceAsStream("Argon2id.class"))) {
      ClassModel compiled = ClassFile.of().parse(in.readAllBytes());
      MethodModel method =
          compiled.methods().stream()
              .filter(candidate -> candidate.methodName().equalsString(name))
              .findFirst()
              .orElseThrow();
      return (CodeAttribute) method.code().orElseThrow();
    }
  }
}
