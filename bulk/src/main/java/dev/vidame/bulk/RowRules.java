package dev.vidame.bulk;

import dev.vidame.wire.Guid;
import dev.vidame.wire.UserId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes rows of what stands in a source, and finds what is wrong with them. Immutable. */
final class RowRules {
  private final SourceOptions options;

  RowRules(SourceOptions options) {
    this.options = options;
  }

  SourceRow.Item read(RawRow raw) {
    return new Reader(raw).read();
  }

  private final class Reader {
    private final RawRow raw;
    private final List<Problem> problems = new ArrayList<>();
    private final @Nullable String key;

    Reader(RawRow raw) {
      this.raw = raw;
      String id = raw.cell(Column.ID);
      this.key = id == null ? raw.cell(Column.USER_PRINCIPAL_NAME) : id;
    }

    SourceRow.Item read() {
      Operation operation = operation();
      AccountKey account = key(operation);
      Map<Field, String> fields = operation.hasFields() ? fields(operation) : Map.of();
      Boolean forcesChange = forcesChange();
      String password = password(operation);
      if (account == null || !problems.isEmpty()) {
        return new SourceRow.Item.Bad(List.copyOf(problems));
      }
      return new SourceRow.Item.Good(
          new SourceRow(
              raw.number(), raw.line(), operation, account, fields, password, forcesChange));
    }

    private void problem(@Nullable Column column, String cause) {
      problems.add(
          new Problem(
              options.name(), raw.line(), key, column == null ? null : column.title(), cause));
    }

    private Operation operation() {
      String text = raw.cell(Column.OPERATION);
      if (text == null) {
        return options.operation();
      }
      Optional<Operation> operation = Operation.of(text);
      if (operation.isEmpty()) {
        problem(
            Column.OPERATION,
            "There is no operation "
                + text
                + "; there are update, create, delete, restore and"
                + " resetPassword.");
      }
      return operation.orElse(Operation.UPDATE);
    }

    private @Nullable AccountKey key(Operation operation) {
      String id = raw.cell(Column.ID);
      String name = raw.cell(Column.USER_PRINCIPAL_NAME);
      if (operation == Operation.CREATE) {
        if (id != null) {
          problem(Column.ID, "A new account gets its id from the service.");
        }
        if (name == null) {
          problem(Column.USER_PRINCIPAL_NAME, "A new account needs a sign-in name.");
        }
        return name == null ? null : new AccountKey.ByName(name);
      }
      if (id != null) {
        Optional<UUID> guid = Guid.parse(id);
        if (guid.isEmpty()) {
          problem(Column.ID, "The value must be a GUID.");
        }
        return guid.map(UserId::new).map(AccountKey.ById::new).orElse(null);
      }
      if (name == null) {
        problem(null, "The row names no account; it needs an id or a userPrincipalName.");
        return null;
      }
      String fault = Field.USER_PRINCIPAL_NAME.fault(name);
      if (fault != null) {
        problem(Column.USER_PRINCIPAL_NAME, fault);
      }
      return new AccountKey.ByName(name);
    }

    private Map<Field, String> fields(Operation operation) {
      Map<Field, String> fields = new EnumMap<>(Field.class);
      raw.cells()
          .forEach((column, cell) -> {
            Field field = column.field();
            if (field != null) {
              put(fields, column, field, cell);
            }
          });
      String name = raw.cell(Column.USER_PRINCIPAL_NAME);
      String newName = raw.cell(Column.NEW_USER_PRINCIPAL_NAME);
      if (operation == Operation.CREATE) {
        if (newName != null) {
          problem(Column.NEW_USER_PRINCIPAL_NAME, "A new account has no name before this one.");
        }
        if (name != null) {
          put(fields, Column.USER_PRINCIPAL_NAME, Field.USER_PRINCIPAL_NAME, name);
        }
        if (fields.getOrDefault(Field.DISPLAY_NAME, "").isEmpty()) {
          problem(Column.DISPLAY_NAME, "A new account needs a display name.");
        }
      } else if (newName != null) {
        if (name != null && raw.cell(Column.ID) != null) {
          problem(
              Column.NEW_USER_PRINCIPAL_NAME,
              "With an id as key, userPrincipalName is the new name; give one of the two.");
        }
        put(fields, Column.NEW_USER_PRINCIPAL_NAME, Field.USER_PRINCIPAL_NAME, newName);
      } else if (name != null && raw.cell(Column.ID) != null) {
        put(fields, Column.USER_PRINCIPAL_NAME, Field.USER_PRINCIPAL_NAME, name);
      }
      return fields;
    }

    private void put(Map<Field, String> fields, Column column, Field field, String cell) {
      if (cell.equals(options.clearToken())) {
        if (field.isClearable()) {
          fields.put(field, "");
        } else {
          problem(column, "The field cannot be emptied.");
        }
        return;
      }
      String fault = field.fault(cell);
      if (fault == null) {
        fields.put(field, field.normalise(cell));
      } else {
        problem(column, fault);
      }
    }

    private @Nullable Boolean forcesChange() {
      String text = raw.cell(Column.FORCE_CHANGE_PASSWORD);
      if (text == null) {
        return null;
      }
      if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
        problem(Column.FORCE_CHANGE_PASSWORD, "The value must be true or false.");
      }
      return Boolean.parseBoolean(text);
    }

    private @Nullable String password(Operation operation) {
      String password = raw.cell(Column.PASSWORD);
      boolean isNeeded = operation == Operation.CREATE || operation == Operation.RESET_PASSWORD;
      if (operation == Operation.DELETE || operation == Operation.RESTORE) {
        return null;
      }
      if (password == null) {
        if (!isNeeded && raw.cell(Column.FORCE_CHANGE_PASSWORD) != null) {
          problem(Column.FORCE_CHANGE_PASSWORD, "There is no password that it could be about.");
        }
        if (isNeeded && !options.generatesPasswords()) {
          problem(Column.PASSWORD, "There is no password, and none is to be generated.");
        }
        return null;
      }
      String fault = PasswordRules.fault(password);
      if (fault != null) {
        problem(Column.PASSWORD, fault);
      }
      return password;
    }
  }
}
