package dev.vidame.directory.partners;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A partner: a reseller whose customers' accounts this server holds.
 *
 * @param id the partner; the {@code tid} of its tokens
 * @param name for people
 * @param isSandbox whether it only tries things out: it has few customers, and may delete them
 * @param isDisabled whether none of its agents and applications may do anything
 * @param passwordsOrNull which passwords are good for its agents and its customers' accounts; null
 *     where the server says
 * @param allowsAppOnlyUsers whether its applications may do on their own, without a signed-in
 *     agent, what a user administrator may do on its customers
 */
@SuppressWarnings("TooManyParameters") // a row of the table
public record Partner(
    PartnerId id,
    String name,
    boolean isSandbox,
    boolean isDisabled,
    @Nullable PasswordStandard passwordsOrNull,
    boolean allowsAppOnlyUsers) {
  /** A partner that does business. */
  public Partner(PartnerId id, String name) {
    this(id, name, false);
  }

  /** A partner whose agents and applications may act. */
  public Partner(PartnerId id, String name, boolean isSandbox) {
    this(id, name, isSandbox, false, null, false);
  }

  /** Which passwords it wants, if it has a standard of its own. */
  public Optional<PasswordStandard> passwords() {
    return Optional.ofNullable(passwordsOrNull);
  }
}
