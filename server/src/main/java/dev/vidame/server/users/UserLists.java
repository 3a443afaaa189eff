package dev.vidame.server.users;

import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserQuery;
import dev.vidame.directory.users.UserQuery.Scope;
import dev.vidame.directory.users.UserQuery.Sort;
import dev.vidame.directory.users.Users;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.FurtherRights;
import dev.vidame.server.http.Route;
import dev.vidame.server.paging.ListRequest;
import dev.vidame.server.paging.ListRules;
import dev.vidame.server.paging.Paging;
import dev.vidame.server.paging.ShownPage;
import dev.vidame.wire.Filter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Answers for a customer's accounts, page by page (wire-spec §3.5). Thread-safe. */
final class UserLists {
  /** What asks for deleted accounts. */
  static final Route.Part DELETED =
      new Route.Part(
          Operation.LIST_DELETED_USERS,
          "filter",
          "{\"Field\":\"UserState\",\"Value\":\"Inactive\",\"Operator\":\"equals\"}");

  private static final String FILTER = "filter";
  private static final String SORT_FIELD = "sortField";
  private static final String SORT_DIRECTION = "sortDirection";

  private final Users users;
  private final Paging paging;
  private final ListRules rules;
  private final RememberedPages remembered;
  private final FurtherRights rights;

  UserLists(Users users, UserRoutes.Pages pages) {
    this.users = users;
    this.paging = pages.paging();
    this.rules =
        new ListRules(
            List.of(FILTER, SORT_FIELD, SORT_DIRECTION), pages.defaultSize(), ListRules.MAX_SIZE);
    this.remembered = pages.remembered();
    this.rights = pages.rights();
  }

  Answer list(Call call) {
    ListRequest request = paging.read(call, rules);
    UserQuery query = query(request);
    if (query.scope() != Scope.ACTIVE) {
      rights.require(call, Operation.LIST_DELETED_USERS);
    }
    return Answer.json(
        200,
        paging
            .show(
                call,
                request,
                "/customers/" + call.customer() + "/users",
                remembered.page(
                    call.customer(), query, request.page(), () -> read(call, query, request)))
            .toJson());
  }

  private ShownPage read(Call call, UserQuery query, ListRequest request) {
    return ShownPage.of(
        users.page(call.customer(), query, request.page()), query::key, UserLists::json);
  }

  private static byte[] json(User user) {
    return UserView.of(user, null).toJson();
  }

  private static UserQuery query(ListRequest request) {
    Optional<UserFilter> filter =
        request.parameter(FILTER).map(Filter::fromJson).map(UserFilter::of);
    return new UserQuery(
        filter.map(UserFilter::scope).orElse(Scope.ACTIVE),
        filter.map(UserFilter::condition).orElse(null),
        request.parameter(SORT_FIELD).map(UserLists::sort).orElse(Sort.USER_PRINCIPAL_NAME),
        request.parameter(SORT_DIRECTION).map(UserLists::isDescending).orElse(false));
  }

  private static Sort sort(String field) {
    return Arrays.stream(Sort.values())
        .filter(sort -> sort.name().replace("_", "").equalsIgnoreCase(field.strip()))
        .findFirst()
        .orElseThrow(
            () -> ApiErrors.invalidProperty(SORT_FIELD, "The list cannot be sorted by %s.", field));
  }

  private static boolean isDescending(String direction) {
    return switch (direction.strip().toLowerCase(Locale.ROOT)) {
      case "ascending", "asc" -> false;
      case "descending", "desc" -> true;
      default ->
          throw ApiErrors.invalidProperty(
              SORT_DIRECTION, "The value must be ascending or descending.");
    };
  }
}
