package dev.vidame.server.bulk;

import dev.vidame.bulk.Account;
import dev.vidame.bulk.AccountKey;
import dev.vidame.bulk.BulkAccounts;
import dev.vidame.bulk.BulkException;
import dev.vidame.bulk.Change;
import dev.vidame.bulk.Field;
import dev.vidame.bulk.Outcome;
import dev.vidame.bulk.Reading;
import dev.vidame.directory.Directory;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.OnBehalf;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Fingerprint;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.UpdateReach;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserQuery;
import dev.vidame.directory.users.UserRef;
import dev.vidame.directory.users.Users;
import dev.vidame.server.access.Operation;
import dev.vidame.server.bulk.RunAccess.Admission;
import dev.vidame.server.bulk.RunAccess.Admitted;
import dev.vidame.server.bulk.RunAccess.Out;
import dev.vidame.server.bulk.RunAccess.TooSoon;
import dev.vidame.server.http.MassCaps;
import dev.vidame.server.http.Throttle;
import dev.vidame.server.users.UserView;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A customer's accounts for runs within this server: the same operations as the API's, in the name
 * of the agent who began the run, decided on and limited for each row as a request of its own.
 * Thread-safe.
 */
public final class DirectoryAccounts implements BulkAccounts {
  private static final String SERVICE = "dashboard";
  private static final int PAGE = 500;
  private static final byte[] NO_BODY = {};

  private final Directory directory;
  private final MassCaps caps;
  private final RunAgent agent;
  private final CustomerId customer;
  private final RunAccess access;
  private final UUID run;
  private final Supplier<UUID> newIds;

  /**
   * What all runs work with.
   *
   * @param directory the accounts
   * @param throttle how often each partner may ask
   * @param caps what may be done so often only
   * @param clock the time
   * @param newIds names new accounts
   */
  @SuppressWarnings("TooManyParameters") // everything that runs touch, once
  public record Parts(
      Directory directory,
      Throttle throttle,
      MassCaps caps,
      InstantSource clock,
      Supplier<UUID> newIds) {}

  /**
   * The accounts.
   *
   * @param run which run; the journal has it as the correlation id of each row
   */
  public DirectoryAccounts(Parts parts, RunAgent agent, CustomerId customer, UUID run) {
    this.directory = parts.directory();
    this.caps = parts.caps();
    this.agent = agent;
    this.customer = customer;
    this.access =
        new RunAccess(parts.directory(), parts.throttle(), agent, customer, parts.clock());
    this.run = run;
    this.newIds = parts.newIds();
  }

  @Override
  public String service() {
    return SERVICE;
  }

  @Override
  public CustomerId customer() {
    return customer;
  }

  @Override
  public Reading read(AccountKey key) {
    return switch (access.ask(Operation.GET_USER)) {
      case TooSoon(Duration wait) -> new Reading.Later("Too many requests", wait, true);
      case Out(String cause) -> new Reading.SignedOut(cause);
      case Admitted all -> OnBehalf.of(agent.partner(), () -> found(key));
    };
  }

  private Reading found(AccountKey key) {
    UserRef ref =
        switch (key) {
          case AccountKey.ById(UserId id) -> new UserRef.ById(id);
          case AccountKey.ByName(String name) -> new UserRef.ByName(name);
        };
    try {
      return new Reading.Found(account(directory.users().get(customer, ref)));
    } catch (DirectoryException e) {
      return RunRefusals.reading(e);
    }
  }

  private static Account account(User user) {
    return Account.of(UserView.of(user, null), Long.toString(user.version()));
  }

  @Override
  public void deleted(Consumer<Account> each) {
    UserQuery query =
        new UserQuery(UserQuery.Scope.DELETED, null, UserQuery.Sort.USER_PRINCIPAL_NAME, false);
    PageQuery wanted = PageQuery.first(PAGE);
    boolean hasNext = true;
    while (hasNext) {
      Page<User> page = page(query, wanted);
      page.items().forEach(user -> each.accept(account(user)));
      hasNext = page.hasNext();
      if (hasNext) {
        wanted = new PageQuery(PAGE, PageQuery.Seek.AFTER, query.key(page.items().getLast()));
      }
    }
  }

  private Page<User> page(UserQuery query, PageQuery wanted) {
    return switch (access.ask(Operation.LIST_DELETED_USERS)) {
      case TooSoon soon ->
          throw new BulkException(
              BulkException.Kind.UNAVAILABLE,
              "The deleted accounts cannot be listed: Too many requests");
      case Out(String cause) -> throw new BulkException(BulkException.Kind.SIGNED_OUT, cause);
      case Admitted all ->
          OnBehalf.of(agent.partner(), () -> directory.users().page(customer, query, wanted));
    };
  }

  @Override
  public Outcome change(Change change) {
    return switch (admission(change)) {
      case TooSoon(Duration wait) -> new Outcome.Later("Too many requests", wait, true, false);
      case Out(String cause) -> new Outcome.SignedOut(cause);
      case Admitted(UpdateReach reach) -> OnBehalf.of(agent.partner(), () -> sent(change, reach));
    };
  }

  private Admission admission(Change change) {
    Admission admission = access.ask(operation(change.operation()));
    if (!(admission instanceof Admitted)) {
      return admission;
    }
    Optional<Duration> wait =
        switch (change.operation()) {
          case DELETE -> caps.waitFor(MassCaps.Kind.DELETION, agent.partner());
          case RESTORE ->
              caps.waitFor(MassCaps.Kind.RESTORATION, agent.partner())
                  .or(() -> waitToReset(change));
          case UPDATE, RESET_PASSWORD -> waitToReset(change);
          case CREATE -> Optional.empty();
        };
    return wait.isPresent() ? new TooSoon(wait.get()) : admission;
  }

  private Optional<Duration> waitToReset(Change change) {
    return change.password() == null
        ? Optional.empty()
        : caps.waitFor(MassCaps.Kind.RESET, agent.partner());
  }

  /** What the API calls it, and decides on. */
  public static Operation operation(dev.vidame.bulk.Operation operation) {
    return switch (operation) {
      case CREATE -> Operation.CREATE_USER;
      case DELETE -> Operation.DELETE_USER;
      case UPDATE, RESTORE -> Operation.UPDATE_USER;
      case RESET_PASSWORD -> Operation.RESET_PASSWORD;
    };
  }

  private Outcome sent(Change change, @Nullable UpdateReach reach) {
    try {
      return switch (change.operation()) {
        case CREATE -> created(change);
        case DELETE -> deleted(change);
        case UPDATE, RESTORE, RESET_PASSWORD -> updated(change, reach);
      };
    } catch (DirectoryException e) {
      return RunRefusals.outcome(e);
    }
  }

  private Outcome created(Change change) {
    CustomerUserUpdate properties = filled(change).update();
    return done(
        directory
            .users()
            .create(
                customer,
                new UserId(newIds.get()),
                properties,
                request(change, properties.toJson())));
  }

  /** A new account has nothing that could be emptied. */
  private static Change filled(Change change) {
    Map<Field, String> fields = new EnumMap<>(Field.class);
    change
        .fields()
        .forEach((field, value) -> {
          if (!value.isEmpty()) {
            fields.put(field, value);
          }
        });
    return new Change(
        change.operation(),
        change.id(),
        change.requestId(),
        change.version(),
        fields,
        change.password());
  }

  private Outcome deleted(Change change) {
    ChangeRequest request =
        caps.marked(MassCaps.Kind.DELETION, agent.partner(), request(change, NO_BODY));
    boolean isReplay =
        directory.users().delete(customer, account(change), expected(change), request);
    return new Outcome.Done(change.id(), null, isReplay);
  }

  private Outcome updated(Change change, @Nullable UpdateReach reach) {
    CustomerUserUpdate update = change.update();
    ChangeRequest plain = request(change, update.toJson());
    ChangeRequest reset =
        change.password() == null
            ? plain
            : caps.marked(MassCaps.Kind.RESET, agent.partner(), plain);
    ChangeRequest request =
        change.operation() == dev.vidame.bulk.Operation.RESTORE
            ? caps.marked(MassCaps.Kind.RESTORATION, agent.partner(), reset)
            : reset;
    Users users = directory.users();
    return done(
        reach == null
            ? users.update(customer, account(change), update, expected(change), request)
            : users.updateWithin(
                reach, customer, account(change), update, expected(change), request));
  }

  private static Outcome done(Users.Outcome outcome) {
    return new Outcome.Done(
        outcome.user().id(), Long.toString(outcome.user().version()), outcome.isReplay());
  }

  private static UserRef account(Change change) {
    return new UserRef.ById(Objects.requireNonNull(change.id(), "A change without an account"));
  }

  private static EntityTag expected(Change change) {
    String version = change.version();
    return version == null ? new EntityTag.Any() : new EntityTag.Exactly(Long.parseLong(version));
  }

  /** The row as the journal remembers it: sent again, it is the same request. */
  private ChangeRequest request(Change change, byte[] body) {
    Fingerprint key =
        Fingerprint.of(
            utf8(agent.partner()),
            utf8(agent.agent()),
            utf8(agent.application()),
            utf8("bulk"),
            utf8(change.operation().text()),
            utf8(customer),
            utf8(change.requestId()));
    Actor actor = new Actor(agent.partner(), agent.agent(), agent.application());
    return new ChangeRequest(actor, change.requestId(), run, key, Fingerprint.of(body));
  }

  private static byte[] utf8(Object text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
