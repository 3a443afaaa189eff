package dev.vidame.server.dashboard;

import dev.vidame.wire.CustomerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page that says why something was not done.
 *
 * @param frame what every page has
 * @param sentences why, in the reader's language
 * @param reference what to name to an operator; empty for nothing
 * @param reachable customers on which the reader has a role, where that is a way on
 * @param why where the decision is explained; null where there was none
 */
@SuppressWarnings("TooManyParameters") // all that the page shows
record RefusalPage(
    Frame frame,
    List<String> sentences,
    String reference,
    List<CustomerId> reachable,
    @Nullable String why) {
  RefusalPage {
    sentences = List.copyOf(sentences);
    reachable = List.copyOf(reachable);
  }
}
