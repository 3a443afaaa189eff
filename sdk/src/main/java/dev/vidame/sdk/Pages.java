package dev.vidame.sdk;

import dev.vidame.wire.JsonBody;
import dev.vidame.wire.Link;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A list that comes in pages, each fetched when it is needed and not before. Immutable and
 * thread-safe; the streams and iterators that it gives are for one thread each, and each begins at
 * the first page.
 *
 * {@snippet :
 * UsersClient users = partner.customers().byId(customer).users();
 * try (Stream<CustomerUser> accounts = users.list().stream()) {
 *   accounts.limit(1000).forEach(account -> System.out.println(account.displayName()));
 * }
 * for (CustomerUser account : users.deleted()) {
 *   System.out.println(account.userPrincipalName() + " until " + account.softDeletionTime());
 * }
 * Page<CustomerUser> page = users.list(UserQuery.all().withPageSize(100)).first();
 * }
 *
 * <p>Each page is a call of its own, with its own retries and request id and with the credential's
 * token of that moment, so a walk may last longer than a token. What is added or removed during a
 * walk may be missed or seen, as the service has it. Fetching a page throws {@link
 * PartnerException}; the items before it are good, and {@link #startingBehind} goes on where a walk
 * ended.
 *
 * @param <T> the items' type
 */
public final class Pages<T> implements Iterable<T> {
  /*
   * The next page is asked for by links.next where there is one, since that is what all clients of
   * this API follow, and by the token otherwise. A service that answers a page with the very request
   * that led to it would be asked for ever; such a walk ends in an exception.
   */
  private final ApiCalls calls;
  private final String path;
  private final Function<JsonBody, T> reader;
  private final NextPage start;
  private final RequestOptions options;

  Pages(ApiCalls calls, String path, String query, Function<JsonBody, T> reader) {
    this.calls = calls;
    this.path = path;
    this.reader = reader;
    this.start = NextPage.first(path + query);
    this.options = RequestOptions.none();
  }

  private Pages(Pages<T> other, NextPage start, RequestOptions options) {
    this.calls = other.calls;
    this.path = other.path;
    this.reader = other.reader;
    this.start = start;
    this.options = options;
  }

  /**
   * The same list from behind the page that the token came with. Size, filter and order are those
   * of that page.
   *
   * @param continuationToken of {@link Page#continuationToken()}
   * @throws IllegalArgumentException when it cannot be one
   */
  public Pages<T> startingBehind(String continuationToken) {
    HeaderValues.require(continuationToken, "A continuation token");
    return new Pages<>(this, NextPage.behind(path, continuationToken), options);
  }

  /** The same list, each page fetched with these options. */
  public Pages<T> withOptions(RequestOptions wanted) {
    return new Pages<>(this, start, wanted);
  }

  /**
   * All items. Closing the stream ends the walk: whoever goes on with it then gets an {@link
   * IllegalStateException}, so that a list that was cut short is never taken for a whole one.
   */
  public Stream<T> stream() {
    Walk walk = new Walk();
    Items items = new Items(walk);
    return StreamSupport.stream(items, false).onClose(walk::close);
  }

  /** All pages; what {@link #stream()} says of closing holds here, too. */
  public Stream<Page<T>> pages() {
    Walk walk = new Walk();
    return StreamSupport.stream(walk, false).onClose(walk::close);
  }

  /** All items. */
  @Override
  public Iterator<T> iterator() {
    return Spliterators.iterator(new Items(new Walk()));
  }

  /** The first page; nothing more is fetched. */
  public Page<T> first() {
    return fetch(start);
  }

  /** All items at once, for lists that are known to be small. */
  public List<T> toList() {
    try (Stream<T> items = stream()) {
      return items.toList();
    }
  }

  private Page<T> fetch(NextPage place) {
    PartnerResponse<PageReader.Read<T>> response =
        calls.make(
            ApiCall.get(place.path(), json -> PageReader.read(json, reader))
                .withHeaders(place.headers()),
            options);
    PageReader.Read<T> read = response.value();
    NextPage next = next(read, response);
    if (place.equals(next)) {
      throw refused(response, "The service answers the same page again and again");
    }
    return new Page<>(read, next, response);
  }

  private @Nullable NextPage next(PageReader.Read<T> read, PartnerResponse<?> response) {
    Link link = read.next();
    String token = read.token();
    if (link == null) {
      return token == null ? null : NextPage.behind(path, usable(token, response));
    }
    NextPage next = NextPage.along(link, calls.base());
    if (next == null) {
      throw refused(response, "The link to the next page leads away from the service");
    }
    return next;
  }

  private static String usable(String token, PartnerResponse<?> response) {
    if (!HeaderValues.isUsable(token)) {
      throw refused(response, "The continuation token cannot be sent back");
    }
    return token;
  }

  private static PartnerException refused(PartnerResponse<?> response, String description) {
    Failure failure =
        new Failure(response.status(), 0, description, List.of(), null, null, null)
            .of(response.requestId(), response.correlationId());
    return new PartnerException(failure, null);
  }

  /** The pages one after the other. */
  private final class Walk extends Spliterators.AbstractSpliterator<Page<T>> {
    private @Nullable NextPage next = start;
    private volatile boolean isClosed;

    Walk() {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    }

    void close() {
      isClosed = true;
    }

    @Override
    public boolean tryAdvance(Consumer<? super Page<T>> action) {
      Page<T> page = advance();
      if (page == null) {
        return false;
      }
      action.accept(page);
      return true;
    }

    @Nullable Page<T> advance() {
      NextPage place = next;
      if (place == null) {
        return null;
      }
      if (isClosed) {
        throw new IllegalStateException("The walk was closed before its last page");
      }
      Page<T> page = fetch(place);
      next = page.next();
      return page;
    }
  }

  /** The items of the pages. */
  private final class Items extends Spliterators.AbstractSpliterator<T> {
    private final Walk walk;
    private Iterator<T> page = List.<T>of().iterator();

    Items(Walk walk) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.walk = walk;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
      while (!page.hasNext()) {
        Page<T> fetched = walk.advance();
        if (fetched == null) {
          return false;
        }
        page = fetched.items().iterator();
      }
      action.accept(page.next());
      return true;
    }
  }
}
