package dev.vidame.directory.roles;

import java.util.Optional;
import java.util.UUID;

/**
 * A role that an account can have in its customer's directory. Ids are the same for every customer;
 * names are the ones that Partner Center's clients know (wire-spec §4.1).
 */
public enum DirectoryRole {
  /** May do everything; each customer keeps at least one. */
  COMPANY_ADMINISTRATOR("62e90394-69f5-4237-9190-012177145e10", "Company Administrator"),
  /** Resets passwords. */
  HELPDESK_ADMINISTRATOR("729827e3-9c14-49f7-bb1b-9608f156bbb8", "Helpdesk Administrator"),
  /** Talks to support. */
  SERVICE_SUPPORT_ADMINISTRATOR(
      "f023fd81-a637-4b56-95fd-791ac0226033", "Service Support Administrator"),
  /** Manages accounts. */
  USER_ACCOUNT_ADMINISTRATOR("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Account Administrator"),
  /** Buys and pays. */
  BILLING_ADMINISTRATOR("b0f54661-2d74-4c50-afa3-1ec803f12efe", "Billing Administrator"),
  /** Reads the directory. */
  DIRECTORY_READERS("88d8e3e3-8f55-4a1e-953a-9b9898b8876b", "Directory Readers"),
  /** Writes the directory. */
  DIRECTORY_WRITERS("9360feb5-f418-4baa-8175-e2a00bac4301", "Directory Writers"),
  /** Gives and takes roles. */
  PRIVILEGED_ROLE_ADMINISTRATOR(
      "e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator"),
  /** Manages mail. */
  EXCHANGE_SERVICE_ADMINISTRATOR(
      "29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Service Administrator");

  private final UUID id;
  private final String wireName;

  DirectoryRole(String id, String wireName) {
    this.id = UUID.fromString(id);
    this.wireName = wireName;
  }

  /** The role's id, the same for every customer. */
  public UUID id() {
    return id;
  }

  /** The role's name on the wire. */
  public String wireName() {
    return wireName;
  }

  /** The role with this id, or empty where there is none. */
  public static Optional<DirectoryRole> of(UUID id) {
    for (DirectoryRole role : values()) {
      if (role.id.equals(id)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
