package dev.vidame.server.dashboard;

import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiException;
import dev.vidame.server.texts.Language;
import dev.vidame.server.texts.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as people are told it. What is not there, what is another partner's and what is no
 * address at all are told in the same words.
 *
 * @param status of the page
 * @param title of the page
 * @param why the reason; null where the title's sentence says enough
 */
record Refused(int status, Text title, @Nullable ApiException why) {
  private static final int NO_RELATIONSHIP = 20_002;
  private static final int NOT_A_GUID = 2_000;
  private static final int ROLE_TOO_WEAK = 900_150;

  static Refused of(Answer refusal, @Nullable ApiException why) {
    int status = refusal.status();
    if (why == null || status == 429) {
      return new Refused(status, Text.of("Too many requests"), null);
    }
    boolean isHidden =
        status == 404
            || (status == 403 && why.code() == NO_RELATIONSHIP)
            || (status == 400 && why.code() == NOT_A_GUID);
    if (isHidden) {
      return new Refused(404, Text.of("Not found"), null);
    }
    if (status == 403) {
      return new Refused(403, Text.of("You may not do this"), why);
    }
    return new Refused(
        status,
        status >= 500 ? Text.of("Something went wrong") : Text.of("This does not work"),
        why);
  }

  /** Whether another role would do. */
  boolean isOfRoles() {
    return why != null && why.code() == ROLE_TOO_WEAK;
  }

  /** Why, sentence by sentence. */
  List<String> sentences(Language language) {
    List<String> sentences = new ArrayList<>();
    if (status == 404) {
      sentences.add(
          Text.of("There is no such page, customer or user, or it is none of your partner's.")
              .in(language));
    } else if (why == null) {
      sentences.add(Text.of("Wait a little, and try again.").in(language));
    } else {
      sentences.add(why.description(language));
      sentences.addAll(why.details(language));
      if (isOfRoles()) {
        sentences.add(Text.of("Ask an operator of this service for a role.").in(language));
      }
    }
    return sentences;
  }
}
