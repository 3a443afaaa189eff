package dev.vidame.directory.partners;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a partner lets one of its agents do (the roles that the API's error page names). */
public enum Role {
  /** Everything on every customer. */
  ADMIN_AGENT,
  /** Reads accounts and resets passwords of those without a directory role. */
  HELPDESK_AGENT,
  /** Reads, and creates customers. */
  SALES_AGENT,
  /** Manages the partner's own agents. */
  USER_MANAGEMENT_ADMIN,
  /** Deals with bills. */
  BILLING_ADMIN;

  /** The role of a text, in any case and with or without {@code _}; empty where it names none. */
  public static Optional<Role> of(String text) {
    String wanted = text.replace("_", "");
    return Arrays.stream(values())
        .filter(role -> role.name().replace("_", "").equalsIgnoreCase(wanted))
        .findFirst();
  }

  /** The stored form of some roles, with blanks between them. */
  public static String codes(Set<Role> roles) {
    return roles.stream()
        .map(role -> role.name().toLowerCase(Locale.ROOT))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  /** The roles of a stored form. */
  static Set<Role> ofCodes(String codes) {
    return Arrays.stream(codes.split(" ", -1))
        .filter(code -> !code.isEmpty())
        .map(code -> valueOf(code.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }
}
