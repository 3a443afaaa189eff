package dev.vidame.bulk;

import dev.vidame.bulk.PlanRow.Password;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compares rows with accounts as they are. Used by one thread. */
final class Comparison {
  private final SourceOptions options;
  private final Consumer<Problem> problems;

  Comparison(SourceOptions options, Consumer<Problem> problems) {
    this.options = options;
    this.problems = problems;
  }

  /** What a comparison shows. */
  sealed interface Verdict {
    /** Something is wrong, and was told. */
    record Bad() implements Verdict {}

    /** There is nothing to change. */
    record Same() implements Verdict {}

    /** Something is to be changed. */
    record Change(
        @Nullable Account account,
        Map<Field, String> before,
        Map<Field, String> after,
        Password password)
        implements Verdict {}
  }

  Problem problem(SourceRow row, @Nullable Field field, String cause) {
    return new Problem(
        options.name(),
        row.line(),
        row.key().text(),
        field == null ? null : field.wireName(),
        cause);
  }

  private Verdict bad(SourceRow row, @Nullable Field field, String cause) {
    problems.accept(problem(row, field, cause));
    return new Verdict.Bad();
  }

  Verdict compare(SourceRow row, Reading reading) {
    if (reading instanceof Reading.Refused(String cause)) {
      return bad(row, null, cause);
    }
    Account account = reading instanceof Reading.Found(Account found) ? found : null;
    if (row.operation() == Operation.CREATE) {
      return account == null
          ? new Verdict.Change(null, Map.of(), row.fields(), password(row))
          : bad(row, Field.USER_PRINCIPAL_NAME, "An account has this name already.");
    }
    if (account == null) {
      return bad(row, null, "There is no such account.");
    }
    return switch (row.operation()) {
      case UPDATE -> update(row, account);
      case DELETE ->
          account.isDeleted()
              ? new Verdict.Same()
              : new Verdict.Change(account, Map.of(), Map.of(), Password.NONE);
      case RESTORE ->
          account.isDeleted()
              ? new Verdict.Change(account, Map.of(), Map.of(), Password.NONE)
              : new Verdict.Same();
      case RESET_PASSWORD ->
          account.isDeleted()
              ? bad(row, null, "The account is deleted; restore it first.")
              : new Verdict.Change(account, Map.of(), Map.of(), password(row));
      case CREATE -> throw new IllegalStateException("Compared above");
    };
  }

  private Verdict update(SourceRow row, Account account) {
    Map<Field, String> before = new EnumMap<>(Field.class);
    Map<Field, String> after = new EnumMap<>(Field.class);
    row.fields()
        .forEach((field, wanted) -> {
          String now = account.value(field);
          if (!now.equals(wanted)) {
            after.put(field, wanted);
            if (!now.isEmpty()) {
              before.put(field, now);
            }
          }
        });
    Password password = row.password() == null ? Password.NONE : password(row);
    if (after.isEmpty() && !password.isThere()) {
      return new Verdict.Same();
    }
    return account.isDeleted()
        ? bad(row, null, "The account is deleted; restore it first.")
        : new Verdict.Change(account, before, after, password);
  }

  private static Password password(SourceRow row) {
    boolean forcesChange = Objects.requireNonNullElse(row.forcesChange(), true);
    return new Password(
        row.password() == null ? Password.Source.GENERATED : Password.Source.GIVEN, forcesChange);
  }
}
