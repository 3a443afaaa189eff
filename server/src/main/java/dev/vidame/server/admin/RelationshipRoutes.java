package dev.vidame.server.admin;

import dev.vidame.directory.Directory;
import dev.vidame.directory.customers.Relationships;
import dev.vidame.directory.customers.Relationships.Relationship;
import dev.vidame.directory.operators.PartnerRegistry;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.wire.CustomerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The routes of a partner's relationships with customers. Thread-safe. */
final class RelationshipRoutes {
  private static final String CUSTOMERS = AdminRoutes.PARTNER + "/customers";
  private static final String CUSTOMER = CUSTOMERS + "/{customer}";

  private final PartnerRegistry partners;
  private final Relationships relationships;

  RelationshipRoutes(Directory directory) {
    this.partners = directory.partnerRegistry();
    this.relationships = directory.relationships();
  }

  List<Route> routes() {
    return List.of(
        Route.forOperator("GET", CUSTOMERS, "admin_list_relationships", this::list),
        Route.forOperator("GET", CUSTOMER, "admin_get_relationship", this::get),
        Route.forOperator("PUT", CUSTOMER, "admin_begin_relationship", this::begin),
        Route.forOperator("DELETE", CUSTOMER, "admin_end_relationship", this::end));
  }

  private static CustomerId customer(Call call) {
    return new CustomerId(AdminAnswers.id(call, 1));
  }

  private Answer list(Call call) {
    PartnerId partner = AdminAnswers.partner(call);
    AdminPage page = AdminPage.of(call);
    return page.show(
        call,
        partners.get(partner).map(it -> relationships.page(it.id(), page.after(), page.wanted())),
        relationship -> relationship.customer().value(),
        RelationshipRoutes::view);
  }

  private Answer get(Call call) {
    return AdminAnswers.shown(
        relationships.get(AdminAnswers.partner(call), customer(call)), RelationshipRoutes::view);
  }

  private Answer begin(Call call) {
    return AdminAnswers.done(
        200,
        relationships.add(AdminAnswers.partner(call), customer(call), AdminAnswers.request(call)),
        RelationshipRoutes::view);
  }

  private Answer end(Call call) {
    return AdminAnswers.gone(
        relationships.remove(
            AdminAnswers.partner(call), customer(call), AdminAnswers.request(call)));
  }

  private static Map<String, Object> view(Relationship relationship) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", relationship.customer());
    members.put("companyName", relationship.companyName());
    members.put("domain", relationship.defaultDomain());
    members.put("since", relationship.since());
    return members;
  }
}
