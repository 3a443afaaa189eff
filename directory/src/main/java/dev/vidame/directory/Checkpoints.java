package dev.vidame.directory;

/**
 * When a SQLite store takes what was committed from its log into its file.
 *
 * @param by who does it
 * @param pages after how many pages of the log; SQLite itself always takes its own number
 */
public record Checkpoints(By by, int pages) {
  /** 125 MiB. */
  private static final int PAGES = 32_000;

  /** Who takes pages from the log into the file. */
  public enum By {
    /** SQLite, within the commit that makes the log too long. Nobody hears how long it takes. */
    COMMIT,
    /** The writer, between two commits, and rather where nothing waits. */
    WRITER,
    /**
     * A thread of its own while commits go on. It leaves the writer a rest of a few milliseconds.
     */
    THREAD
  }

  /** Requires at least one page. */
  public Checkpoints {
    if (pages < 1) {
      throw new IllegalArgumentException("At least one page is needed");
    }
  }

  /**
   * What measured best: where the log is long, a page that was changed often enters the file once,
   * and pages that lie side by side in one piece.
   */
  public static Checkpoints standard() {
    return new Checkpoints(By.THREAD, PAGES);
  }
}
