package dev.vidame.directory.partners;

import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;

/** The statements over how agents sign in with trusted issuers. */
public final class IssuerSignInTable {
  private static final String FIND =
      "select name, domain, client_id, client_secret, authorization_url, token_url"
          + " from issuer_sign_ins where partner_id = ? and issuer_id = ?";

  private static final String OFFERED =
      "select s.name, s.domain, s.client_id, s.client_secret, s.authorization_url, s.token_url,"
          + " e.issuer_id, e.partner_id, e.issuer, e.audience, e.jwks_url, e.agent_claim,"
          + " e.application_claim from issuer_sign_ins s"
          + " join external_issuers e on e.partner_id = s.partner_id and e.issuer_id = s.issuer_id"
          + " join partners p on p.partner_id = s.partner_id and p.is_disabled = 0";

  private static final String OFFERED_BY_ID = OFFERED + " where s.issuer_id = ?";

  private static final String OFFERED_TO_DOMAIN = OFFERED + " where s.domain = ?";

  private static final String ANY = "select 1 from issuer_sign_ins limit 1";

  private static final String DOMAIN_OF_ANOTHER =
      "select 1 from issuer_sign_ins where domain = ? and issuer_id <> ?";

  private static final String PUT =
      "insert into issuer_sign_ins (partner_id, issuer_id, name, domain, client_id, client_secret,"
          + " authorization_url, token_url) values (?,?,?,?,?,?,?,?)"
          + " on conflict (partner_id, issuer_id) do update set name = excluded.name,"
          + " domain = excluded.domain, client_id = excluded.client_id,"
          + " client_secret = excluded.client_secret,"
          + " authorization_url = excluded.authorization_url, token_url = excluded.token_url";

  private static final String DELETE =
      "delete from issuer_sign_ins where partner_id = ? and issuer_id = ?";

  private static final String SECRETS =
      "select partner_id, issuer_id, client_secret from issuer_sign_ins"
          + " where client_secret is not null";

  private static final String REWRITE =
      "update issuer_sign_ins set client_secret = ? where partner_id = ? and issuer_id = ?";

  private IssuerSignInTable() {}

  /**
   * A trusted issuer with which agents sign in.
   *
   * @param issuer the issuer
   * @param signIn how
   */
  public record Offered(ExternalIssuer issuer, IssuerSignIn signIn) {}

  /** How agents sign in with an issuer; empty where they do not. */
  public static Optional<IssuerSignIn> find(Session session, PartnerId partner, UUID issuer)
      throws SQLException {
    return session.one(
        FIND, arguments -> arguments.uuid(partner.value()).uuid(issuer), IssuerSignInTable::signIn);
  }

  /** The issuer of this id, if its partner is not disabled and its agents sign in with it. */
  public static Optional<Offered> offered(Session session, UUID issuer) throws SQLException {
    return session.one(
        OFFERED_BY_ID, arguments -> arguments.uuid(issuer), IssuerSignInTable::offered);
  }

  /** The same by the domain of the names of those who sign in there. */
  public static Optional<Offered> offered(Session session, String domain) throws SQLException {
    return session.one(
        OFFERED_TO_DOMAIN, arguments -> arguments.text(domain), IssuerSignInTable::offered);
  }

  /** Whether agents of any partner sign in with an issuer. */
  public static boolean isAny(Session session) throws SQLException {
    return session.exists(ANY, none -> {});
  }

  /** Whether another issuer, of whatever partner, has the domain. */
  public static boolean isTaken(Session session, UUID issuer, String domain) throws SQLException {
    return session.exists(DOMAIN_OF_ANOTHER, arguments -> arguments.text(domain).uuid(issuer));
  }

  /** Stores how agents sign in with an issuer. */
  public static void put(Session session, ExternalIssuer issuer, IssuerSignIn signIn)
      throws SQLException {
    session.update(
        PUT,
        arguments ->
            arguments
                .uuid(issuer.partner().value())
                .uuid(issuer.id())
                .text(signIn.name())
                .text(signIn.domain())
                .text(signIn.clientId())
                .text(signIn.clientSecret())
                .text(signIn.authorizationUrl())
                .text(signIn.tokenUrl()));
  }

  /** Removes how agents sign in with an issuer, and the sessions that came of it. */
  public static void delete(Session session, PartnerId partner, UUID issuer) throws SQLException {
    session.leaveNoTrace();
    session.update(DELETE, arguments -> arguments.uuid(partner.value()).uuid(issuer));
    DashboardSessions.forget(session, partner, issuer);
  }

  private record Place(UUID partner, UUID issuer, String secret) {
    /** Never shows the secret. */
    @Override
    public String toString() {
      return "Place[" + issuer + "]";
    }
  }

  /** Stores each secret in another form, which is made of the issuer's id and the old form. */
  public static int rewrite(Session session, BinaryOperator<String> form) throws SQLException {
    int changed = 0;
    List<Place> places =
        session.list(SECRETS, none -> {}, row -> new Place(row.uuid(1), row.uuid(2), row.text(3)));
    for (Place place : places) {
      String other = form.apply(place.issuer().toString(), place.secret());
      if (!other.equals(place.secret())) {
        session.leaveNoTrace();
        changed +=
            session.update(
                REWRITE,
                arguments -> arguments.text(other).uuid(place.partner()).uuid(place.issuer()));
      }
    }
    return changed;
  }

  private static IssuerSignIn signIn(Row row) throws SQLException {
    return new IssuerSignIn(
        row.text(1), row.text(2), row.text(3), row.optionalText(4), row.text(5), row.text(6));
  }

  private static Offered offered(Row row) throws SQLException {
    return new Offered(
        new ExternalIssuer(
            row.uuid(7),
            new PartnerId(row.uuid(8)),
            row.text(9),
            row.text(10),
            row.text(11),
            new ExternalIssuer.ClaimNames(row.text(12), row.text(13))),
        signIn(row));
  }
}
