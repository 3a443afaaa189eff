package dev.vidame.server.dashboard;

import dev.vidame.directory.users.User;
import dev.vidame.server.dashboard.Notice.Sentence;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerUserUpdate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An account as a form has it: each field as it was when the form was made, and as it is wanted. So
 * an update names what the reader changed, and nothing else. Immutable.
 *
 * @param version the account's, when the form was made; -1 where the form says none
 * @param before each field that the form has, as it was
 * @param after the same, as it is wanted
 */
record EditedUser(long version, Map<AccountField, String> before, Map<AccountField, String> after) {
  static final String VERSION = "version";

  /** What the fields begin with that say how it was. */
  static final String WAS = "was.";

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  EditedUser {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }

  /** A form for an account as it is. */
  static EditedUser of(User user) {
    Map<AccountField, String> values = new EnumMap<>(AccountField.class);
    for (AccountField field : AccountField.values()) {
      values.put(field, field.of(user));
    }
    return new EditedUser(user.version(), values, values);
  }

  static EditedUser of(Form form) {
    Map<AccountField, String> before = new EnumMap<>(AccountField.class);
    Map<AccountField, String> after = new EnumMap<>(AccountField.class);
    for (AccountField field : AccountField.values()) {
      form.exact(field.wireName())
          .ifPresent(value -> {
            before.put(field, form.exact(WAS + field.wireName()).orElse(""));
            after.put(field, value.strip());
          });
    }
    String version = form.field(VERSION);
    long number = NUMBER.matcher(version).matches() ? Long.parseLong(version) : -1;
    return new EditedUser(number, before, after);
  }

  String before(AccountField field) {
    return Objects.requireNonNullElse(before.get(field), "");
  }

  String after(AccountField field) {
    return Objects.requireNonNullElse(after.get(field), "");
  }

  boolean isChanged(AccountField field) {
    return !before(field).equals(after(field));
  }

  boolean isUnchanged() {
    return changed().isEmpty();
  }

  /** The fields that the reader changed, in the order of the page. */
  List<AccountField> changed() {
    return List.of(AccountField.values()).stream().filter(this::isChanged).toList();
  }

  /** What is to be said of fields that were emptied and must not be. */
  List<Sentence> missing() {
    List<Sentence> missing = new ArrayList<>();
    for (AccountField field : changed()) {
      if (field.keepsValue() && after(field).isEmpty()) {
        missing.add(new Sentence(field, Text.of("The value is required and must not be empty.")));
      }
    }
    return missing;
  }

  /** What the reader changed. */
  CustomerUserUpdate toUpdate() {
    CustomerUserUpdate.Builder update = CustomerUserUpdate.builder();
    changed().forEach(field -> field.put(after(field), update));
    return update.build();
  }
}
