package dev.vidame.directory.partners;

import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The statements over trusted issuers. */
public final class ExternalIssuerTable {
  private static final String COLUMNS =
      "select issuer_id, partner_id, issuer, audience, jwks_url, agent_claim, application_claim"
          + " from external_issuers";

  private static final String OF_PARTNER = COLUMNS + " where partner_id = ? and issuer_id = ?";

  private static final String PAGE =
      COLUMNS + " where partner_id = ? and issuer_id > ? order by issuer_id limit ?";

  private static final String IN_USE =
      COLUMNS
          + " where exists (select 1 from partners p"
          + " where p.partner_id = external_issuers.partner_id and p.is_disabled = 0)";

  private static final String ALL_IN_USE = IN_USE + " order by issuer_id";

  private static final String NAMED_IN_USE = IN_USE + " and issuer = ? order by issuer_id";

  private static final String BY_ID = COLUMNS + " where issuer_id = ?";

  private static final String BY_AUDIENCE = COLUMNS + " where issuer = ? and audience = ?";

  private static final String INSERT =
      "insert into external_issuers (issuer_id, partner_id, issuer, audience, jwks_url,"
          + " agent_claim, application_claim, created_at) values (?,?,?,?,?,?,?,?)";

  private static final String DELETE =
      "delete from external_issuers where partner_id = ? and issuer_id = ?";

  private ExternalIssuerTable() {}

  /** The issuer, or empty where the partner has no such one. */
  public static Optional<ExternalIssuer> find(Session session, PartnerId partner, UUID id)
      throws SQLException {
    return session.one(
        OF_PARTNER,
        arguments -> arguments.uuid(partner.value()).uuid(id),
        ExternalIssuerTable::issuer);
  }

  /** A partner's issuers behind an id, by id. */
  public static List<ExternalIssuer> page(Session session, PartnerId partner, UUID after, int size)
      throws SQLException {
    return session.list(
        PAGE,
        arguments -> arguments.uuid(partner.value()).uuid(after).number(size),
        ExternalIssuerTable::issuer);
  }

  /** Those of all partners that are not disabled, by id. */
  static List<ExternalIssuer> inUse(Session session) throws SQLException {
    return session.list(ALL_IN_USE, arguments -> {}, ExternalIssuerTable::issuer);
  }

  /** Those of them that tokens call by a name, in the same order. */
  static List<ExternalIssuer> inUse(Session session, String issuer) throws SQLException {
    return session.list(
        NAMED_IN_USE, arguments -> arguments.text(issuer), ExternalIssuerTable::issuer);
  }

  /** Whether some issuer has the id. */
  public static boolean isIdTaken(Session session, UUID id) throws SQLException {
    return session.exists(BY_ID, arguments -> arguments.uuid(id));
  }

  /** Whether whatever partner trusts the issuer for the audience. */
  public static boolean isTaken(Session session, ExternalIssuer issuer) throws SQLException {
    return session.exists(
        BY_AUDIENCE, arguments -> arguments.text(issuer.issuer()).text(issuer.audience()));
  }

  /** Stores an issuer whose id and audience are free. */
  public static void insert(Session session, ExternalIssuer issuer, Instant now)
      throws SQLException {
    session.update(
        INSERT,
        arguments ->
            arguments
                .uuid(issuer.id())
                .uuid(issuer.partner().value())
                .text(issuer.issuer())
                .text(issuer.audience())
                .text(issuer.jwksUrl())
                .text(issuer.claims().agent())
                .text(issuer.claims().application())
                .instant(now));
  }

  /** Removes an issuer. */
  public static void delete(Session session, ExternalIssuer issuer) throws SQLException {
    session.update(DELETE, arguments -> arguments.uuid(issuer.partner().value()).uuid(issuer.id()));
  }

  private static ExternalIssuer issuer(Row row) throws SQLException {
    return new ExternalIssuer(
        row.uuid(1),
        new PartnerId(row.uuid(2)),
        row.text(3),
        row.text(4),
        row.text(5),
        new ExternalIssuer.ClaimNames(row.text(6), row.text(7)));
  }
}
