package dev.vidame.server.dashboard;

import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.SubscribedSku;
import java.util.List;

/** The page of what a customer subscribes to. Thread-safe. */
final class LicensePages {
  private final Desk desk;

  LicensePages(Desk desk) {
    this.desk = desk;
  }

  /**
   * The page.
   *
   * @param frame what every page has
   * @param head what pages on a customer have
   * @param skus the products
   */
  record Listed(Frame frame, CustomerHead head, List<SubscribedSku> skus) {}

  List<Route> routes() {
    return List.of(
        Route.pageOnCustomer(
            "GET",
            SignInRoutes.HOME + "/{customer}/licenses",
            Operation.LIST_SUBSCRIBED_SKUS,
            this::list));
  }

  private Answer list(Call call) {
    return desk.templates()
        .page(
            200,
            "licenses",
            new Listed(
                desk.frame(call, Text.of("Licences")),
                desk.head(call),
                desk.directory().skus().list(call.customer(), UserPages.ALL_GROUPS)));
  }
}
