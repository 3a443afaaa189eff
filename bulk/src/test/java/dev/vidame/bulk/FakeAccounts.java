package dev.vidame.bulk;

import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A service in memory: versions, request ids, names that are taken; and what a test wants of it.
 */
final class FakeAccounts implements BulkAccounts {
  static final CustomerId CUSTOMER = CustomerId.of("eebd1b55-5360-4438-a11d-5c06918c3014");

  private final ConcurrentMap<UserId, Account> accounts = new ConcurrentHashMap<>();
  private final Map<UUID, Outcome.Done> answered = new ConcurrentHashMap<>();
  private final Map<UserId, Integer> changes = new ConcurrentHashMap<>();
  private final AtomicLong versions = new AtomicLong();
  volatile boolean forgetsRequests;
  volatile boolean tellsVersions = true;

  /** What a test makes of an outcome before the run sees it. */
  volatile UnaryOperator<Outcome> answer = UnaryOperator.identity();

  /** What a test says instead of asking. */
  volatile Function<Change, @Nullable Outcome> before = change -> null;

  UserId add(String name, Map<Field, String> values) {
    Map<Field, String> all = new EnumMap<>(Field.class);
    all.putAll(values);
    all.put(Field.USER_PRINCIPAL_NAME, name);
    all.putIfAbsent(Field.DISPLAY_NAME, name);
    UserId id = new UserId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    accounts.put(id, new Account(id, next(), false, all));
    return id;
  }

  private String next() {
    return "\"" + versions.incrementAndGet() + "\"";
  }

  /** Somebody else changes a field. */
  void touch(UserId id, Field field, String value) {
    accounts.computeIfPresent(
        id,
        (same, account) -> {
          Map<Field, String> values = new EnumMap<>(Field.class);
          values.putAll(account.values());
          values.put(field, value);
          return new Account(id, next(), account.isDeleted(), values);
        });
  }

  @Nullable Account account(UserId id) {
    return accounts.get(id);
  }

  void remove(UserId id) {
    accounts.remove(id);
  }

  /** How often an account was changed by requests. */
  int changesOf(UserId id) {
    return changes.getOrDefault(id, 0);
  }

  int allChanges() {
    return changes.values().stream().mapToInt(Integer::intValue).sum();
  }

  Map<UserId, Account> all() {
    return Map.copyOf(accounts);
  }

  @Override
  public String service() {
    return "https://vidame.example";
  }

  @Override
  public CustomerId customer() {
    return CUSTOMER;
  }

  @Override
  public Reading read(AccountKey key) {
    return switch (key) {
      case AccountKey.ById(UserId id) -> found(accounts.get(id));
      case AccountKey.ByName name -> found(byName(name.canonical()));
    };
  }

  private Reading found(@Nullable Account account) {
    if (account == null) {
      return new Reading.Absent();
    }
    return new Reading.Found(
        new Account(
            account.id(),
            tellsVersions ? account.version() : null,
            account.isDeleted(),
            account.values()));
  }

  private @Nullable Account byName(String name) {
    return accounts.values().stream()
        .filter(account -> !account.isDeleted() && account.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  @Override
  public void deleted(Consumer<Account> each) {
    accounts.values().stream().filter(Account::isDeleted).forEach(each);
  }

  @Override
  public Outcome change(Change change) {
    Outcome scripted = before.apply(change);
    return scripted == null ? answer.apply(made(change)) : scripted;
  }

  private synchronized Outcome made(Change change) {
    Outcome.Done known = answered.get(change.requestId());
    if (known != null && !forgetsRequests) {
      return new Outcome.Done(known.id(), known.version(), true);
    }
    Outcome outcome = change.operation() == Operation.CREATE ? create(change) : changed(change);
    if (outcome instanceof Outcome.Done done) {
      answered.put(change.requestId(), done);
    }
    return outcome;
  }

  private Outcome create(Change change) {
    String name = change.fields().getOrDefault(Field.USER_PRINCIPAL_NAME, "");
    if (byName(name) != null) {
      return new Outcome.Refused(Outcome.Why.NAME_TAKEN, null, "The name is taken.");
    }
    UserId id = new UserId(UUID.randomUUID());
    Account made = new Account(id, next(), false, change.fields());
    accounts.put(id, made);
    changes.merge(id, 1, Integer::sum);
    return new Outcome.Done(id, tellsVersions ? made.version() : null, false);
  }

  private Outcome changed(Change change) {
    UserId id = Objects.requireNonNull(change.id());
    Account account = accounts.get(id);
    if (account == null) {
      return new Outcome.Refused(Outcome.Why.GONE, null, "There is none.");
    }
    if (change.version() != null && !change.version().equals(account.version())) {
      return new Outcome.Refused(Outcome.Why.VERSION_MOVED, null, "The version moved.");
    }
    Map<Field, String> values = new EnumMap<>(Field.class);
    values.putAll(account.values());
    values.putAll(change.fields());
    values.values().removeIf(String::isEmpty);
    boolean isDeleted =
        switch (change.operation()) {
          case DELETE -> true;
          case RESTORE -> false;
          default -> account.isDeleted();
        };
    Account now = new Account(id, next(), isDeleted, values);
    accounts.put(id, now);
    changes.merge(id, 1, Integer::sum);
    return new Outcome.Done(id, tellsVersions ? now.version() : null, false);
  }
}
