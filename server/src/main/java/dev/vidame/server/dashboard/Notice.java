package dev.vidame.server.dashboard;

import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a page says of what was just done.
 *
 * @param isFault whether it was not done
 * @param sentences what is said
 * @param deleted the account that was deleted, which can be brought back at once; null for none
 */
record Notice(boolean isFault, List<Sentence> sentences, @Nullable Deleted deleted) {
  /**
   * A sentence.
   *
   * @param field what it is about; null for no field of a form
   * @param text what it says
   */
  record Sentence(@Nullable AccountField field, Text text) {}

  /**
   * An account that was deleted.
   *
   * @param customer whose
   * @param user which
   */
  record Deleted(CustomerId customer, UserId user) {
    /** Where it is brought back. */
    String restorePath() {
      return CustomerHead.path(customer) + "/users/" + user + "/restore";
    }
  }

  Notice {
    sentences = List.copyOf(sentences);
  }

  static Notice done(Text text) {
    return new Notice(false, List.of(new Sentence(null, text)), null);
  }

  static Notice deleted(Text text, Deleted deleted) {
    return new Notice(false, List.of(new Sentence(null, text)), deleted);
  }

  static Notice fault(Text text) {
    return fault(List.of(new Sentence(null, text)));
  }

  static Notice fault(List<Sentence> sentences) {
    return new Notice(true, sentences, null);
  }

  /** What is said of a field. */
  Optional<Text> of(AccountField field) {
    return sentences.stream()
        .filter(sentence -> sentence.field() == field)
        .map(Sentence::text)
        .findFirst();
  }
}
