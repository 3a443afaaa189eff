package dev.vidame.server.licenses;

import dev.vidame.directory.licenses.Licenses;
import dev.vidame.directory.licenses.Skus;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Query;
import dev.vidame.server.http.Route;
import dev.vidame.server.users.UserRefs;
import dev.vidame.wire.CollectionPage;
import dev.vidame.wire.License;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.LicenseUpdate;
import dev.vidame.wire.SubscribedSku;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The routes of subscribed SKUs and licences (wire-spec §5). Thread-safe. */
public final class LicenseRoutes {
  private static final String SKUS = "/v1/customers/{customer}/subscribedskus";
  private static final String USER = "/v1/customers/{customer}/users/{user}";

  private final Skus skus;
  private final Licenses licenses;

  /** Routes over the directory's licences. */
  public LicenseRoutes(Skus skus, Licenses licenses) {
    this.skus = skus;
    this.licenses = licenses;
  }

  /** The lines of the route table. */
  public List<Route> routes() {
    return List.of(
        Route.onCustomer("GET", SKUS, Operation.LIST_SUBSCRIBED_SKUS, this::skus),
        Route.onCustomer("GET", USER + "/licenses", Operation.LIST_USER_LICENSES, this::licenses),
        Route.onCustomer(
            "POST", USER + "/licenseupdates", Operation.UPDATE_USER_LICENSES, this::update));
  }

  private Answer skus(Call call) {
    return list(
        skus.list(call.customer(), groups(call.query())).stream()
            .map(SubscribedSku::toJson)
            .toList());
  }

  private Answer licenses(Call call) {
    return list(
        licenses
            .of(call.customer(), UserRefs.read(call.parameter(1)), groups(call.query()))
            .stream()
            .map(License::toJson)
            .toList());
  }

  /** As documented, these lists have no links. */
  private static Answer list(List<byte[]> items) {
    return Answer.json(200, CollectionPage.whole(items).toJson());
  }

  /**
   * The parameter may be repeated, and hold several groups with commas between them. One client
   * loses the parameter's name, and so gets what is answered without it.
   */
  private static Set<LicenseGroup> groups(Query query) {
    Set<LicenseGroup> groups = EnumSet.noneOf(LicenseGroup.class);
    for (String value : query.all("licenseGroupIds")) {
      for (String text : value.split(",", -1)) {
        String name = text.strip();
        if (!name.isEmpty() && !name.equalsIgnoreCase("none")) {
          groups.add(LicenseGroup.of(name).orElseThrow(() -> ApiErrors.unknownEnum(name)));
        }
      }
    }
    return groups.isEmpty() ? EnumSet.of(LicenseGroup.GROUP1) : groups;
  }

  private Answer update(Call call) {
    byte[] body = call.jsonBody();
    LicenseUpdate update = LicenseUpdate.fromJson(body);
    boolean isReplay =
        licenses.update(
            call.customer(), UserRefs.read(call.parameter(1)), update, call.changeRequest(body));
    return Answer.json(201, update.toJson(), Answer.replayed(isReplay));
  }
}
