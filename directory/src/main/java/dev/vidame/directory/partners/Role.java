package dev.vidame.directory.partners;

import java.util.Locale;

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

  /** The stored form. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Role of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
