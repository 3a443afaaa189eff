package dev.vidame.server.http;

/** Reads the tags of versions, which clients send quoted or bare, marked as weak or not. */
public final class VersionTag {
  private static final String WEAK = "W/";

  private VersionTag() {}

  /** The tag alone. */
  public static String bare(String sent) {
    String text = sent.strip();
    String tag = text.startsWith(WEAK) ? text.substring(WEAK.length()) : text;
    boolean isQuoted = tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"");
    return isQuoted ? tag.substring(1, tag.length() - 1) : tag;
  }
}
