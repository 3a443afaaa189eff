package dev.vidame.server.admin;

import dev.vidame.directory.Directory;
import dev.vidame.directory.customers.Customers;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.licenses.Skus;
import dev.vidame.directory.operators.Operators;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.wire.CollectionPage;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.SkuDefinition;
import dev.vidame.wire.SubscribedSku;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * The routes of what customers subscribe to. Bodies have the form of {@code subscribedskus}, so
 * that what was read can be changed and sent back. Thread-safe.
 */
final class SkuRoutes {
  private static final String SKUS = "/admin/v1/customers/{customer}/skus";
  private static final String SKU = SKUS + "/{sku}";

  private final Customers customers;
  private final Skus skus;

  SkuRoutes(Directory directory) {
    this.customers = directory.customers();
    this.skus = directory.skus();
  }

  List<Route> routes() {
    return List.of(
        Route.forOperator("GET", SKUS, "admin_list_skus", this::list),
        Route.forOperator("GET", SKU, "admin_get_sku", this::get),
        Route.forOperator("PUT", SKU, "admin_define_sku", this::define),
        Route.forOperator("PATCH", SKU, "admin_set_sku_units", this::setUnits),
        Route.forOperator("DELETE", SKU, "admin_remove_sku", this::remove));
  }

  private static CustomerId customer(Call call) {
    return new CustomerId(AdminAnswers.id(call, 0));
  }

  private static ChangeRequest request(Call call) {
    return call.operatorRequest(Operators.NO_PARTNER, call.request().body());
  }

  private Answer list(Call call) {
    CustomerId customer = customer(call);
    if (customers.get(customer).isEmpty()) {
      throw ApiErrors.notFound();
    }
    List<SubscribedSku> all = skus.list(customer, EnumSet.allOf(LicenseGroup.class));
    return Answer.json(
        200, CollectionPage.whole(all.stream().map(SubscribedSku::toJson).toList()).toJson());
  }

  private Answer get(Call call) {
    return Answer.json(
        200, skus.get(customer(call), call.parameter(1)).orElseThrow(ApiErrors::notFound).toJson());
  }

  private Answer define(Call call) {
    AdminBody body = AdminBody.of(call);
    SubscribedSku sku = SkuDefinition.read(body.json(), Optional.of(call.parameter(1)));
    return shown(skus.define(customer(call), sku, body.request(call, Operators.NO_PARTNER)));
  }

  private Answer setUnits(Call call) {
    AdminBody body = AdminBody.of(call);
    return shown(
        skus.changeUnits(
            customer(call),
            call.parameter(1),
            now -> SkuDefinition.units(body.json(), now),
            body.request(call, Operators.NO_PARTNER)));
  }

  private Answer remove(Call call) {
    return AdminAnswers.gone(skus.remove(customer(call), call.parameter(1), request(call)));
  }

  private static Answer shown(Optional<Done<SubscribedSku>> outcome) {
    Done<SubscribedSku> done = outcome.orElseThrow(ApiErrors::notFound);
    return Answer.json(200, done.value().toJson(), Answer.replayed(done.isReplay()));
  }
}
