package dev.vidame.server.http;

import dev.vidame.server.access.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line of the route table.
 *
 * @param method the HTTP method
 * @param template the path, with the segments that vary in braces
 * @param access who may call it
 * @param name what metrics and logs call it
 * @param isTolerated whether it is only taken from clients that do it wrongly, and not named in
 *     {@code Allow}
 * @param parts what its query can ask for that takes a further operation
 * @param handler what answers
 */
@SuppressWarnings("TooManyParameters") // all that is known of a route, once
public record Route(
    String method,
    String template,
    Access access,
    String name,
    boolean isTolerated,
    List<Part> parts,
    Handler handler) {
  /** Copies the parts. */
  public Route {
    parts = List.copyOf(parts);
  }

  /**
   * What only those get who may do a further operation, too. The handler has it decided on by
   * {@link FurtherRights#require}, since the query must be understood before.
   *
   * @param operation the further operation
   * @param parameter the one of the query that asks for it
   * @param value a value of it that does
   */
  public record Part(Operation operation, String parameter, String value) {}

  /** Who may call a route. */
  public sealed interface Access {}

  /** Anybody: the route answers for itself who it serves. */
  public record Open() implements Access {}

  /**
   * A caller who may do this to the customer that the first braces of the path name.
   *
   * @param operation what is done
   */
  public record OnCustomer(Operation operation) implements Access {}

  /**
   * A caller who may do this for its partner.
   *
   * @param operation what is done
   */
  public record OnPartner(Operation operation) implements Access {}

  /**
   * An agent who is signed in at a page, and who may do this: to the customer that the first braces
   * of the path name, or for the agent's partner.
   *
   * @param operation what is done
   * @param isOnCustomer whether to a customer
   */
  public record Page(Operation operation, boolean isOnCustomer) implements Access {}

  /** An operator, who belongs to no partner and does nothing in a customer's name. */
  public record ForOperator() implements Access {}

  /** A route of operators. */
  public static Route forOperator(String method, String template, String name, Handler handler) {
    return new Route(method, template, new ForOperator(), name, false, List.of(), handler);
  }

  /** A route that anybody may call. */
  public static Route open(String method, String template, String name, Handler handler) {
    return new Route(method, template, new Open(), name, false, List.of(), handler);
  }

  /** A route on a customer. */
  public static Route onCustomer(
      String method, String template, Operation operation, Handler handler) {
    return of(method, template, new OnCustomer(operation), operation, handler);
  }

  /** A route on the caller's partner. */
  public static Route onPartner(
      String method, String template, Operation operation, Handler handler) {
    return of(method, template, new OnPartner(operation), operation, handler);
  }

  /** A page on a customer. */
  public static Route pageOnCustomer(
      String method, String template, Operation operation, Handler handler) {
    return page(method, template, new Page(operation, true), handler);
  }

  /** A page on the agent's partner. */
  public static Route pageOnPartner(
      String method, String template, Operation operation, Handler handler) {
    return page(method, template, new Page(operation, false), handler);
  }

  private static Route page(String method, String template, Page access, Handler handler) {
    String name = "page_" + access.operation().name().toLowerCase(Locale.ROOT);
    return new Route(method, template, access, name, false, List.of(), handler);
  }

  private static Route of(
      String method, String template, Access access, Operation operation, Handler handler) {
    String name = operation.name().toLowerCase(Locale.ROOT);
    return new Route(method, template, access, name, false, List.of(), handler);
  }

  /** The same, taken but not advertised. */
  public Route tolerated() {
    return new Route(method, template, access, name, true, parts, handler);
  }

  /** The same with something in it that takes a further operation. */
  public Route with(Part part) {
    List<Part> more = new ArrayList<>(parts);
    more.add(part);
    return new Route(method, template, access, name, isTolerated, more, handler);
  }
}
