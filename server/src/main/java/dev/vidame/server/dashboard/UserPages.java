package dev.vidame.server.dashboard;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.UpdateReach;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.Users;
import dev.vidame.server.access.AccessDecision;
import dev.vidame.server.access.Operation;
import dev.vidame.server.dashboard.Notice.Sentence;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.MassCaps;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.License;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.SubscribedSku;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The page of one account, and its edits. Thread-safe. */
final class UserPages {
  static final String USER = SignInRoutes.HOME + "/{customer}/users/{user}";
  static final Set<LicenseGroup> ALL_GROUPS = EnumSet.allOf(LicenseGroup.class);

  private final Desk desk;
  private final Meanwhile meanwhile;

  UserPages(Desk desk) {
    this.desk = desk;
    this.meanwhile = new Meanwhile(desk);
  }

  /**
   * What the reader may do to an account.
   *
   * @param edit whether change its properties, and bring it back
   * @param resetPassword whether give it another password, at least where it has no role
   * @param delete whether delete it
   * @param addRole whether give it roles
   * @param removeRole whether take them
   * @param changeLicenses whether assign and remove licences
   */
  @SuppressWarnings("TooManyParameters") // one for each button
  record May(
      boolean edit,
      boolean resetPassword,
      boolean delete,
      boolean addRole,
      boolean removeRole,
      boolean changeLicenses) {}

  /**
   * What an account holds, as far as the reader may know.
   *
   * @param roles those that it has; null where the reader may not know
   * @param licenses those that it has; null where the reader may not know
   * @param skus what could be assigned; null where the reader may not know
   */
  record Held(
      @Nullable List<DirectoryRole> roles,
      @Nullable List<License> licenses,
      @Nullable List<SubscribedSku> skus) {
    /** The roles that it does not have. */
    List<DirectoryRole> otherRoles() {
      List<DirectoryRole> had = roles == null ? List.of() : roles;
      return List.of(DirectoryRole.values()).stream().filter(role -> !had.contains(role)).toList();
    }

    /** The products that it has no licence of, and that accounts can have one of. */
    List<SubscribedSku> otherSkus() {
      List<String> had =
          licenses == null
              ? List.of()
              : licenses.stream().map(license -> license.product().id()).toList();
      return skus == null
          ? List.of()
          : skus.stream()
              .filter(sku -> sku.product().targetType().equals("User"))
              .filter(sku -> !had.contains(sku.product().id()))
              .toList();
    }
  }

  /**
   * An account.
   *
   * @param frame what every page has
   * @param head what pages on a customer have
   * @param user the account
   * @param edited the form
   * @param may what the reader may do
   * @param held what the account holds
   */
  @SuppressWarnings("TooManyParameters") // all that the page shows
  record Shown(Frame frame, CustomerHead head, User user, EditedUser edited, May may, Held held) {
    String path() {
      return head.path() + "/users/" + user.id();
    }
  }

  List<Route> routes() {
    return List.of(
        Route.pageOnCustomer("GET", USER, Operation.GET_USER, this::show),
        Route.pageOnCustomer("POST", USER, Operation.UPDATE_USER, this::save),
        Route.pageOnCustomer("POST", USER + "/restore", Operation.UPDATE_USER, this::restore));
  }

  /** Whether the reader may change properties, which some who may reset passwords may not. */
  static boolean mayEdit(Desk desk, Call call) {
    AccessDecision decision = desk.rights().decide(call, call.customer(), Operation.UPDATE_USER);
    return switch (decision) {
      case AccessDecision.Allow all -> true;
      case AccessDecision.AllowWithin(UpdateReach reach) -> reach == UpdateReach.ORDINARY_PASSWORDS;
      case AccessDecision.Deny deny -> false;
    };
  }

  private Answer show(Call call) {
    User user = desk.directory().users().get(call.customer(), desk.ref(call));
    return page(call, 200, user, EditedUser.of(user), null);
  }

  /** The page of an account with something to say, because it was not changed. */
  Answer again(Call call, int status, Notice notice) {
    User user = desk.directory().users().get(call.customer(), desk.ref(call));
    return page(call, status, user, EditedUser.of(user), notice);
  }

  @SuppressWarnings("TooManyParameters") // all that the page is made of
  private Answer page(
      Call call, int status, User user, EditedUser edited, @Nullable Notice notice) {
    return desk.templates()
        .page(
            status,
            "user",
            new Shown(
                desk.frame(call, Text.of("User"), notice),
                desk.head(call),
                user,
                edited,
                may(call),
                held(call, user)));
  }

  private May may(Call call) {
    CustomerId customer = call.customer();
    Rights rights = desk.rights();
    return new May(
        mayEdit(desk, call),
        rights.may(call, customer, Operation.RESET_PASSWORD),
        rights.may(call, customer, Operation.DELETE_USER),
        rights.may(call, customer, Operation.ADD_ROLE_MEMBER),
        rights.may(call, customer, Operation.REMOVE_ROLE_MEMBER),
        rights.may(call, customer, Operation.UPDATE_USER_LICENSES));
  }

  private Held held(Call call, User user) {
    CustomerId customer = call.customer();
    Rights rights = desk.rights();
    boolean isInUse = !user.isDeleted();
    return new Held(
        isInUse && rights.may(call, customer, Operation.LIST_USER_ROLES)
            ? desk.directory().roles().of(customer, desk.ref(call))
            : null,
        isInUse && rights.may(call, customer, Operation.LIST_USER_LICENSES)
            ? desk.directory().licenses().of(customer, desk.ref(call), ALL_GROUPS)
            : null,
        isInUse && rights.may(call, customer, Operation.LIST_SUBSCRIBED_SKUS)
            ? desk.directory().skus().list(customer, ALL_GROUPS)
            : null);
  }

  private Answer save(Call call) {
    Form form = Form.of(call);
    EditedUser edited = EditedUser.of(form);
    if (edited.isUnchanged()) {
      desk.session(call).tell(Notice.done(Text.of("Nothing was changed.")));
      return Desk.to(path(call));
    }
    List<Sentence> missing = edited.missing();
    if (!missing.isEmpty()) {
      return faulty(call, edited, 400, Notice.fault(missing));
    }
    try {
      Users.Outcome outcome =
          update(
              call,
              edited.toUpdate(),
              new EntityTag.Exactly(edited.version()),
              form.changeRequest());
      desk.session(call).tell(Notice.done(Text.of("%s was saved.", outcome.user().displayName())));
      return Desk.to(path(call));
    } catch (DirectoryException e) {
      if (e.failure() instanceof Failure.VersionMismatch mismatch) {
        desk.refusals().refused(call, Operation.UPDATE_USER, ApiErrors.of(mismatch));
        return conflict(call, edited);
      }
      int status = e.failure() instanceof Failure.Conflict ? 409 : 400;
      return faulty(call, edited, status, desk.refused(call, Operation.UPDATE_USER, e));
    }
  }

  /** The form as it was filled in, with what is wrong. */
  private Answer faulty(Call call, EditedUser edited, int status, Notice notice) {
    User user = desk.directory().users().get(call.customer(), desk.ref(call));
    return page(call, status, user, edited, notice);
  }

  private Answer conflict(Call call, EditedUser edited) {
    User now = desk.directory().users().get(call.customer(), desk.ref(call));
    return desk.templates()
        .page(
            409,
            "conflict",
            new ConflictPage(
                desk.frame(call, Text.of("Somebody else has changed this account")),
                desk.head(call),
                now,
                edited,
                meanwhile.since(call, now, edited.version())));
  }

  private Answer restore(Call call) {
    ChangeRequest request =
        desk.caps().count(MassCaps.Kind.RESTORATION, call, Form.of(call).changeRequest());
    try {
      Users.Outcome outcome =
          update(
              call, CustomerUserUpdate.builder().restore().build(), new EntityTag.Any(), request);
      desk.session(call)
          .tell(Notice.done(Text.of("%s was restored.", outcome.user().displayName())));
      return Desk.to(path(call));
    } catch (DirectoryException e) {
      int status = e.failure() instanceof Failure.Conflict ? 409 : 400;
      return again(call, status, desk.refused(call, Operation.UPDATE_USER, e));
    }
  }

  /** As far as the reader's right reaches. */
  private Users.Outcome update(
      Call call, CustomerUserUpdate update, EntityTag expected, ChangeRequest request) {
    Users users = desk.directory().users();
    return call.reach().isPresent()
        ? users.updateWithin(
            call.reach().get(), call.customer(), desk.ref(call), update, expected, request)
        : users.update(call.customer(), desk.ref(call), update, expected, request);
  }

  String path(Call call) {
    return CustomerHead.path(call.customer()) + "/users/" + desk.user(call);
  }
}
