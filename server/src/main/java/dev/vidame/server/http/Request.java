package dev.vidame.server.http;

import dev.vidame.server.tracing.TracedRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** A request as it came over HTTP. Used by one thread. */
public interface Request extends TracedRequest {
  /** Where the request comes from, as far as proxies are believed. */
  InetAddress client();

  /** The method, upper case as sent. */
  @Override
  String method();

  /** The path as sent, with its percent signs. */
  String rawPath();

  /** The query as sent, without the question mark; empty where there is none. */
  String rawQuery();

  /** The first value of a header, whose name matches in any case. */
  @Override
  Optional<String> header(String name);

  /**
   * Whether it comes from the official Java client, which fails where others go on (wire-spec §6.4,
   * §7.4).
   */
  default boolean isOfJavaClient() {
    return header("MS-PartnerCenter-Client")
        .filter(name -> name.strip().equalsIgnoreCase("Partner Center Java SDK"))
        .isPresent();
  }

  /** Every value of a header, one a line of the request, in order. */
  List<String> headers(String name);

  /** Says that whoever sent it has proved who they are, before anybody asks for the body. */
  default void becomesKnown() {}

  /** Keeps what was found out about whoever sent it, for as long as it takes to answer. */
  default void remember(Object found) {}

  /** What was kept last, if it is of this kind; empty also where nothing can be kept. */
  default <T> Optional<T> remembered(Class<T> kind) {
    return Optional.empty();
  }

  /**
   * The body, read whole; empty where there is none.
   *
   * @throws ApiException when it is larger than the server takes, or has room for at the moment
   */
  byte[] body();

  /**
   * The same, where it may hold a file of up to so many bytes. Asked for before {@link #body()},
   * which gives it from then on.
   */
  default byte[] bodyWithFile(int most) {
    return body();
  }
}
