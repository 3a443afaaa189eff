package dev.vidame.directory.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects the fields that a change changes, in the order in which they are added. */
public final class FieldChanges {
  private final List<FieldChange> changes = new ArrayList<>();

  /** Adds a field unless its value stays the same; null where there is no value. */
  public FieldChanges add(String field, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      changes.add(new FieldChange(field, text(before), text(after)));
    }
    return this;
  }

  /** Adds a field whose values nobody may read. */
  public FieldChanges addSecret(String field) {
    changes.add(new FieldChange(field, null, null));
    return this;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /** What was added. */
  public List<FieldChange> list() {
    return List.copyOf(changes);
  }
}
