package dev.vidame.server.changes;

import dev.vidame.directory.feed.ChangeFeed;
import dev.vidame.directory.feed.ChangeFeed.Slice;
import dev.vidame.directory.feed.Place;
import dev.vidame.directory.journal.ChangeRows;
import dev.vidame.server.access.AccessDecision.Deny;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.FurtherRights;
import dev.vidame.server.http.Query;
import dev.vidame.server.http.Route;
import dev.vidame.server.logs.RequestContext;
import dev.vidame.wire.ChangePage;
import dev.vidame.wire.CustomerId;
import java.time.Duration;
import java.util.List;

/** The route of a customer's change feed, which only this server has. Thread-safe. */
public final class ChangeRoutes {
  /** The longest wait. Proxies commonly end what is silent for longer. */
  private static final int MOST_SECONDS = 60;

  private static final int USUAL_SIZE = 100;
  private static final int MOST_SIZE = 1_000;

  private final ChangeFeed feed;
  private final Waiters waiters;
  private final FurtherRights rights;

  /**
   * The route over a feed.
   *
   * @param waiters has room for requests that wait
   * @param rights tells whether who waited may still read
   */
  public ChangeRoutes(ChangeFeed feed, Waiters waiters, FurtherRights rights) {
    this.feed = feed;
    this.waiters = waiters;
    this.rights = rights;
  }

  /** The lines of the route table. */
  public List<Route> routes() {
    return List.of(
        Route.onCustomer(
            "GET", "/v1/customers/{customer}/changes", Operation.READ_CHANGES, this::read));
  }

  private Answer read(Call call) {
    CustomerId customer = call.customer();
    Query query = call.query();
    int size = number(query, "size", MOST_SIZE);
    int limit = size == 0 ? USUAL_SIZE : size;
    Duration wait = Duration.ofSeconds(number(query, "wait", MOST_SECONDS));
    Place place = since(query, customer);
    Slice slice = feed.read(customer, place, limit);
    if (slice.rows().isEmpty() && wait.isPositive()) {
      slice = awaited(call, place, limit, wait);
    }
    return Answer.json(
        200,
        new ChangePage(
                slice.rows().stream()
                    .map(row ->
                        new ChangePage.Item(
                            ChangeRows.told(row.previousHash(), row.row()),
                            Cursor.of(customer, row.place())))
                    .toList(),
                Cursor.of(customer, slice.end()),
                slice.hasMore())
            .toJson());
  }

  /** A right that was taken away meanwhile is asked for again before anything is told. */
  private Slice awaited(Call call, Place place, int limit, Duration wait) {
    try (Waiters.Slot _ = waiters.enter(call.caller().partner())) {
      long start = System.nanoTime();
      Slice slice = feed.await(call.customer(), place, limit, wait);
      RequestContext.current().ifPresent(now -> now.waited(System.nanoTime() - start));
      if (rights.decide(call, Operation.READ_CHANGES) instanceof Deny deny) {
        throw ApiErrors.denied(deny.reason());
      }
      return slice;
    }
  }

  private Place since(Query query, CustomerId customer) {
    String since = query.first("since").map(String::strip).orElse("");
    if (since.isEmpty()) {
      return Place.START;
    }
    return since.equalsIgnoreCase("now") ? feed.end(customer) : Cursor.read(customer, since);
  }

  /** A whole number; a larger one than the largest stands for the largest. */
  private static int number(Query query, String name, int most) {
    String text = query.first(name).map(String::strip).orElse("0");
    if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw ApiErrors.invalidRequest("%s must be a whole number from 0 to %s.", name, most);
    }
    String digits = text.replaceFirst("^0+(?=.)", "");
    return digits.length() > Integer.toString(most).length()
        ? most
        : Math.min(Integer.parseInt(digits), most);
  }
}
