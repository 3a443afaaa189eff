package dev.vidame.server.dashboard;

import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.paging.PageQuery.Seek;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserQuery;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.Guid;
import dev.vidame.wire.SubscribedSku;
import dev.vidame.wire.UserId;
import dev.vidame.wire.UserMember;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The lists of a customer's accounts: those in use, and those that can be brought back. */
final class UserListPages {
  private static final String USERS = SignInRoutes.HOME + "/{customer}/users";
  private static final String DELETED = SignInRoutes.HOME + "/{customer}/deleted";
  private static final String STATE = "state";
  private static final String ALL = "all";
  private static final int MEMBERS_AT_ONCE = 500;

  private final Desk desk;
  private final Duration retention;

  UserListPages(Desk desk, Duration retention) {
    this.desk = desk;
    this.retention = retention;
  }

  /**
   * What of a list is wanted.
   *
   * @param search a part of a name; empty for all
   * @param state {@code active}, {@code deleted} or {@code all}
   * @param role those that have it; null for all
   * @param license those that have one of this product, by its id; null for all
   * @param sort by what
   * @param isDescending whether the last comes first
   */
  @SuppressWarnings("TooManyParameters") // all that a list can be asked for with
  record Wish(
      String search,
      String state,
      @Nullable DirectoryRole role,
      @Nullable String license,
      UserQuery.Sort sort,
      boolean isDescending) {
    /** The same as parameters of an address. */
    Map<String, String> parameters() {
      Map<String, String> parameters = new LinkedHashMap<>();
      if (!search.isEmpty()) {
        parameters.put("q", search);
      }
      if (!state.equals("active")) {
        parameters.put(STATE, state);
      }
      if (role != null) {
        parameters.put("role", role.id().toString());
      }
      if (license != null) {
        parameters.put("license", license);
      }
      if (sort != UserQuery.Sort.USER_PRINCIPAL_NAME) {
        parameters.put("sort", nameOf(sort));
      }
      if (isDescending) {
        parameters.put("order", "desc");
      }
      return parameters;
    }

    String sortName() {
      return nameOf(sort);
    }

    String roleId() {
      return role == null ? "" : role.id().toString();
    }

    static String nameOf(UserQuery.Sort sort) {
      return switch (sort) {
        case DISPLAY_NAME -> "name";
        case LAST_NAME -> "last-name";
        case USAGE_LOCATION -> "location";
        case FIRST_NAME, USER_PRINCIPAL_NAME, ID -> "user-name";
      };
    }
  }

  /**
   * A list.
   *
   * @param frame what every page has
   * @param head what pages on a customer have
   * @param wish what was wanted
   * @param roles that can be asked for; none where the reader may not know who has them
   * @param skus whose licences can be asked for; none where the reader may not know who has them
   * @param users those on the page
   * @param neighbours the pages before and behind
   * @param selection what can be done to several of them
   */
  @SuppressWarnings("TooManyParameters") // all that the page shows
  record Listed(
      Frame frame,
      CustomerHead head,
      Wish wish,
      List<DirectoryRole> roles,
      List<SubscribedSku> skus,
      List<User> users,
      Lists.Neighbours neighbours,
      SelectionForm selection) {}

  /**
   * A deleted account.
   *
   * @param user the account
   * @param deletedAt when it was deleted
   * @param daysLeft how long it can still be brought back, counted up to whole days
   */
  record Restorable(User user, Instant deletedAt, long daysLeft) {}

  /**
   * The deleted accounts.
   *
   * @param frame what every page has
   * @param head what pages on a customer have
   * @param mayRestore whether the reader may bring them back
   * @param users those on the page
   * @param neighbours the pages before and behind
   * @param selection what can be done to several of them
   */
  @SuppressWarnings("TooManyParameters") // all that the page shows
  record Deleted(
      Frame frame,
      CustomerHead head,
      boolean mayRestore,
      List<Restorable> users,
      Lists.Neighbours neighbours,
      SelectionForm selection) {}

  List<Route> routes() {
    return List.of(
        Route.pageOnCustomer("GET", USERS, Operation.LIST_USERS, this::list)
            .with(new Route.Part(Operation.LIST_DELETED_USERS, STATE, ALL)),
        Route.pageOnCustomer("GET", DELETED, Operation.LIST_DELETED_USERS, this::deleted));
  }

  private Answer list(Call call) {
    boolean mayAskForRoles = desk.rights().may(call, call.customer(), Operation.LIST_ROLE_MEMBERS);
    List<SubscribedSku> skus =
        desk.rights().may(call, call.customer(), Operation.LIST_USER_LICENSES)
            ? Skus.ofUsers(desk, call)
            : List.of();
    Wish wish = wish(call, mayAskForRoles, skus);
    if (scope(wish) != UserQuery.Scope.ACTIVE) {
      desk.rights().require(call, Operation.LIST_DELETED_USERS);
    }
    UserQuery query =
        new UserQuery(
            scope(wish), condition(call, wish), wish.sort(), wish.isDescending(), wish.license());
    Map<String, String> parameters = wish.parameters();
    Page<User> page = page(call, query, parameters);
    CustomerHead head = desk.head(call);
    Frame frame = desk.frame(call, Text.of("Users"));
    return desk.templates()
        .page(
            200,
            "users",
            new Listed(
                frame,
                head,
                wish,
                mayAskForRoles ? List.of(DirectoryRole.values()) : List.of(),
                skus,
                page.items(),
                desk.lists().neighbours(call, head.path() + "/users", parameters, page, query::key),
                SelectionForm.of(
                    desk,
                    call,
                    frame,
                    "users",
                    page.items().stream().map(User::id),
                    actions(wish))));
  }

  private static UserQuery.Scope scope(Wish wish) {
    return switch (wish.state()) {
      case "deleted" -> UserQuery.Scope.DELETED;
      case ALL -> UserQuery.Scope.ALL;
      default -> UserQuery.Scope.ACTIVE;
    };
  }

  /** Nothing can be done to deleted accounts but bring them back, and that to no others. */
  private static Set<SelectedAction> actions(Wish wish) {
    return switch (scope(wish)) {
      case ACTIVE -> EnumSet.complementOf(EnumSet.of(SelectedAction.RESTORE));
      case DELETED -> EnumSet.of(SelectedAction.RESTORE);
      case ALL -> EnumSet.allOf(SelectedAction.class);
    };
  }

  private Page<User> page(Call call, UserQuery query, Map<String, String> parameters) {
    return desk.directory()
        .users()
        .page(call.customer(), query, desk.lists().wanted(call, parameters));
  }

  private static Wish wish(Call call, boolean mayAskForRoles, List<SubscribedSku> skus) {
    String state = call.query().first(STATE).orElse("active");
    Optional<DirectoryRole> role =
        call.query()
            .first("role")
            .filter(any -> mayAskForRoles)
            .flatMap(Guid::parse)
            .flatMap(DirectoryRole::of);
    String license = call.query().first("license").orElse("");
    String sort = call.query().first("sort").orElse("");
    return new Wish(
        call.query().first("q").orElse("").strip(),
        state.equals("deleted") || state.equals(ALL) ? state : "active",
        role.orElse(null),
        skus.stream()
            .map(sku -> sku.product().id())
            .filter(id -> id.equalsIgnoreCase(license))
            .findFirst()
            .orElse(null),
        Arrays.stream(UserQuery.Sort.values())
            .filter(each -> Wish.nameOf(each).equals(sort))
            .findFirst()
            .orElse(UserQuery.Sort.USER_PRINCIPAL_NAME),
        call.query().first("order").filter("desc"::equals).isPresent());
  }

  private @Nullable Predicate<User> condition(Call call, Wish wish) {
    DirectoryRole role = wish.role();
    Predicate<User> hasRole = null;
    if (role != null) {
      Set<UserId> members = members(call, role);
      hasRole = user -> members.contains(user.id());
    }
    if (wish.search().isEmpty()) {
      return hasRole;
    }
    String wanted = Folded.of(wish.search());
    Predicate<User> matches =
        user ->
            Folded.of(user.displayName()).contains(wanted)
                || Folded.of(user.userPrincipalName()).contains(wanted)
                || Folded.of(AccountField.FIRST_NAME.of(user)).contains(wanted)
                || Folded.of(AccountField.LAST_NAME.of(user)).contains(wanted)
                || user.id().toString().equals(wanted);
    return hasRole == null ? matches : hasRole.and(matches);
  }

  private Set<UserId> members(Call call, DirectoryRole role) {
    Set<UserId> members = new HashSet<>();
    PageQuery wanted = PageQuery.first(MEMBERS_AT_ONCE);
    boolean hasMore = true;
    while (hasMore) {
      Page<UserMember> page = desk.directory().roles().members(call.customer(), role, wanted);
      page.items().forEach(member -> members.add(member.id()));
      hasMore = page.hasNext();
      if (hasMore) {
        List<String> key = List.of("", page.items().getLast().id().toString());
        wanted = new PageQuery(MEMBERS_AT_ONCE, Seek.AFTER, key);
      }
    }
    return members;
  }

  private Answer deleted(Call call) {
    UserQuery query =
        new UserQuery(UserQuery.Scope.DELETED, null, UserQuery.Sort.USER_PRINCIPAL_NAME, false);
    Map<String, String> parameters = Map.of();
    Page<User> page = page(call, query, parameters);
    CustomerHead head = desk.head(call);
    Frame frame = desk.frame(call, Text.of("Deleted users"));
    return desk.templates()
        .page(
            200,
            "deleted",
            new Deleted(
                frame,
                head,
                UserPages.mayEdit(desk, call),
                page.items().stream().flatMap(user -> restorable(user).stream()).toList(),
                desk.lists()
                    .neighbours(call, head.path() + "/deleted", parameters, page, query::key),
                SelectionForm.of(
                    desk,
                    call,
                    frame,
                    SelectionForm.DELETED,
                    page.items().stream().map(User::id),
                    EnumSet.of(SelectedAction.RESTORE))));
  }

  private Optional<Restorable> restorable(User user) {
    return Optional.ofNullable(user.deletedAt())
        .map(at -> {
          Duration left = Duration.between(desk.clock().instant(), at.plus(retention));
          return new Restorable(user, at, Math.ceilDiv(left.toSeconds(), 86_400L));
        });
  }
}
