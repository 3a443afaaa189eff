package dev.vidame.directory.journal;

import org.jspecify.annotations.Nullable;

/**
 * One property before and after a change.
 *
 * @param field the property's name on the wire
 * @param before null where it was unset
 * @param after null where it is unset; secrets are blanked on both sides
 */
public record FieldChange(String field, @Nullable String before, @Nullable String after) {}
