package dev.vidame.server.dashboard;

import dev.vidame.server.http.ApiErrors;
import dev.vidame.wire.Guid;
import dev.vidame.wire.UserId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The accounts of a list that somebody selected, in the order of the list. Immutable. A form tells
 * which accounts were on the page, so that all of them can be selected without a script, and never
 * any that the reader did not see.
 *
 * @param users which
 */
record Selection(List<UserId> users) {
  /** The field that says which accounts were on the page. */
  static final String PAGE = "page";

  /** The field that selects all of them. */
  static final String ALL = "all";

  /** What the fields begin with that select one of them. */
  static final String ONE = "user.";

  Selection {
    users = List.copyOf(users);
  }

  /**
   * What a form selects.
   *
   * @throws dev.vidame.server.http.ApiException when its page is larger than pages are
   */
  static Selection of(Form form) {
    List<UserId> shown =
        Stream.of(form.field(PAGE).split(",", -1))
            .flatMap(id -> Guid.parse(id).stream())
            .distinct()
            .map(UserId::new)
            .toList();
    if (shown.size() > Lists.SIZE) {
      throw ApiErrors.invalidRequest(
          "At most %s users can be changed at once.", Integer.toString(Lists.SIZE));
    }
    boolean isAll = form.field(ALL).equals("on");
    return new Selection(
        shown.stream().filter(user -> isAll || form.field(ONE + user).equals("on")).toList());
  }

  /** Accounts as a form tells which were on the page. */
  static String page(Stream<UserId> users) {
    return users.map(UserId::toString).collect(Collectors.joining(","));
  }
}
