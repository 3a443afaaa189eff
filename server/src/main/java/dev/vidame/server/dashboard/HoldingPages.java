package dev.vidame.server.dashboard;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.Guid;
import dev.vidame.wire.LicenseUpdate;
import dev.vidame.wire.SubscribedSku;
import java.util.List;

/** Gives and takes directory roles and licences. Thread-safe. */
final class HoldingPages {
  private final Desk desk;
  private final UserPages users;

  HoldingPages(Desk desk, UserPages users) {
    this.desk = desk;
    this.users = users;
  }

  List<Route> routes() {
    return List.of(
        Route.pageOnCustomer(
            "POST", UserPages.USER + "/roles/add", Operation.ADD_ROLE_MEMBER, this::addRole),
        Route.pageOnCustomer(
            "POST",
            UserPages.USER + "/roles/remove",
            Operation.REMOVE_ROLE_MEMBER,
            this::removeRole),
        Route.pageOnCustomer(
            "POST",
            UserPages.USER + "/licenses",
            Operation.UPDATE_USER_LICENSES,
            this::changeLicense));
  }

  private Answer addRole(Call call) {
    Form form = Form.of(call);
    DirectoryRole role = role(form);
    return changed(
        call,
        Operation.ADD_ROLE_MEMBER,
        "#roles",
        () -> {
          var _ =
              desk.directory()
                  .roles()
                  .add(call.customer(), role, desk.ref(call), form.changeRequest());
          return Text.of("The role %s was given.", role.wireName());
        });
  }

  private Answer removeRole(Call call) {
    Form form = Form.of(call);
    DirectoryRole role = role(form);
    return changed(
        call,
        Operation.REMOVE_ROLE_MEMBER,
        "#roles",
        () -> {
          var _ =
              desk.directory()
                  .roles()
                  .remove(call.customer(), role, desk.ref(call), form.changeRequest());
          return Text.of("The role %s was taken away.", role.wireName());
        });
  }

  private static DirectoryRole role(Form form) {
    return Guid.parse(form.field("role"))
        .flatMap(DirectoryRole::of)
        .orElseThrow(ApiErrors::notFound);
  }

  private Answer changeLicense(Call call) {
    Form form = Form.of(call);
    SubscribedSku sku =
        desk.directory()
            .skus()
            .get(call.customer(), form.field("sku"))
            .orElseThrow(ApiErrors::notFound);
    String id = sku.product().id();
    boolean isRemoval = form.field("do").equals("remove");
    LicenseUpdate update =
        isRemoval
            ? new LicenseUpdate(List.of(), List.of(id))
            : new LicenseUpdate(List.of(new LicenseUpdate.Assignment(id, List.of())), List.of());
    return changed(
        call,
        Operation.UPDATE_USER_LICENSES,
        "#licenses",
        () -> {
          var _ =
              desk.directory()
                  .licenses()
                  .update(call.customer(), desk.ref(call), update, form.changeRequest());
          return isRemoval
              ? Text.of("The licence of %s was removed.", sku.product().name())
              : Text.of("A licence of %s was assigned.", sku.product().name());
        });
  }

  /** Something that is done to an account, and what is said of it then. */
  @FunctionalInterface
  private interface Work {
    Text run();
  }

  private Answer changed(Call call, Operation operation, String place, Work work) {
    try {
      desk.session(call).tell(Notice.done(work.run()));
      return Desk.to(users.path(call) + place);
    } catch (DirectoryException e) {
      return users.again(call, 400, desk.refused(call, operation, e));
    }
  }
}
