package dev.vidame.server.bulk;

import java.util.Arrays;
import java.util.Optional;

/** What is done with a run, one at a time. */
enum Task {
  PLAN("plan", RunState.PLANNING),
  APPLY("apply", RunState.APPLYING),
  UNDO("undo", RunState.UNDOING);

  private final String text;
  private final RunState underWay;

  Task(String text, RunState underWay) {
    this.text = text;
    this.underWay = underWay;
  }

  /** As files spell it. */
  String text() {
    return text;
  }

  RunState underWay() {
    return underWay;
  }

  static Optional<Task> of(String text) {
    return Arrays.stream(values()).filter(task -> task.text.equals(text)).findFirst();
  }
}
