package dev.vidame.server.dashboard;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.users.User;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.MassCaps;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Text;
import java.util.List;

/**
 * Deletes accounts. Thread-safe. Nobody is asked whether they are sure: what was deleted can be
 * brought back, and that is offered at once.
 */
final class DeletionPages {
  private final Desk desk;
  private final UserPages users;

  DeletionPages(Desk desk, UserPages users) {
    this.desk = desk;
    this.users = users;
  }

  List<Route> routes() {
    return List.of(
        Route.pageOnCustomer(
            "POST", UserPages.USER + "/delete", Operation.DELETE_USER, this::delete));
  }

  private Answer delete(Call call) {
    User user = desk.directory().users().get(call.customer(), desk.ref(call));
    ChangeRequest request =
        desk.caps().count(MassCaps.Kind.DELETION, call, Form.of(call).changeRequest());
    try {
      var _ = desk.directory().users().delete(call.customer(), desk.ref(call), request);
      desk.session(call)
          .tell(
              Notice.deleted(
                  Text.of("%s was deleted.", user.displayName()),
                  new Notice.Deleted(call.customer(), user.id())));
      return Desk.to(CustomerHead.path(call.customer()) + "/users");
    } catch (DirectoryException e) {
      return users.again(call, 400, desk.refused(call, Operation.DELETE_USER, e));
    }
  }
}
