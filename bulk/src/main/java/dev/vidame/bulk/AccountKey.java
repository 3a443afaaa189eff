package dev.vidame.bulk;

import dev.vidame.wire.UserId;
import java.util.Locale;

/** By what a row finds its account. */
public sealed interface AccountKey {

  /**
   * By its id.
   *
   * @param id the account's
   */
  record ById(UserId id) implements AccountKey {
    @Override
    public String text() {
      return id.toString();
    }
  }

  /**
   * By its sign-in name, which finds only accounts in use.
   *
   * @param userPrincipalName the account's, in any case
   */
  record ByName(String userPrincipalName) implements AccountKey {
    @Override
    public String text() {
      return userPrincipalName;
    }
  }

  /** As people read it. */
  String text();

  /** The one form that all spellings of this key share. */
  default String canonical() {
    return text().toLowerCase(Locale.ROOT);
  }
}
