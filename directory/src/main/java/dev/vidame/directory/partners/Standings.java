package dev.vidame.directory.partners;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What agents are to customers. Thread-safe. */
public final class Standings {
  /*
   * Every request asks this, and it changes when somebody is hired or a relationship begins. So answers are kept, each
   * with the number of the change that it was read after: a change counts up before its caller hears of it, and from then
   * on nothing that was read earlier is believed, not even what a slow reader puts in late. That is exact because the store
   * has one process; a store that several share needs another way. Only relationships that exist are kept, or a stranger
   * who invents customers would drive them out.
   */
  private static final int KEPT = 100_000;

  private static final String STANDING =
      "select a.roles, exists (select 1 from relationships r"
          + " where r.customer_id = ? and r.partner_id = a.partner_id)"
          + " from agents a where a.agent_id = ? and a.partner_id = ?";

  private final Transactions transactions;
  private final AtomicLong changes = new AtomicLong();
  private final Cache<Key, Known> known =
      Caffeine.newBuilder().maximumSize(KEPT).executor(Runnable::run).build();

  /** Standings in a store. */
  public Standings(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * What an agent is to a customer.
   *
   * @param roles what the partner lets the agent do
   * @param hasRelationship whether the partner may act on the customer; false, too, for a customer
   *     that does not exist
   */
  public record Standing(Set<Role> roles, boolean hasRelationship) {
    /** Copies the roles. */
    public Standing {
      roles = Set.copyOf(roles);
    }
  }

  /** What the agent is to the customer, or empty where the partner has no such agent. */
  public Optional<Standing> of(PartnerId partner, AgentId agent, CustomerId customer) {
    Key key = new Key(partner, agent, customer);
    long now = changes.get();
    Known kept = known.getIfPresent(key);
    if (kept != null && kept.readAfter() == now) {
      return kept.standing();
    }
    Optional<Standing> standing = read(key);
    if (standing.filter(Standing::hasRelationship).isPresent()) {
      known.put(key, new Known(standing, now));
    }
    return standing;
  }

  private Optional<Standing> read(Key key) {
    return transactions.query(session ->
        session.one(
            STANDING,
            arguments ->
                arguments
                    .uuid(key.customer().value())
                    .uuid(key.agent().value())
                    .uuid(key.partner().value()),
            row -> new Standing(Role.ofCodes(row.text(1)), row.bool(2))));
  }

  /** To be called by every unit of work that changes agents, their roles, or relationships. */
  public void change(Session session) {
    session.onCommit(changes::incrementAndGet);
  }

  private record Key(PartnerId partner, AgentId agent, CustomerId customer) {}

  private record Known(Optional<Standing> standing, long readAfter) {}
}
