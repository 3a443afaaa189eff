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

  private static final String STANDING =
      "select a.roles, "
          + TO_CUSTOMER
          + " from agents a where a.agent_id = ?3 and a.partner_id = ?2";

  private static final String AGENT =
      "select roles, 'current' from agents where partner_id = ? and agent_id = ?";

  private static final String PARTNER_AND_CUSTOMER =
      "select '', " + TO_CUSTOMER + " from partners p where p.partner_id = ?2";

  private static final String PARTNER = "select '', 'current' from partners where partner_id = ?";

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
   * @param agent who is signed in; null for an application on its own
   * @param customer whom the request is about; null where it is about the partner itself
   * @return empty where there is no such partner, or the partner has no such agent
   */
  public Optional<Standing> of(
      PartnerId partner, @Nullable AgentId agent, @Nullable CustomerId customer) {
    Key key = new Key(partner, agent, customer);
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

  /** To be called by every unit of work that changes agents, their roles, or relationships. */
  public void change(Session session) {
    session.onCommit(changes::incrementAndGet);
  }

  private record Key(PartnerId partner, @Nullable AgentId agent, @Nullable CustomerId customer) {
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
    }
  }

  private record Known(Optional<Standing> standing, long readAfter) {}
}
