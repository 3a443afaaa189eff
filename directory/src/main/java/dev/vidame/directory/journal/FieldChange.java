package dev.vidame.directory.journal;

import org.jspecify.annotations.Nullable;

/**
 * One property before and after a change.
 *
 * @param field the property's name on the wire
 * @param before null where it was unset
 * @param after null where it is unset; secrets are blanked on both sides
 */
public record FieldChange(String field, @Nullable String before, @Nullable String after) {
  /** What names of fields begin with that are about the row, and about no property. */
  private static final String FLAG = "flag:";

  /** Tells how many changes of its kind the partner had asked for within a minute. */
  public static final String MASS = FLAG + "mass";

  /** Tells the place in the customer's journal to which an account was brought back. */
  public static final String REVERTED_TO = FLAG + "revertedTo";

  /** Whether a field of this name is about the row itself, and about no property. */
  public static boolean isFlag(String field) {
    return field.startsWith(FLAG);
  }
}
