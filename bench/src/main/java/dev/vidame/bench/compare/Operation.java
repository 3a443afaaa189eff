package dev.vidame.bench.compare;

/** What every system is asked to do. */
enum Operation {
  /** One random account gets another value, which is on disk before the answer. */
  CHANGE("change", "change one user"),

  /** The statements of a change alone, by the same code, without HTTP, tokens and rights. */
  STORE("store_only", "its statements alone"),

  /** One random account. */
  READ("read", "read one user"),

  /** The first hundred of all accounts. */
  LIST("list", "list of 100");

  /** How many accounts a list has. */
  static final int PAGE = 100;

  private final String word;
  private final String title;

  Operation(String word, String title) {
    this.word = word;
    this.title = title;
  }

  /** For programs. */
  String word() {
    return word;
  }

  /** For people. */
  String title() {
    return title;
  }
}
