package dev.vidame.server.bulk;

/** How far a run is. */
public enum RunState {
  /** The file is compared with the accounts. */
  PLANNING,
  /** That ended before there was a plan. */
  PLAN_STOPPED,
  /** There can be no plan: the file is not right. */
  FAILED,
  /** There is a plan, and nothing was changed yet. */
  PLANNED,
  /** The changes are made. */
  APPLYING,
  /** That ended before the last row. */
  APPLY_STOPPED,
  /** Every row has ended. */
  APPLIED,
  /** The changes are taken back. */
  UNDOING,
  /** That ended before the last row. */
  UNDO_STOPPED,
  /** What could be taken back is. */
  UNDONE;

  /** Whether something is under way. */
  public boolean isUnderWay() {
    return this == PLANNING || this == APPLYING || this == UNDOING;
  }

  /** Whether rows were sent. */
  public boolean hasReport() {
    return switch (this) {
      case APPLY_STOPPED, APPLIED, UNDO_STOPPED, UNDONE -> true;
      case PLANNING, PLAN_STOPPED, FAILED, PLANNED, APPLYING, UNDOING -> false;
    };
  }

  /** Whether it is about taking back. */
  public boolean isUndo() {
    return this == UNDOING || this == UNDO_STOPPED || this == UNDONE;
  }
}
