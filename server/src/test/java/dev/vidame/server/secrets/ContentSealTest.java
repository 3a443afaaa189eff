package dev.vidame.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.server.harness.SecretSearch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that are encrypted as a whole. */
class ContentSealTest {
  private static final byte[] STORED = filled(1);
  private static final String SECRET = "In-A-File-4711";
  private static final byte[] CONTENT =
      ("name,password\na," + SECRET + "\n").getBytes(StandardCharsets.UTF_8);
  private static final KeySeal OUTER = outer(7);

  private static byte[] filled(int with) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }

  private static KeySeal outer(int with) {
    return KeySeal.of(Base64.getEncoder().encodeToString(filled(with)));
  }

  private static ContentSeal seal(KeySeal outer) {
    return ContentSeal.of(outer, "files", STORED);
  }

  private static void requireClosed(ContentSeal seal, String name, byte[] sealed) {
    assertThatThrownBy(() -> seal.open(name, sealed))
        .isInstanceOf(KeySealException.class)
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void whatWasSealedOpensAndShowsNothing() {
    for (byte[] content : List.of(CONTENT, new byte[0], new byte[1 << 20])) {
      byte[] once = seal(OUTER).seal("a", content);
      byte[] again = seal(OUTER).seal("a", content);

      assertThat(once).isNotEqualTo(again);
      assertThat(seal(OUTER).open("a", once)).isEqualTo(content);
      assertThat(seal(OUTER).open("a", again)).isEqualTo(content);
      assertThat(SecretSearch.of(List.of(SECRET)).in(once)).isEmpty();
      assertThat(ContentSeal.isSealed(once)).isTrue();
      assertThat(ContentSeal.isSealed(content)).isFalse();
    }
    assertThat(SecretSearch.of(List.of(SECRET)).in(CONTENT)).isNotEmpty();
  }

  @Test
  void everyBitAndEveryLengthCounts() {
    byte[] sealed = seal(OUTER).seal("a", CONTENT);

    for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
      byte[] other = sealed.clone();
      other[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      requireClosed(seal(OUTER), "a", other);
    }
    for (int length = 0; length < sealed.length; length++) {
      requireClosed(seal(OUTER), "a", Arrays.copyOf(sealed, length));
    }
    requireClosed(seal(OUTER), "a", Arrays.copyOf(sealed, sealed.length + 1));
    requireClosed(seal(OUTER), "a", CONTENT);
  }

  @Test
  void fileOpensUnderItsNameOnly() {
    requireClosed(seal(OUTER), "b", seal(OUTER).seal("a", CONTENT));
  }

  /** Who has the store and the files has not the key that lies elsewhere. */
  @Test
  void storeAloneOpensNothingWhereThereIsAnOuterKey() {
    byte[] sealed = seal(OUTER).seal("a", CONTENT);

    requireClosed(seal(KeySeal.none()), "a", sealed);
    requireClosed(seal(outer(8)), "a", sealed);
    requireClosed(ContentSeal.of(OUTER, "others", STORED), "a", sealed);
    requireClosed(ContentSeal.of(OUTER, "files", filled(2)), "a", sealed);
  }

  @Test
  void whatWasSealedBeforeThereWasAnOuterKeyOpens() {
    byte[] before = seal(KeySeal.none()).seal("a", CONTENT);

    assertThat(seal(OUTER).open("a", before)).isEqualTo(CONTENT);
  }

  @Test
  void keyMustBeWhole() {
    assertThatThrownBy(() -> ContentSeal.of(OUTER, "files", new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(seal(OUTER)).hasToString("ContentSeal");
  }
}
