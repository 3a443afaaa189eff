package dev.vidame.directory.partners;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a partner lets one of its agents do to one customer, for a time (the roles that wire-spec
 * §0.5 lists for each operation, named as customers know them).
 */
public enum GranularRole {
  /** Manages accounts. */
  USER_ADMINISTRATOR,
  /** Creates and changes accounts and their licences. */
  DIRECTORY_WRITERS,
  /** Reads accounts, directory roles and licences. */
  DIRECTORY_READERS,
  /** Reads what an administrator could. */
  GLOBAL_READER,
  /** Sets the password of any account, also of administrators. */
  PRIVILEGED_AUTHENTICATION_ADMINISTRATOR,
  /** Gives and takes directory roles. */
  PRIVILEGED_ROLE_ADMINISTRATOR,
  /** Assigns licences. */
  LICENSE_ADMINISTRATOR;

  /** The role of a text, in any case and with or without {@code _}; empty where it names none. */
  public static Optional<GranularRole> of(String text) {
    String wanted = text.replace("_", "");
    return Arrays.stream(values())
        .filter(role -> role.name().replace("_", "").equalsIgnoreCase(wanted))
        .findFirst();
  }

  /** The form in the store, in journals and on the wire. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
