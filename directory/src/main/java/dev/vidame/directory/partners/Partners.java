package dev.vidame.directory.partners;

import dev.vidame.directory.Failure;
import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.storage.Transactions;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Partners, their agents and their applications, as far as those prove who they are. Thread-safe.
 *
 * <p>What is created here leaves no row in a journal: it is for who fills a store that nobody works
 * with yet. What operators do goes through {@code directory.operators}.
 */
public final class Partners {
  private final Transactions transactions;
  private final Standings standings;
  private final PasswordHasher hasher;
  private final Clock clock;

  /** Operations over a store. */
  public Partners(
      Transactions transactions, Standings standings, PasswordHasher hasher, Clock clock) {
    this.transactions = transactions;
    this.standings = standings;
    this.hasher = hasher;
    this.clock = clock;
  }

  /**
   * Creates a partner.
   *
   * @throws dev.vidame.directory.DirectoryException when the id is taken
   */
  public Partner create(Partner partner) {
    return transactions.writeShared(session -> {
      if (PartnerTable.find(session, partner.id()).isPresent()) {
        throw new Failure.Conflict("id").asException();
      }
      PartnerTable.insert(session, partner, clock.instant());
      return partner;
    });
  }

  /** The partner, or empty where there is none. */
  public Optional<Partner> get(PartnerId id) {
    return transactions.query(session -> PartnerTable.find(session, id));
  }

  /**
   * Creates an agent who signs in with a password.
   *
   * @throws dev.vidame.directory.DirectoryException when the sign-in name or the id is taken
   */
  public Agent createAgent(Agent agent, String password) {
    String hash = hasher.hash(password);
    return transactions.writeShared(session -> {
      AgentTable.requireFree(session, agent);
      standings.change(session);
      AgentTable.insert(session, agent, hash, clock.instant());
      return agent;
    });
  }

  /** The agent, or empty where there is none. */
  public Optional<Agent> agent(AgentId id) {
    return transactions
        .query(session -> AgentTable.byId(session, id))
        .map(AgentTable.Stored::agent);
  }

  /** The agent of this sign-in name, also a disabled one, or empty where there is none. */
  public Optional<Agent> agentNamed(String userPrincipalName) {
    return transactions
        .query(session -> AgentTable.byName(session, userPrincipalName))
        .map(AgentTable.Stored::agent);
  }

  /**
   * The agent who signs in with this name and password, or empty; so for a disabled one. Takes as
   * long for a name that does not exist as for a wrong password.
   */
  public Optional<Agent> signIn(String userPrincipalName, String password) {
    return prove(userPrincipalName, password).map(Proved::agent);
  }

  /**
   * Somebody who has shown the password of an agent.
   *
   * @param agent whose
   * @param mark differs once the agent has another password, and says nothing of either
   */
  public record Proved(Agent agent, String mark) {
    static Proved of(AgentTable.Stored stored) {
      byte[] mark = SecretHash.of(stored.passwordHash());
      return new Proved(stored.agent(), HexFormat.of().formatHex(mark));
    }
  }

  /**
   * As {@link #signIn}, with what tells later whether the password is still the same. A hash that
   * is weaker than new ones are is replaced, as only now the password is there to hash.
   */
  public Optional<Proved> prove(String userPrincipalName, String password) {
    Optional<AgentTable.Stored> stored =
        transactions.query(session -> AgentTable.byName(session, userPrincipalName));
    String hash = stored.map(AgentTable.Stored::passwordHash).orElseGet(hasher::hashOfNobody);
    boolean isRight = hasher.verify(password, hash);
    return stored
        .filter(found -> isRight && !found.agent().isDisabled())
        .map(found -> hasher.isWeaker(hash) ? hashedAnew(found, password) : found)
        .map(Proved::of);
  }

  /** Whoever is signed in stays it. Where somebody was faster, theirs is what counts. */
  private AgentTable.Stored hashedAnew(AgentTable.Stored before, String password) {
    AgentTable.Stored anew = new AgentTable.Stored(before.agent(), hasher.hash(password));
    return transactions.writeShared(session -> {
      if (!AgentTable.replaceHash(session, before, anew.passwordHash())) {
        return before;
      }
      DashboardSessions.changeMark(session, Proved.of(before), Proved.of(anew).mark());
      return anew;
    });
  }

  /** The agent as if somebody showed its password now; empty for one who may not sign in. */
  public Optional<Proved> proved(AgentId id) {
    return transactions
        .query(session -> AgentTable.byId(session, id))
        .map(Proved::of)
        .filter(Partners::maySignIn);
  }

  private static boolean maySignIn(Proved proved) {
    return !proved.agent().isDisabled();
  }

  /**
   * Registers an application.
   *
   * @param secret at least 128 bits of chance, since only a fast hash of it is kept; null for a
   *     public client
   * @throws dev.vidame.directory.DirectoryException when the id is taken
   */
  public Application createApplication(Application application, @Nullable String secret) {
    return transactions.writeShared(session -> {
      ApplicationId id = application.id();
      if (ApplicationTable.find(session, id).isPresent()) {
        throw new Failure.Conflict("id").asException();
      }
      standings.change(session);
      ApplicationTable.insert(session, application, clock.instant());
      if (secret != null) {
        ApplicationTable.Secret first = new ApplicationTable.Secret(id.value(), clock.instant());
        ApplicationTable.insertSecret(session, id, first, SecretHash.of(secret));
      }
      return application;
    });
  }

  /** The application, or empty where there is none. */
  public Optional<Application> application(ApplicationId id) {
    return transactions.query(session -> ApplicationTable.find(session, id));
  }

  /** The application, or empty where there is none that may have tokens. */
  public Optional<Application> applicationInUse(ApplicationId id) {
    return transactions.query(session -> ApplicationTable.inUse(session, id));
  }

  /**
   * An application that has proved itself.
   *
   * @param application which
   * @param proof with what; null for a public client, which has nothing
   */
  public record Client(Application application, @Nullable Credential proof) {}

  /** The application's secret or key of this id, or empty where it has no such one any more. */
  public Optional<Credential> credential(ApplicationId application, UUID id) {
    return transactions.query(session -> ApplicationTable.credential(session, application, id));
  }

  /**
   * The public client of this id that may have tokens, or empty; so for a confidential application,
   * which has to prove itself.
   */
  public Optional<Client> publicClient(ApplicationId id) {
    return transactions
        .query(session -> ApplicationTable.inUse(session, id))
        .filter(application -> !application.isConfidential())
        .map(application -> new Client(application, null));
  }

  /**
   * The confidential application with this secret that may have tokens, or empty. Compares in
   * constant time, and with each of its secrets.
   */
  public Optional<Client> client(ApplicationId id, String secret) {
    byte[] given = SecretHash.of(secret);
    return transactions.read(session -> {
      Optional<UUID> right = ApplicationTable.secretOf(session, id, given);
      return right.isEmpty()
          ? Optional.<Client>empty()
          : ApplicationTable.inUse(session, id)
              .map(application ->
                  new Client(application, new Credential(right.get(), Credential.Kind.SECRET)));
    });
  }

  /** As {@link #client}, for who does not ask which secret it was. */
  public Optional<Application> authenticate(ApplicationId id, String secret) {
    return client(id, secret).map(Client::application);
  }
}
