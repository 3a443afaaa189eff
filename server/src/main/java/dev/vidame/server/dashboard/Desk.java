package dev.vidame.server.dashboard;

import dev.vidame.directory.Directory;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.customers.Customer;
import dev.vidame.directory.users.UserRef;
import dev.vidame.server.access.Operation;
import dev.vidame.server.dashboard.Notice.Sentence;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Api;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.MassCaps;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import dev.vidame.wire.UserId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What all pages work with. Immutable.
 *
 * @param directory what they read and change
 * @param templates what they are made of
 * @param rights what the reader may do
 * @param lists cuts lists into pages
 * @param browsers knows who is signed in
 * @param caps what may be done so often only
 * @param refusals is told of what was refused
 * @param clock the time
 */
@SuppressWarnings("TooManyParameters") // everything that pages touch, once
record Desk(
    Directory directory,
    Templates templates,
    Rights rights,
    Lists lists,
    Browsers browsers,
    MassCaps caps,
    Api.RefusalListener refusals,
    Clock clock) {
  private static final int USER = 1;

  /** The frame of a page for whoever calls. */
  Frame frame(Call call, Text title) {
    return templates.frame(call.request(), title, session(call), may(call));
  }

  /** The same with something to say. */
  Frame frame(Call call, Text title, @Nullable Notice notice) {
    return notice == null
        ? frame(call, title)
        : templates.frame(call.request(), title, session(call), may(call), notice);
  }

  private Predicate<Operation> may(Call call) {
    return operation -> rights.mayForPartner(call.caller(), operation);
  }

  private boolean maySeeRecords(Call call) {
    return rights.mayForPartner(call.caller(), Operation.LIST_AUDIT_RECORDS);
  }

  Session session(Call call) {
    return browsers.known(call.request()).orElseThrow(ApiErrors::tokenMissing);
  }

  /** The account that the path names; by nothing but its id. */
  UserId user(Call call) {
    return Guid.parse(call.parameter(USER)).map(UserId::new).orElseThrow(ApiErrors::notFound);
  }

  UserRef ref(Call call) {
    return new UserRef.ById(user(call));
  }

  /** What the pages on the customer of a call have in common. */
  CustomerHead head(Call call) {
    CustomerId id = call.customer();
    boolean mayKnow = rights.may(call, id, Operation.GET_CUSTOMER);
    String name =
        mayKnow
            ? directory.customers().get(id).map(Customer::companyName).orElse(id.toString())
            : id.toString();
    return new CustomerHead(
        id,
        name,
        mayKnow,
        rights.may(call, id, Operation.LIST_USERS),
        rights.may(call, id, Operation.LIST_DELETED_USERS),
        rights.may(call, id, Operation.LIST_SUBSCRIBED_SKUS),
        maySeeRecords(call),
        rights.may(call, id, Operation.UPDATE_USER));
  }

  /**
   * What is said of a change that the directory would not make, where the reader can mend it; it is
   * recorded as it is for programs.
   *
   * @throws DirectoryException where it cannot be mended on the page
   */
  Notice refused(Call call, Operation operation, DirectoryException e) {
    List<Sentence> sentences = mendable(e.failure()).orElseThrow(() -> e);
    refusals.refused(call, operation, ApiErrors.of(e.failure()));
    return Notice.fault(sentences);
  }

  /** What is said of a failure that the reader can mend; empty for others. */
  static Optional<List<Sentence>> mendable(Failure failure) {
    return switch (failure) {
      case Failure.Invalid invalid ->
          Optional.of(
              invalid.problems().stream()
                  .map(problem -> sentence(problem.property(), ApiErrors.text(problem)))
                  .toList());
      case Failure.Conflict(String property) ->
          Optional.of(
              List.of(sentence(property, Text.of("Another account has the same value already."))));
      case Failure.OutOfLicenses ignored ->
          Optional.of(
              List.of(
                  new Sentence(
                      null,
                      Text.of(
                          "No license of the product is left. Free one or buy more, and then try"
                              + " again."))));
      default -> Optional.empty();
    };
  }

  private static Sentence sentence(String property, Text text) {
    return new Sentence(AccountField.ofWireName(property).orElse(null), text);
  }

  /** Leads on to a page of ours. */
  static Answer to(String path) {
    return SignInRoutes.to(path);
  }
}
