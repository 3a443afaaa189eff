package dev.vidame.bulk;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a place of the source, before anything is changed.
 *
 * @param file the source's name
 * @param line counted from 1; the header is line 1 of a CSV file
 * @param key the row's account, or null where the row has none yet
 * @param field the column, or null where it is the whole row
 * @param cause for people
 */
public record Problem(
    String file, long line, @Nullable String key, @Nullable String field, String cause) {

  /** All of it in a line: {@code users.csv:17: grace@contoso.example: displayName: …}. */
  public String text() {
    StringBuilder text = new StringBuilder(file).append(':').append(line).append(": ");
    if (key != null) {
      text.append(key).append(": ");
    }
    if (field != null) {
      text.append(field).append(": ");
    }
    return text.append(cause).toString();
  }
}
