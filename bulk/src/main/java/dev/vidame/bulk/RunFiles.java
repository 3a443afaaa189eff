package dev.vidame.bulk;

import java.nio.file.Path;

/**
 * The files of a plan: the plan, and beside it what its runs leave.
 *
 * @param plan the plan
 * @param seal how those that hold passwords are on the disk
 */
public record RunFiles(Path plan, FileSeal seal) {
  private static final String RUN = ".run";
  private static final String UNDO = ".undo";

  /** Files that are as they are. */
  public RunFiles(Path plan) {
    this(plan, FileSeal.none());
  }

  /** The files of a plan that is named by itself, by its run or by its undoing. */
  public static RunFiles of(Path named) {
    String name = named.toString();
    for (String ending : new String[] {RUN, UNDO}) {
      if (name.endsWith(ending)) {
        return new RunFiles(Path.of(name.substring(0, name.length() - ending.length())));
      }
    }
    return new RunFiles(named);
  }

  /** Whether a name is that of an undoing. */
  public static boolean isUndo(Path named) {
    return named.toString().endsWith(UNDO);
  }

  /** What was applied, row by row. */
  public Path run() {
    return beside(RUN);
  }

  /** What was undone, row by row. */
  public Path undo() {
    return beside(UNDO);
  }

  /** What generated passwords are made of. */
  public Path seed() {
    return beside(".seed");
  }

  /** What keeps two runs apart. */
  Path lock() {
    return beside(".lock");
  }

  /** The plan while it is being written. */
  Path part() {
    return beside(".part");
  }

  private Path beside(String ending) {
    return Path.of(plan + ending);
  }
}
