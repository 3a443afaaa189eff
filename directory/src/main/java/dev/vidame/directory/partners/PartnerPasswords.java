package dev.vidame.directory.partners;

import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Which passwords are good for whose accounts: a partner may have a standard of its own, and
 * otherwise has the server's (docs/decisions/0041). Immutable; reads the store each time, so a
 * change holds from the next password on.
 */
public final class PartnerPasswords {
  private static final String OF_CUSTOMER =
      "select p.password_profile from relationships r"
          + " join partners p on p.partner_id = r.partner_id where r.customer_id = ?";

  private static final String OF_PARTNER =
      "select password_profile from partners where partner_id = ?";

  private final PasswordStandard ofServer;

  /** Those of partners, and the server's for whoever has none. */
  public PartnerPasswords(PasswordStandard ofServer) {
    this.ofServer = ofServer;
  }

  /** The server's. */
  public PasswordStandard ofServer() {
    return ofServer;
  }

  /**
   * What holds for a customer's accounts. Where several partners may act on it, the strictest of
   * theirs, so that none can put in a password that another would not; where none may, the
   * server's.
   */
  public PasswordStandard ofCustomer(Session session, CustomerId customer) throws SQLException {
    List<PasswordStandard> chosen =
        session.acrossPartners(() ->
            session.list(
                OF_CUSTOMER,
                arguments -> arguments.uuid(customer.value()),
                row -> own(row, 1).orElse(ofServer)));
    return chosen.stream().reduce(PasswordStandard::orStricter).orElse(ofServer);
  }

  /** What holds for a partner's own agents, and for the customers that it creates. */
  public PasswordStandard ofPartner(Session session, PartnerId partner) throws SQLException {
    return session
        .one(
            OF_PARTNER,
            arguments -> arguments.uuid(partner.value()),
            row -> own(row, 1).orElse(ofServer))
        .orElse(ofServer);
  }

  /** What a partner has chosen for itself; empty where it goes by the server. */
  static Optional<PasswordStandard> own(Row row, int column) throws SQLException {
    String code = row.optionalText(column);
    return code == null
        ? Optional.empty()
        : Optional.of(
            PasswordStandard.of(code)
                .orElseThrow(
                    () -> new IllegalStateException("The store holds no known profile: " + code)));
  }
}
