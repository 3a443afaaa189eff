package dev.vidame.server.users;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserRef;
import dev.vidame.directory.users.Users;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.FurtherRights;
import dev.vidame.server.http.MassCaps;
import dev.vidame.server.http.Route;
import dev.vidame.server.paging.Paging;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.Guid;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import dev.vidame.wire.UserState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of user accounts (wire-spec §3). Thread-safe. */
public final class UserRoutes {
  private static final String COLLECTION = "/v1/customers/{customer}/users";
  private static final String ACCOUNT = COLLECTION + "/{user}";
  private static final String RESET = ACCOUNT + "/resetpassword";
  private static final int USER = 1;

  private final Users users;
  private final UserLists lists;
  private final Compatibility compatibility;
  private final MassCaps caps;
  private final Supplier<UUID> newIds;

  /**
   * Switches for clients that need the letter of the documents.
   *
   * @param patchesCollection whether PATCH on the collection with an id in the body updates that
   *     account
   * @param echoesPasswords whether the answer to a password-only update shows the password
   * @param creationStatus the status of the answer to a create
   */
  public record Compatibility(
      boolean patchesCollection, boolean echoesPasswords, int creationStatus) {}

  /**
   * How lists are cut into pages, and who gets which.
   *
   * @param paging reads and shows pages
   * @param defaultSize how many accounts are on a page where nobody says
   * @param remembered those that were shown before
   * @param rights says who may read deleted accounts, too
   */
  public record Pages(
      Paging paging, int defaultSize, RememberedPages remembered, FurtherRights rights) {}

  /** Routes over the directory's accounts. */
  @SuppressWarnings("TooManyParameters") // all that differs from server to server
  public UserRoutes(
      Users users, Pages pages, Compatibility compatibility, MassCaps caps, Supplier<UUID> newIds) {
    this.caps = caps;
    this.users = users;
    this.lists = new UserLists(users, pages);
    this.compatibility = compatibility;
    this.newIds = newIds;
  }

  /** The lines of the route table. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(
        Route.onCustomer("GET", COLLECTION, Operation.LIST_USERS, lists::list)
            .with(UserLists.DELETED));
    routes.add(Route.onCustomer("POST", COLLECTION, Operation.CREATE_USER, this::create));
    if (compatibility.patchesCollection()) {
      routes.add(
          Route.onCustomer("PATCH", COLLECTION, Operation.UPDATE_USER, this::updateNamedInBody)
              .tolerated());
    }
    routes.add(Route.onCustomer("GET", ACCOUNT, Operation.GET_USER, this::get));
    routes.add(Route.onCustomer("PATCH", ACCOUNT, Operation.UPDATE_USER, this::update));
    routes.add(Route.onCustomer("DELETE", ACCOUNT, Operation.DELETE_USER, this::delete));
    routes.add(Route.onCustomer("PATCH", RESET, Operation.RESET_PASSWORD, this::resetPassword));
    return routes;
  }

  private Answer get(Call call) {
    User user = users.get(call.customer(), UserRefs.read(call.parameter(USER)));
    return Answer.json(200, UserView.of(user, null).toJson(), tag(user));
  }

  private Answer create(Call call) {
    byte[] body = call.jsonBody();
    CustomerUserUpdate properties = CustomerUserUpdate.fromJson(body);
    Users.Outcome outcome =
        users.create(
            call.customer(), new UserId(newIds.get()), properties, call.changeRequest(body));
    return answer(
        compatibility.creationStatus(), outcome, shown(outcome, properties.passwordProfile()));
  }

  private Answer update(Call call) {
    UserRef ref = UserRefs.read(call.parameter(USER));
    byte[] body = call.jsonBody();
    return update(call, ref, CustomerUserUpdate.fromJson(body), call.changeRequest(body));
  }

  /** A password alone, on a route of its own; whatever else the body has is ignored. */
  private Answer resetPassword(Call call) {
    UserRef ref = UserRefs.read(call.parameter(USER));
    byte[] body = call.jsonBody();
    PasswordProfile profile = CustomerUserUpdate.fromJson(body).passwordProfile();
    if (profile == null || profile.password() == null) {
      throw new Failure.Invalid(List.of(Problem.of("passwordProfile.password", Rule.REQUIRED)))
          .asException();
    }
    CustomerUserUpdate reset = CustomerUserUpdate.builder().passwordProfile(profile).build();
    return update(call, ref, reset, call.changeRequest(body));
  }

  private Answer delete(Call call) {
    ChangeRequest request =
        caps.count(MassCaps.Kind.DELETION, call, call.changeRequest(call.request().body()));
    boolean isReplay =
        users.delete(
            call.customer(), UserRefs.read(call.parameter(USER)), IfMatch.of(call), request);
    return Answer.empty(Answer.replayed(isReplay));
  }

  /**
   * The founding document prints this route's address without the account's id; the body may have
   * it.
   */
  private Answer updateNamedInBody(Call call) {
    byte[] body = call.jsonBody();
    CustomerUserUpdate update = CustomerUserUpdate.fromJson(body);
    Optional<UUID> id = Optional.ofNullable(update.id()).flatMap(Guid::parse);
    if (id.isEmpty()) {
      throw ApiErrors.methodNotAllowed(List.of("GET", "POST"));
    }
    return update(call, new UserRef.ById(new UserId(id.get())), update, call.changeRequest(body));
  }

  private Answer update(Call call, UserRef ref, CustomerUserUpdate update, ChangeRequest request) {
    EntityTag expected = IfMatch.of(call);
    ChangeRequest counted = counted(call, ref, update, request);
    Users.Outcome outcome =
        call.reach().isPresent()
            ? users.updateWithin(
                call.reach().get(), call.customer(), ref, update, expected, counted)
            : users.update(call.customer(), ref, update, expected, counted);
    PasswordProfile profile = update.isPasswordOnly() ? update.passwordProfile() : null;
    return answer(200, outcome, profile == null ? null : shown(outcome, profile));
  }

  @SuppressWarnings("TooManyParameters") // who changes what, and how
  private ChangeRequest counted(
      Call call, UserRef ref, CustomerUserUpdate update, ChangeRequest request) {
    ChangeRequest reset =
        update.passwordProfile() == null ? request : caps.count(MassCaps.Kind.RESET, call, request);
    return restores(call, ref, update) ? caps.count(MassCaps.Kind.RESTORATION, call, reset) : reset;
  }

  /**
   * Clients send the state with everything else, which brings nobody back who is in use. Asked
   * before the transaction of the change, which may run again, so that each is counted once.
   */
  private boolean restores(Call call, UserRef ref, CustomerUserUpdate update) {
    return update.state() == UserState.ACTIVE && users.isDeleted(call.customer(), ref);
  }

  /**
   * The flag as it is stored; the password itself only if the operator wants the documents' letter.
   */
  private PasswordProfile shown(Users.Outcome outcome, @Nullable PasswordProfile given) {
    boolean mayShow = compatibility.echoesPasswords() && !outcome.isReplay();
    String password = mayShow && given != null ? given.password() : null;
    return new PasswordProfile(password, outcome.user().forceChangePassword());
  }

  private static Answer answer(
      int status, Users.Outcome outcome, @Nullable PasswordProfile profile) {
    List<Answer.Header> headers = new ArrayList<>(2);
    headers.add(tag(outcome.user()));
    headers.addAll(List.of(Answer.replayed(outcome.isReplay())));
    return new Answer(status, headers, UserView.of(outcome.user(), profile).toJson());
  }

  private static Answer.Header tag(User user) {
    return new Answer.Header("ETag", "\"" + user.version() + "\"");
  }
}
