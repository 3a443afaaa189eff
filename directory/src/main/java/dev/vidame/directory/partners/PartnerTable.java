package dev.vidame.directory.partners;

import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The statements over partners. */
public final class PartnerTable {
  private static final String COLUMNS =
      "select partner_id, name, sandbox, is_disabled, password_profile,"
          + " allows_app_only_users from partners";

  private static final String BY_ID = COLUMNS + " where partner_id = ?";

  private static final String HOLD = BY_ID + " for key share";

  private static final String HOLD_ALONE = BY_ID + " for update";

  private static final String PAGE = COLUMNS + " where partner_id > ? order by partner_id limit ?";

  private static final String INSERT =
      "insert into partners"
          + " (partner_id, name, sandbox, is_disabled, password_profile, allows_app_only_users,"
          + " created_at) values (?,?,?,?,?,?,?)";

  private static final String UPDATE =
      "update partners set name = ?, sandbox = ?, is_disabled = ?, password_profile = ?,"
          + " allows_app_only_users = ? where partner_id = ?";

  private static final String HAS_CUSTOMER =
      "select 1 from relationships where partner_id = ? limit 1";

  /** What is a partner's own, the inner parts first. */
  private static final List<String> DELETE =
      List.of(
          "delete from refresh_tokens where partner_id = ?",
          "delete from application_secrets where application_id in"
              + " (select application_id from applications where partner_id = ?)",
          "delete from application_keys where application_id in"
              + " (select application_id from applications where partner_id = ?)",
          "delete from applications where partner_id = ?",
          "delete from granular_roles where partner_id = ?",
          "delete from external_issuers where partner_id = ?",
          "delete from issuer_sign_ins where partner_id = ?",
          "delete from dashboard_sessions where partner_id = ?",
          "delete from recovery_codes where partner_id = ?",
          "delete from second_factors where partner_id = ?",
          "delete from agents where partner_id = ?",
          "delete from former_customers where partner_id = ?",
          "delete from former_company_names where partner_id = ?",
          "delete from former_actors where partner_id = ?",
          "delete from refused_requests where partner_id = ?",
          "delete from partners where partner_id = ?");

  private static final String ANY = "select 1 from partners limit 1";

  private PartnerTable() {}

  /** The partner, or empty where there is none. */
  public static Optional<Partner> find(Session session, PartnerId id) throws SQLException {
    return session.one(BY_ID, arguments -> arguments.uuid(id.value()), PartnerTable::partner);
  }

  /**
   * The partner, which nobody deletes until the transaction ends; empty where there is none, or not
   * any more. To be asked by whoever makes something the partner's; any number may hold it so.
   */
  public static Optional<Partner> hold(Session session, PartnerId id) throws SQLException {
    return session.one(HOLD, arguments -> arguments.uuid(id.value()), PartnerTable::partner);
  }

  /**
   * As {@link #find}, but waits for all who {@link #hold} the partner, and they for this
   * transaction. What they have made the partner's is seen by the statements after this one.
   */
  public static Optional<Partner> holdAlone(Session session, PartnerId id) throws SQLException {
    return session.one(HOLD_ALONE, arguments -> arguments.uuid(id.value()), PartnerTable::partner);
  }

  /** The partners behind an id, by id. */
  public static List<Partner> page(Session session, UUID after, int size) throws SQLException {
    return session.list(
        PAGE, arguments -> arguments.uuid(after).number(size), PartnerTable::partner);
  }

  /** Whether there is any partner. */
  public static boolean isAny(Session session) throws SQLException {
    return session.exists(ANY, arguments -> {});
  }

  /** Stores a partner whose id is free. */
  public static void insert(Session session, Partner partner, Instant now) throws SQLException {
    session.update(
        INSERT,
        arguments ->
            arguments
                .uuid(partner.id().value())
                .text(partner.name())
                .bool(partner.isSandbox())
                .bool(partner.isDisabled())
                .text(partner.passwords().map(PasswordStandard::code).orElse(null))
                .bool(partner.allowsAppOnlyUsers())
                .instant(now));
  }

  /** Stores what changed of a partner; the caller tells the standings. */
  public static void update(Session session, Partner changed) throws SQLException {
    session.update(
        UPDATE,
        arguments ->
            arguments
                .text(changed.name())
                .bool(changed.isSandbox())
                .bool(changed.isDisabled())
                .text(changed.passwords().map(PasswordStandard::code).orElse(null))
                .bool(changed.allowsAppOnlyUsers())
                .uuid(changed.id().value()));
  }

  /** Whether the partner may act on any customer. */
  public static boolean hasCustomer(Session session, PartnerId id) throws SQLException {
    return session.exists(HAS_CUSTOMER, arguments -> arguments.uuid(id.value()));
  }

  /** Removes a partner with its agents, applications and tokens; the caller tells the standings. */
  public static void delete(Session session, PartnerId id) throws SQLException {
    for (String statement : DELETE) {
      session.update(statement, arguments -> arguments.uuid(id.value()));
    }
  }

  private static Partner partner(Row row) throws SQLException {
    return new Partner(
        new PartnerId(row.uuid(1)),
        row.text(2),
        row.bool(3),
        row.bool(4),
        PartnerPasswords.own(row, 5).orElse(null),
        row.bool(6));
  }
}
