package dev.vidame.bulk;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a row asks for. */
public enum Operation {
  /** Changes fields of an account. */
  UPDATE("update"),
  /** Makes an account. */
  CREATE("create"),
  /** Deletes an account, which can be restored for a while. */
  DELETE("delete"),
  /** Brings a deleted account back. */
  RESTORE("restore"),
  /** Gives an account a password. */
  RESET_PASSWORD("resetPassword");

  private final String text;

  Operation(String text) {
    this.text = text;
  }

  /** As files spell it. */
  public String text() {
    return text;
  }

  /** The operation that a text names, in any case, with or without hyphens and underscores. */
  public static Optional<Operation> of(String text) {
    String plain = text.strip().replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(operation -> operation.text.toLowerCase(Locale.ROOT).equals(plain))
        .findFirst();
  }

  /** Whether the row's fields count; elsewhere only its key and its password do. */
  boolean hasFields() {
    return this == UPDATE || this == CREATE;
  }
}
