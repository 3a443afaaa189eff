package dev.vidame.server.dashboard;

import dev.vidame.wire.CustomerId;
import java.util.List;

/**
 * The page that says why something was not done.
 *
 * @param frame what every page has
 * @param sentences why, in the reader's language
 * @param reference what to name to an operator; empty for nothing
 * @param reachable customers on which the reader has a role, where that is a way on
 */
record RefusalPage(
    Frame frame, List<String> sentences, String reference, List<CustomerId> reachable) {
  RefusalPage {
    sentences = List.copyOf(sentences);
    reachable = List.copyOf(reachable);
  }
}
