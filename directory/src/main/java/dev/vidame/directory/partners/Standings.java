package dev.vidame.directory.partners;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vidame.directory.MayLag;
import dev.vidame.directory.storage.Arguments;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What partners and their agents are to customers. Thread-safe. */
public final class Standings {
  /*
   * Every request asks this, and it changes when somebody is hired or a relationship begins. So answers are kept, each
   * with the number of the change that it was read after: a change counts up before its caller hears of it, and from then
   * on nothing that was read earlier is believed, not even what a slow reader puts in late. That is exact where the store
   * has one process; of a store that several share nothing is kept, but who asks for the same at the same time shares a
   * read that began after all of them asked. Only relationships that exist or existed are kept, or a
   * stranger who invents customers would drive them out.
   */
  private static final int KEPT = 100_000;

  /**
   * What a partner is to a customer. The second look is only taken where the first finds nothing.
   */
  private static final String TO_CUSTOMER =
      "case when exists (select 1 from relationships r"
          + " where r.customer_id = ?4 and r.partner_id = ?3) then 'current'"
          + " when exists (select 1 from former_customers f"
          + " where f.customer_id = ?4 and f.partner_id = ?3) then 'former' else 'none' end";

  /**
   * Whether the secret or key that the token was had with is still the application's; a public
   * client has none.
   */
  private static final String HAS_CREDENTIAL =
      ", ?1 is null or exists (select 1 from application_secrets s"
          + " where s.application_id = p.application_id and s.secret_id = ?1)"
          + " or exists (select 1 from application_keys k"
          + " where k.application_id = p.application_id and k.key_id = ?1)";

  /** The agent's, also those that have ended; nothing where no customer was asked about. */
  private static final String GRANULAR =
      ", coalesce((select "
          + GranularRoleTable.CODES
          + " from granular_roles g where g.customer_id = ?4 and g.partner_id = ?3"
          + " and g.agent_id = a.agent_id), '')";

  private static final String NO_GRANULAR = ", ''";

  /**
   * What an application on its own has on every customer of its partner, where an operator lets it
   * (wire-spec §10); it has no end.
   */
  private static final String OF_LET_APPLICATIONS =
      ", case when t.allows_app_only_users = 1"
          + " then 'user_administrator@9223372036854775807' else '' end";

  private static final String OF_APPLICATION =
      " from applications p join partners t on t.partner_id = p.partner_id and t.is_disabled = 0"
          + " where p.application_id = ?2 and p.partner_id = ?3 and p.is_disabled = 0";

  private static final String OF_AGENT =
      " from applications p join partners t on t.partner_id = p.partner_id and t.is_disabled = 0"
          + " join agents a on a.partner_id = p.partner_id and a.is_disabled = 0"
          + " and a.agent_id = %s"
          + " where p.application_id = ?2 and p.partner_id = ?3 and p.is_disabled = 0";

  private static final String STANDING =
      "select a.roles, " + TO_CUSTOMER + HAS_CREDENTIAL + GRANULAR + OF_AGENT.formatted("?5");

  private static final String AGENT =
      "select a.roles, 'current'" + HAS_CREDENTIAL + NO_GRANULAR + OF_AGENT.formatted("?4");

  private static final String PARTNER_AND_CUSTOMER =
      "select '', " + TO_CUSTOMER + HAS_CREDENTIAL + OF_LET_APPLICATIONS + OF_APPLICATION;

  private static final String PARTNER =
      "select '', 'current'" + HAS_CREDENTIAL + OF_LET_APPLICATIONS + OF_APPLICATION;

  private static final String OF_WHATEVER_APPLICATION =
      " from partners t join agents a on a.partner_id = t.partner_id and a.is_disabled = 0"
          + " where t.partner_id = ?3 and t.is_disabled = 0 and a.agent_id = %s";

  private static final String AGENT_TO_CUSTOMER =
      "select a.roles, " + TO_CUSTOMER + ", 1" + GRANULAR + OF_WHATEVER_APPLICATION.formatted("?5");

  private static final String AGENT_TO_PARTNER =
      "select a.roles, 'current', 1" + NO_GRANULAR + OF_WHATEVER_APPLICATION.formatted("?4");

  private final Transactions transactions;
  private final boolean isKept;
  private final AtomicLong changes = new AtomicLong();
  private final JointReads<Key, Optional<Standing>> reads = new JointReads<>();
  private final Cache<Key, Known> known =
      Caffeine.newBuilder().maximumSize(KEPT).executor(Runnable::run).build();

  /** Standings in a store. */
  public Standings(Transactions transactions) {
    this.transactions = transactions;
    this.isKept = transactions.dialect() == Dialect.SQLITE;
  }

  /**
   * What a caller is to a customer, or to its own partner.
   *
   * @param roles what the partner lets the agent do; none for an application on its own
   * @param hasRelationship whether the partner may act on the customer; false, too, for a customer
   *     that does not exist; true where no customer was asked about
   * @param isFormer whether the customer was the partner's and has been deleted
   * @param hasCredential whether the secret or key that its token was had with is still the
   *     application's
   * @param granularRoles what the agent has on the customer beside that, with the ends, which may
   *     be over; of an application on its own, what its partner lets all of them do
   */
  @SuppressWarnings("TooManyParameters") // all that decides, once
  public record Standing(
      Set<Role> roles,
      boolean hasRelationship,
      boolean isFormer,
      boolean hasCredential,
      GranularRoles granularRoles) {
    /** Copies the roles. */
    public Standing {
      roles = Set.copyOf(roles);
    }

    /** What a caller is to a customer that was never deleted. */
    public Standing(Set<Role> roles, boolean hasRelationship) {
      this(roles, hasRelationship, false);
    }

    /** What a caller is whose token nobody took away. */
    public Standing(Set<Role> roles, boolean hasRelationship, boolean isFormer) {
      this(roles, hasRelationship, isFormer, true, GranularRoles.none());
    }

    private static Standing of(Row row) throws SQLException {
      String toCustomer = row.text(2);
      return new Standing(
          Role.ofCodes(row.text(1)),
          toCustomer.equals("current"),
          toCustomer.equals("former"),
          row.bool(3),
          GranularRoles.ofCodes(row.text(4)));
    }

    private boolean isOfRealCustomer() {
      return hasRelationship || isFormer;
    }
  }

  /**
   * Whom a token speaks for.
   *
   * @param partner for whom
   * @param application with what
   * @param secret the application's secret or key that the token was had with; null where there was
   *     none
   * @param agent who is signed in; null for an application on its own
   */
  public record Bearer(
      PartnerId partner,
      ApplicationId application,
      @Nullable UUID secret,
      @Nullable AgentId agent) {}

  /**
   * What a caller is.
   *
   * @param customer whom the request is about; null where it is about the partner itself
   * @return empty where the partner has no such application or agent, or where one of the three is
   *     disabled
   */
  public Optional<Standing> of(Bearer bearer, @Nullable CustomerId customer) {
    Key key = new Key(bearer, customer);
    if (!isKept) {
      return reads.read(key, () -> read(key));
    }
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

  /** What an agent is, with whatever application; as it is now in the store. */
  public Optional<Standing> of(Agent agent, @Nullable CustomerId customer) {
    return read(session ->
        session.one(
            customer == null ? AGENT_TO_PARTNER : AGENT_TO_CUSTOMER,
            arguments -> {
              arguments.uuid(null).uuid(null).uuid(agent.partner().value());
              if (customer != null) {
                arguments.uuid(customer.value());
              }
              arguments.uuid(agent.id().value());
            },
            Standing::of));
  }

  private Optional<Standing> read(Key key) {
    return read(session -> session.one(key.statement(), key::bind, Standing::of));
  }

  /**
   * From the store itself, whoever asks: a copy that lags would still know a right that is gone.
   */
  private Optional<Standing> read(Transactions.Work<Optional<Standing>> statement) {
    return MayLag.excluding(() -> transactions.query(statement));
  }

  /**
   * To be called by every unit of work that changes partners, agents, their roles, also those on
   * one customer, applications, secrets, keys, or relationships. Time needs no call: what is kept
   * says when a role ends, and whoever decides knows the time.
   */
  public void change(Session session) {
    session.onCommit(changes::incrementAndGet);
  }

  /** How many changes there were since the store was opened. */
  public long changes() {
    return changes.get();
  }

  private record Key(Bearer bearer, @Nullable CustomerId customer) {
    String statement() {
      if (customer == null) {
        return bearer.agent() == null ? PARTNER : AGENT;
      }
      return bearer.agent() == null ? PARTNER_AND_CUSTOMER : STANDING;
    }

    void bind(Arguments arguments) throws SQLException {
      arguments
          .uuid(bearer.secret())
          .uuid(bearer.application().value())
          .uuid(bearer.partner().value());
      if (customer != null) {
        arguments.uuid(customer.value());
      }
      AgentId agent = bearer.agent();
      if (agent != null) {
        arguments.uuid(agent.value());
      }
    }
  }

  private record Known(Optional<Standing> standing, long readAfter) {}
}
