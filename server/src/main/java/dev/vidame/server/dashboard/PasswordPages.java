package dev.vidame.server.dashboard;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.Users;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.MassCaps;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page that gives an account another password. Thread-safe. The server makes it, and shows it
 * once: it is nowhere but in the session until then, and in no address.
 */
final class PasswordPages {
  private static final String PASSWORD = UserPages.USER + "/password";

  private final Desk desk;
  private final UserPages users;
  private final NewPasswords passwords;

  PasswordPages(Desk desk, UserPages users, NewPasswords passwords) {
    this.desk = desk;
    this.users = users;
    this.passwords = passwords;
  }

  /**
   * The page.
   *
   * @param frame what every page has
   * @param head what pages on a customer have
   * @param user the account
   * @param password the one that was just made; null before that
   */
  record Shown(Frame frame, CustomerHead head, User user, @Nullable String password) {
    String path() {
      return head.path() + "/users/" + user.id();
    }

    /** Never shows the password. */
    @Override
    public String toString() {
      return "Shown[" + user.id() + "]";
    }
  }

  List<Route> routes() {
    return List.of(
        Route.pageOnCustomer("GET", PASSWORD, Operation.RESET_PASSWORD, this::show),
        Route.pageOnCustomer("POST", PASSWORD, Operation.RESET_PASSWORD, this::reset));
  }

  private Answer show(Call call) {
    User user = desk.directory().users().get(call.customer(), desk.ref(call));
    return desk.templates()
        .page(
            200,
            "password",
            new Shown(
                desk.frame(call, Text.of("Reset the password")),
                desk.head(call),
                user,
                desk.session(call).onceOf(user.id().value()).orElse(null)));
  }

  private Answer reset(Call call) {
    Form form = Form.of(call);
    boolean mustChange = form.field("force").equals("on");
    String password = passwords.next();
    CustomerUserUpdate update =
        CustomerUserUpdate.builder()
            .passwordProfile(new PasswordProfile(password, mustChange))
            .build();
    ChangeRequest request = desk.caps().count(MassCaps.Kind.RESET, call, form.changeRequest());
    try {
      Users.Outcome outcome = update(call, update, request);
      if (outcome.isReplay()) {
        desk.session(call).tell(NewPasswords.sentBefore());
      } else {
        desk.session(call).keepOnce(outcome.user().id().value(), password);
      }
      return Desk.to(users.path(call) + "/password");
    } catch (DirectoryException e) {
      return users.again(call, 400, desk.refused(call, Operation.RESET_PASSWORD, e));
    }
  }

  private Users.Outcome update(Call call, CustomerUserUpdate update, ChangeRequest request) {
    Users all = desk.directory().users();
    return call.reach().isPresent()
        ? all.updateWithin(
            call.reach().get(),
            call.customer(),
            desk.ref(call),
            update,
            new EntityTag.Any(),
            request)
        : all.update(call.customer(), desk.ref(call), update, new EntityTag.Any(), request);
  }
}
