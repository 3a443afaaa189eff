package dev.vidame.directory.partners;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vidame.directory.storage.Arguments;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What partners and their agents are to customers. Thread-safe. */
public final class Standings {
  /*
   * Every request asks this, and it changes when somebody is hired or a relationship begins. So answers are kept, each
   * with the number of the change that it was read after: a change counts up before its caller hears of it, and from then
   * on nothing that was read earlier is believed, not even what a slow reader puts in late. That is exact because the store
   * has one process; a store that several share needs another way. Only relationships that exist or existed are kept, or a
   * stranger who invents customers would drive them out.
   */
  private static final int KEPT = 100_000;

  /**
   * What a partner is to a customer. The second look is only taken where the first finds nothing.
   */
  private static final String TO_CUSTOMER =
      "case when exists (select 1 from relationships r"
          + " where r.customer_id = ?1 and r.partner_id = ?2) then 'current'"
          + " when exists (select 1 from former_customers f"
          + " where f.customer_id = ?1 and f.partner_id = ?2) then 'former' else 'none' end";

  private static final String OF_APPLICATION =
      " from applications p where p.partner_id = %s and p.application_id = %s and p.is_disabled = 0";

  private static final String WITH_AGENT =
      " from applications p join agents a on a.partner_id = p.partner_id and a.is_disabled = 0"
          + " and a.agent_id = %s where p.partner_id = %s and p.application_id = %s"
          + " and p.is_disabled = 0";

  private static final String STANDING =
      "select a.roles, " + TO_CUSTOMER + WITH_AGENT.formatted("?3", "?2", "?4");

  private static final String AGENT =
      "select a.roles, 'current'" + WITH_AGENT.formatted("?2", "?1", "?3");

  private static final String PARTNER_AND_CUSTOMER =
      "select '', " + TO_CUSTOMER + OF_APPLICATION.formatted("?2", "?3");

  private static final String PARTNER =
      "select '', 'current'" + OF_APPLICATION.formatted("?1", "?2");

  private final Transactions transactions;
  private final AtomicLong changes = new AtomicLong();
  private final Cache<Key, Known> known =
      Caffeine.newBuilder().maximumSize(KEPT).executor(Runnable::run).build();

  /** Standings in a store. */
  public Standings(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * What a caller is to a customer, or to its own partner.
   *
   * @param roles what the partner lets the agent do; none for an application on its own
   * @param hasRelationship whether the partner may act on the customer; false, too, for a customer
   *     that does not exist; true where no customer was asked about
   * @param isFormer whether the customer was the partner's and has been deleted
   */
  public record Standing(Set<Role> roles, boolean hasRelationship, boolean isFormer) {
    /** Copies the roles. */
    public Standing {
      roles = Set.copyOf(roles);
    }

    /** What a caller is to a customer that was never deleted. */
    public Standing(Set<Role> roles, boolean hasRelationship) {
      this(roles, hasRelationship, false);
    }

    private static Standing of(Row row) throws SQLException {
      String toCustomer = row.text(2);
      return new Standing(
          Role.ofCodes(row.text(1)), toCustomer.equals("current"), toCustomer.equals("former"));
    }

    private boolean isOfRealCustomer() {
      return hasRelationship || isFormer;
    }
  }

  /**
   * What a caller is.
   *
   * @param application with what
   * @param agent who is signed in; null for an application on its own
   * @param customer whom the request is about; null where it is about the partner itself
   * @return empty where the partner has no such application or agent, or has it disabled
   */
  public Optional<Standing> of(
      PartnerId partner,
      ApplicationId application,
      @Nullable AgentId agent,
      @Nullable CustomerId customer) {
    Key key = new Key(partner, application, agent, customer);
    long now = changes.get();
    Known kept = known.getIfPresent(key);
    if (kept != null && kept.readAfter() == now) {
      return kept.standing();
    }
    Optional<Standing> standing = read(key);
    if (standing.filter(Standing::isOfRealCustomer).isPresent()) {
      known.put(key, new Known(standing, now));
    }
    return standing;
  }

  private Optional<Standing> read(Key key) {
    return transactions.query(session -> session.one(key.statement(), key::bind, Standing::of));
  }

  /**
   * To be called by every unit of work that changes agents, their roles, applications, or
   * relationships.
   */
  public void change(Session session) {
    session.onCommit(changes::incrementAndGet);
  }

  private record Key(
      PartnerId partner,
      ApplicationId application,
      @Nullable AgentId agent,
      @Nullable CustomerId customer) {
    String statement() {
      if (customer == null) {
        return agent == null ? PARTNER : AGENT;
      }
      return agent == null ? PARTNER_AND_CUSTOMER : STANDING;
    }

    void bind(Arguments arguments) throws SQLException {
      if (customer != null) {
        arguments.uuid(customer.value());
      }
      arguments.uuid(partner.value());
      if (agent != null) {
        arguments.uuid(agent.value());
      }
      arguments.uuid(application.value());
    }
  }

  private record Known(Optional<Standing> standing, long readAfter) {}
}
