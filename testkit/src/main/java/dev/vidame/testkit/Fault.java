package dev.vidame.testkit;

import java.util.function.Predicate;

/** A scripted fault. Thread-safe. */
public final class Fault {
  private final Faults owner;
  private final String name;
  private final Predicate<Incoming> requests;
  private final Faults.Effect effect;
  private long toSpare;
  private long left;
  private int hits;

  Fault(Faults owner, FaultPoint point, String name, Faults.Effect effect) {
    this.owner = owner;
    this.name = name;
    this.requests = point.requests();
    this.effect = effect;
    this.toSpare = point.spared();
    this.left = point.most();
  }

  /** Whether this request is one; counts it. */
  synchronized boolean hits(Incoming request) {
    if (left == 0 || !requests.test(request)) {
      return false;
    }
    if (toSpare > 0) {
      toSpare--;
      return false;
    }
    left--;
    hits++;
    return true;
  }

  Faults.Effect effect() {
    return effect;
  }

  String name() {
    return name;
  }

  /** How many requests it has hit. */
  public synchronized int hits() {
    return hits;
  }

  /** Ends it. */
  public void remove() {
    owner.remove(this);
  }
}
