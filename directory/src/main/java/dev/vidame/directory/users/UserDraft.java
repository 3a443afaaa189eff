package dev.vidame.directory.users;

import dev.vidame.directory.journal.FieldChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An account being changed, which knows how it differs from where it started. Not thread-safe. */
final class UserDraft {
  static final String FORCE_CHANGE_PASSWORD = "forceChangePassword";
  static final String PASSWORD = "password";
  static final String SOFT_DELETION_TIME = "softDeletionTime";

  private static final UserField[] FIELDS = UserField.values();

  /** What has columns that are indexed. */
  private static final Set<String> KEYS =
      Set.of(
          UserField.USER_PRINCIPAL_NAME.wireName(),
          UserField.IMMUTABLE_ID.wireName(),
          SOFT_DELETION_TIME);

  private final User start;
  private final Map<UserField, @Nullable String> texts = new EnumMap<>(UserField.class);
  private boolean forceChangePassword;
  private boolean setsPassword;
  private @Nullable Instant deletedAt;
  private @Nullable List<FieldChange> changes;

  UserDraft(User start) {
    this.start = start;
    for (UserField field : FIELDS) {
      texts.put(field, field.of(start));
    }
    forceChangePassword = start.forceChangePassword();
    deletedAt = start.deletedAt();
  }

  @Nullable String get(UserField field) {
    return texts.get(field);
  }

  void set(UserField field, @Nullable String value) {
    changes = null;
    texts.put(field, value);
  }

  void setPassword(boolean mustChange) {
    changes = null;
    setsPassword = true;
    forceChangePassword = mustChange;
  }

  void forceChangePassword(boolean mustChange) {
    changes = null;
    forceChangePassword = mustChange;
  }

  void delete(Instant now) {
    changes = null;
    deletedAt = now;
  }

  void restore() {
    changes = null;
    deletedAt = null;
  }

  /** What differs from the start, in the order of the wire; a password is named but not shown. */
  List<FieldChange> changes() {
    if (changes == null) {
      changes = List.copyOf(difference());
    }
    return changes;
  }

  /** Whether one of the changes is of what has an index. */
  boolean changesKeys() {
    return changes().stream().anyMatch(change -> KEYS.contains(change.field()));
  }

  private List<FieldChange> difference() {
    List<FieldChange> changes = new ArrayList<>();
    for (UserField field : FIELDS) {
      add(changes, field.wireName(), emptyToNull(field.of(start)), texts.get(field));
    }
    if (setsPassword) {
      changes.add(new FieldChange(PASSWORD, null, null));
    }
    add(
        changes,
        FORCE_CHANGE_PASSWORD,
        Boolean.toString(start.forceChangePassword()),
        Boolean.toString(forceChangePassword));
    add(changes, SOFT_DELETION_TIME, text(start.deletedAt()), text(deletedAt));
    return changes;
  }

  private static void add(
      List<FieldChange> changes, String name, @Nullable String before, @Nullable String after) {
    if (!Objects.equals(before, after)) {
      changes.add(new FieldChange(name, before, after));
    }
  }

  /** A new account starts with empty names, which is to say without any. */
  private static @Nullable String emptyToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  /** Puts back what a change replaced. */
  void takeBack(List<FieldChange> changes) {
    for (FieldChange change : changes) {
      if (!Holdings.isHolding(change.field())) {
        takeBack(change);
      }
    }
  }

  private void takeBack(FieldChange change) {
    changes = null;
    String before = change.before();
    switch (change.field()) {
      case PASSWORD -> {}
      case FORCE_CHANGE_PASSWORD -> forceChangePassword = Boolean.parseBoolean(before);
      case SOFT_DELETION_TIME -> deletedAt = before == null ? null : Instant.parse(before);
      default -> set(field(change.field()), before);
    }
  }

  private static UserField field(String wireName) {
    for (UserField field : FIELDS) {
      if (field.wireName().equals(wireName)) {
        return field;
      }
    }
    throw new IllegalStateException(
        "The journal names a property that no account has: " + wireName);
  }

  User toUser(long version) {
    return new User(
        start.customer(),
        start.id(),
        version,
        Objects.requireNonNullElse(get(UserField.USER_PRINCIPAL_NAME), ""),
        Objects.requireNonNullElse(get(UserField.DISPLAY_NAME), ""),
        get(UserField.FIRST_NAME),
        get(UserField.LAST_NAME),
        get(UserField.USAGE_LOCATION),
        get(UserField.IMMUTABLE_ID),
        get(UserField.PHONE_NUMBER),
        forceChangePassword,
        deletedAt);
  }
}
