package dev.vidame.server.limits;

import dev.vidame.server.limits.RequestLimits.Paces;
import dev.vidame.server.limits.RequestLimits.Refusal;
import dev.vidame.server.limits.RequestLimits.Scope;
import dev.vidame.wire.CustomerId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What is left to one partner, as a whole and for each customer. Thread-safe. */
final class PartnerBudget {
  /*
   * A partner may name customers that it invents, so there is room for so many. A budget that is not whole never leaves:
   * otherwise whoever has used one up could drive it out by naming others. Customers that find no room share one budget,
   * and one that finds room later begins with what the shared one has left. So no customer ever gets more than its pace,
   * and a partner that invents customers takes from nobody but itself.
   *
   * Each request looks at two budgets and forgets those that are whole; the others go to the end of the line. That is
   * fast enough to stay ahead of new ones, and no request pays for all of them at once.
   */

  static final int MOST_CUSTOMERS = 10_000;

  private static final int LOOKED_AT = 2;

  private final Paces paces;
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<CustomerId, Budget> customers = new LinkedHashMap<>();
  private final Budget own;
  private final Budget shared;

  PartnerBudget(Paces paces, long now) {
    this.paces = paces;
    this.own = new Budget(now);
    this.shared = new Budget(now);
  }

  /** Takes a request out of both budgets, or out of neither and says why. */
  Optional<Refusal> take(@Nullable CustomerId customer, long now) {
    lock.lock();
    try {
      Pace partnerPace = paces.partner();
      Pace customerPace = customer == null ? null : paces.customer();
      if (customerPace != null) {
        forgetWholeOnes(now, customerPace);
      }
      Budget named = customer == null ? shared : customers.getOrDefault(customer, shared);
      long partnerWait = partnerPace == null ? 0 : own.waitFrom(now, partnerPace);
      long customerWait = customerPace == null ? 0 : named.waitFrom(now, customerPace);
      if (partnerWait > 0 || customerWait > 0) {
        return Optional.of(refusal(partnerWait, customerWait));
      }
      if (partnerPace != null) {
        own.spend(now, partnerPace);
      }
      if (customer != null && customerPace != null) {
        budgetOf(customer).spend(now, customerPace);
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private static Refusal refusal(long partnerWait, long customerWait) {
    return partnerWait >= customerWait
        ? new Refusal(Scope.PARTNER, Duration.ofNanos(partnerWait))
        : new Refusal(Scope.CUSTOMER, Duration.ofNanos(customerWait));
  }

  private void forgetWholeOnes(long now, Pace pace) {
    for (int i = 0; i < LOOKED_AT && !customers.isEmpty(); i++) {
      Map.Entry<CustomerId, Budget> eldest = customers.pollFirstEntry();
      if (!eldest.getValue().isWhole(now, pace)) {
        customers.putLast(eldest.getKey(), eldest.getValue());
      }
    }
  }

  private Budget budgetOf(CustomerId customer) {
    Budget known = customers.get(customer);
    if (known != null) {
      return known;
    }
    if (customers.size() >= MOST_CUSTOMERS) {
      return shared;
    }
    Budget begun = shared.copy();
    customers.put(customer, begun);
    return begun;
  }

  /** How many customers have a budget of their own. */
  int customers() {
    lock.lock();
    try {
      return customers.size();
    } finally {
      lock.unlock();
    }
  }
}
