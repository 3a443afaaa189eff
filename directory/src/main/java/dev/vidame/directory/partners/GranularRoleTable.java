package dev.vidame.directory.partners;

import dev.vidame.directory.storage.Arguments;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The statements over granular roles. Whoever changes one tells the {@link Standings}. Those that
 * have ended stay until the agent is given another one, and are never shown.
 */
public final class GranularRoleTable {
  /** What {@link GranularRoles#ofCodes} reads. */
  static final String CODES = "string_agg(g.role || '@' || g.ends_at, ' ')";

  private static final String OF_CUSTOMER =
      "select g.role, g.ends_at from granular_roles g"
          + " where g.customer_id = ? and g.partner_id = ? and g.agent_id = ? and g.ends_at > ?";

  private static final String PAGE =
      "select g.customer_id, "
          + CODES
          + " from granular_roles g where g.partner_id = ? and g.agent_id = ?"
          + " and g.customer_id > ? and g.ends_at > ?"
          + " group by g.customer_id order by g.customer_id limit ?";

  private static final String PUT =
      "insert into granular_roles (customer_id, partner_id, agent_id, role, ends_at)"
          + " values (?,?,?,?,?) on conflict (customer_id, partner_id, agent_id, role)"
          + " do update set ends_at = excluded.ends_at";

  private static final String DELETE =
      "delete from granular_roles"
          + " where customer_id = ? and partner_id = ? and agent_id = ? and role = ?";

  private static final String DELETE_ENDED =
      "delete from granular_roles"
          + " where customer_id = ? and partner_id = ? and agent_id = ? and ends_at <= ?";

  private static final String DELETE_OF_RELATIONSHIP =
      "delete from granular_roles where customer_id = ? and partner_id = ?";

  private static final String DELETE_OF_AGENT =
      "delete from granular_roles where partner_id = ? and agent_id = ?";

  private static final String RELATIONSHIP =
      "select 1 from relationships where customer_id = ? and partner_id = ?";

  private GranularRoleTable() {}

  /**
   * Who may do something to whom.
   *
   * @param customer to whom
   * @param partner for whom
   * @param agent who
   */
  public record Place(CustomerId customer, PartnerId partner, AgentId agent) {
    private Arguments bind(Arguments arguments) throws SQLException {
      return arguments.uuid(customer.value()).uuid(partner.value()).uuid(agent.value());
    }
  }

  /**
   * What an agent has on a customer.
   *
   * @param customer which
   * @param roles at least one
   */
  public record OnCustomer(CustomerId customer, GranularRoles roles) {}

  /** What is held there at a time; empty where that is nothing. */
  public static Optional<OnCustomer> find(Session session, Place place, Instant now)
      throws SQLException {
    List<GranularRoles.Held> held =
        session.list(
            OF_CUSTOMER,
            arguments -> place.bind(arguments).instant(now),
            row -> new GranularRoles.Held(role(row.text(1)), row.instant(2)));
    return held.isEmpty()
        ? Optional.empty()
        : Optional.of(new OnCustomer(place.customer(), new GranularRoles(held)));
  }

  private static GranularRole role(String code) {
    return GranularRole.of(code)
        .orElseThrow(() -> new IllegalStateException("The store holds an unknown role: " + code));
  }

  /** What an agent has at a time on the customers behind an id, by that id. */
  @SuppressWarnings("TooManyParameters") // whose, and which part of it
  public static List<OnCustomer> page(
      Session session, Agent agent, UUID after, int size, Instant now) throws SQLException {
    return session.list(
        PAGE,
        arguments ->
            arguments
                .uuid(agent.partner().value())
                .uuid(agent.id().value())
                .uuid(after)
                .instant(now)
                .number(size),
        row -> new OnCustomer(new CustomerId(row.uuid(1)), GranularRoles.ofCodes(row.text(2))));
  }

  /** Whether the partner may act on the customer at all. */
  public static boolean hasRelationship(Session session, Place place) throws SQLException {
    return session.exists(
        RELATIONSHIP,
        arguments -> arguments.uuid(place.customer().value()).uuid(place.partner().value()));
  }

  /** Gives a role, or another end to one that is held, and forgets those that have ended. */
  public static void put(Session session, Place place, GranularRoles.Held held, Instant now)
      throws SQLException {
    session.update(DELETE_ENDED, arguments -> place.bind(arguments).instant(now));
    session.update(
        PUT, arguments -> place.bind(arguments).text(held.role().code()).instant(held.endsAt()));
  }

  /** Takes a role. */
  public static void delete(Session session, Place place, GranularRole role) throws SQLException {
    session.update(DELETE, arguments -> place.bind(arguments).text(role.code()));
  }

  /** Takes all that a partner's agents have on a customer. */
  public static void deleteAll(Session session, CustomerId customer, PartnerId partner)
      throws SQLException {
    session.update(
        DELETE_OF_RELATIONSHIP,
        arguments -> arguments.uuid(customer.value()).uuid(partner.value()));
  }

  /** Takes all that an agent has. */
  static void deleteAll(Session session, Agent agent) throws SQLException {
    session.update(
        DELETE_OF_AGENT,
        arguments -> arguments.uuid(agent.partner().value()).uuid(agent.id().value()));
  }
}
