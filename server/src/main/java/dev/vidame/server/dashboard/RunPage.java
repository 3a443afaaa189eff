package dev.vidame.server.dashboard;

import dev.vidame.bulk.Operation;
import dev.vidame.bulk.PlanCounts;
import dev.vidame.bulk.PlanRow;
import dev.vidame.bulk.Problem;
import dev.vidame.bulk.Result;
import dev.vidame.bulk.RunReport.Failure;
import dev.vidame.bulk.RunResult;
import dev.vidame.server.bulk.Run;
import dev.vidame.server.bulk.RunInfo;
import dev.vidame.server.bulk.RunState;
import dev.vidame.server.texts.Text;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page of one run.
 *
 * @param frame what every page has
 * @param head what pages on a customer have
 * @param info what was uploaded
 * @param now how far it is
 * @param planned what would be done; null where there is nothing to decide on
 * @param outcomes what was done; null where nothing is to be told
 * @param hasPasswords whether there are passwords to be taken
 */
@SuppressWarnings("TooManyParameters") // all that the page shows
record RunPage(
    Frame frame,
    CustomerHead head,
    RunInfo info,
    Run.Now now,
    @Nullable Planned planned,
    @Nullable Outcomes outcomes,
    boolean hasPasswords) {

  /**
   * What would be done.
   *
   * @param counts how much
   * @param rows the first rows
   * @param problems the first rows that are left out
   * @param denied what the reader may not do of it
   */
  record Planned(PlanCounts counts, List<PlanRow> rows, List<Problem> problems, List<Text> denied) {
    boolean canBeApplied() {
      return counts.total() > 0 && denied.isEmpty();
    }

    long of(Operation operation) {
      return counts.changes().getOrDefault(operation, 0L);
    }
  }

  /**
   * What was done.
   *
   * @param result how many rows ended how
   * @param failures the first that failed
   */
  record Outcomes(RunResult result, List<Failure> failures) {
    long of(Result each) {
      return result.counts().getOrDefault(each, 0L);
    }

    /** Whether anything was changed that could be taken back. */
    boolean hasChanges() {
      return result.counts().keySet().stream()
          .anyMatch(each -> each.isChange() || each == Result.IN_DOUBT);
    }
  }

  String path() {
    return head.path() + "/bulk/" + info.id();
  }

  RunState state() {
    return now.state();
  }

  Text said() {
    return RunTexts.of(now.state());
  }

  /** Why it ended too early, sentence by sentence. */
  List<Text> reasons() {
    if (state().isUnderWay()) {
      return List.of();
    }
    Optional<Text> reason = now.stopped().map(RunTexts::of);
    Optional<Text> cause =
        now.cause().isEmpty() ? Optional.empty() : Optional.of(RunTexts.cause(now.cause()));
    return Stream.of(reason, cause).flatMap(Optional::stream).toList();
  }

  static Text of(Operation operation) {
    return RunTexts.of(operation);
  }

  static Text one(Operation operation) {
    return RunTexts.one(operation);
  }

  static Text of(Result result) {
    return RunTexts.of(result);
  }

  static Text cause(String english) {
    return RunTexts.cause(english);
  }

  static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** What a row changes, field by field. */
  static List<Changed> changes(PlanRow row) {
    return row.after().entrySet().stream()
        .map(field ->
            new Changed(
                field.getKey().wireName(),
                row.before().getOrDefault(field.getKey(), ""),
                field.getValue()))
        .toList();
  }

  /**
   * A field that changes.
   *
   * @param field as files call it
   * @param before empty where it had no value
   * @param after empty where it will have none
   */
  record Changed(String field, String before, String after) {}
}
