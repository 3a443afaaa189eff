package dev.vidame.sdk;

import dev.vidame.wire.Guid;
import java.util.UUID;

/**
 * Identifies a directory role; the same in every customer.
 *
 * @param value the GUID
 */
public record RoleId(UUID value) {
  /** May do everything; a customer keeps at least one. Called Global Administrator today. */
  public static final RoleId COMPANY_ADMINISTRATOR = of("62e90394-69f5-4237-9190-012177145e10");

  /** Resets passwords. */
  public static final RoleId HELPDESK_ADMINISTRATOR = of("729827e3-9c14-49f7-bb1b-9608f156bbb8");

  /** Manages accounts. Called User Administrator today. */
  public static final RoleId USER_ACCOUNT_ADMINISTRATOR =
      of("fe930be7-5e62-47db-91af-98c3a49a38b1");

  /**
   * Reads a GUID of 36 characters in any case.
   *
   * @throws IllegalArgumentException when the text is not such a GUID
   */
  public static RoleId of(String text) {
    return new RoleId(
        Guid.parse(text).orElseThrow(() -> new IllegalArgumentException("Not a GUID: " + text)));
  }

  /** The wire form. */
  @Override
  public String toString() {
    return value.toString();
  }
}
