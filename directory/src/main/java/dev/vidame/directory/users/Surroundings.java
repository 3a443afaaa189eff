package dev.vidame.directory.users;

import dev.vidame.directory.partners.PartnerPasswords;
import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.FieldUpdate;
import dev.vidame.wire.PasswordProfile;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the rules need to know of the customer whose account changes. Only what the change asks for
 * is read.
 *
 * @param domain what the domain of the change's principal name is to the customer; null where the
 *     change names none, or nobody has the domain
 * @param passwords which passwords are good
 */
record Surroundings(@Nullable DomainStanding domain, PasswordStandard passwords) {

  /** What a change meets. */
  static Surroundings of(
      Session session, CustomerId customer, CustomerUserUpdate change, PartnerPasswords passwords)
      throws SQLException {
    PasswordProfile profile = change.passwordProfile();
    boolean setsPassword = profile != null && profile.password() != null;
    return new Surroundings(
        domain(session, customer, change),
        setsPassword ? passwords.ofCustomer(session, customer) : passwords.ofServer());
  }

  private static @Nullable DomainStanding domain(
      Session session, CustomerId customer, CustomerUserUpdate change) throws SQLException {
    if (change.userPrincipalName() instanceof FieldUpdate.Set<String> name) {
      String domain = name.value().substring(name.value().indexOf('@') + 1);
      return UserTable.domain(session, customer, domain);
    }
    return null;
  }
}
