package dev.vidame.server.admin;

import dev.vidame.directory.Directory;
import dev.vidame.directory.customers.Relationships.Relationship;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import dev.vidame.wire.JsonBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The routes of operators, outside of the compatible surface (wire-spec §10 rows 15, 21, 22).
 * Thread-safe.
 */
public final class AdminRoutes {
  static final String PARTNERS = "/admin/v1/partners";
  static final String PARTNER = PARTNERS + "/{partner}";
  private static final String RELATIONSHIPS = PARTNER + "/relationships";
  private static final String RELATIONSHIP = RELATIONSHIPS + "/{customer}";

  private final Directory directory;
  private final Supplier<UUID> newIds;

  /** Routes over a directory. */
  public AdminRoutes(Directory directory, Supplier<UUID> newIds) {
    this.directory = directory;
    this.newIds = newIds;
  }

  /** The lines of the route table. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.forOperator("GET", PARTNERS, "admin_list_partners", this::partners));
    routes.add(Route.forOperator("POST", PARTNERS, "admin_create_partner", this::createPartner));
    routes.add(Route.forOperator("GET", PARTNER, "admin_get_partner", this::partner));
    routes.add(Route.forOperator("PATCH", PARTNER, "admin_update_partner", this::updatePartner));
    routes.add(
        Route.forOperator(
            "GET", PARTNER + "/customers", "admin_list_customers", this::relationships));
    routes.add(
        Route.forOperator(
            "GET", RELATIONSHIPS, "admin_list_relationships", this::relationships));
    routes.add(
        Route.forOperator("GET", RELATIONSHIP, "admin_get_relationship", this::relationship));
    routes.add(
        Route.forOperator("PUT", RELATIONSHIP, "admin_add_relationship", this::addRelationship));
    routes.add(
        Route.forOperator(
            "DELETE", RELATIONSHIP, "admin_remove_relationship", this::removeRelationship));
    routes.addAll(new AgentRoutes(directory, newIds).routes());
    routes.addAll(new ApplicationRoutes(directory, newIds).routes());
    return routes;
  }

  /** The id in the path; what is no GUID names nothing. */
  static UUID id(Call call, int parameter) {
    return Guid.parse(call.parameter(parameter)).orElseThrow(ApiErrors::notFound);
  }

  /** The partner that the path names first. */
  static PartnerId existingPartner(Directory directory, Call call) {
    PartnerId id = new PartnerId(id(call, 0));
    if (directory.partners().get(id).isEmpty()) {
      throw ApiErrors.notFound();
    }
    return id;
  }

  static ApplicationId application(Call call) {
    return new ApplicationId(id(call, 1));
  }

  static Answer json(int status, Map<String, Object> members) {
    return Answer.json(status, JsonBody.write(members));
  }

  static Answer gone(boolean wasThere) {
    if (!wasThere) {
      throw ApiErrors.notFound();
    }
    return new Answer(204, List.of(), new byte[0]);
  }

  private Answer partners(Call call) {
    AdminPage page = AdminPage.of(call);
    return page.show(
        call,
        directory.partners().page(page.after(), page.wanted()),
        partner -> partner.id().value(),
        AdminRoutes::view);
  }

  private Answer createPartner(Call call) {
    AdminBody body = AdminBody.of(call);
    Partner wanted =
        new Partner(
            new PartnerId(body.idOr(newIds.get())),
            body.requiredText("name"),
            body.bool("sandbox").orElse(false));
    if (directory.partners().get(wanted.id()).equals(Optional.of(wanted))) {
      return json(200, view(wanted));
    }
    return json(201, view(directory.partners().create(wanted)));
  }

  private Answer partner(Call call) {
    return json(
        200,
        view(
            directory
                .partners()
                .get(new PartnerId(id(call, 0)))
                .orElseThrow(ApiErrors::notFound)));
  }

  private Answer updatePartner(Call call) {
    PartnerId id = new PartnerId(id(call, 0));
    AdminBody body = AdminBody.of(call);
    return json(
        200,
        view(
            directory
                .partners()
                .update(id, body.text("name").orElse(null), body.bool("sandbox").orElse(null))
                .orElseThrow(ApiErrors::notFound)));
  }

  private static Map<String, Object> view(Partner partner) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", partner.id());
    members.put("name", partner.name());
    members.put("sandbox", partner.isSandbox());
    return members;
  }

  private Answer relationships(Call call) {
    PartnerId partner = existingPartner(directory, call);
    AdminPage page = AdminPage.of(call);
    return page.show(
        call,
        directory.relationships().page(partner, page.after(), page.wanted()),
        relationship -> relationship.customer().value(),
        AdminRoutes::view);
  }

  private Answer relationship(Call call) {
    return json(
        200,
        view(
            directory
                .relationships()
                .get(new PartnerId(id(call, 0)), new CustomerId(id(call, 1)))
                .orElseThrow(ApiErrors::notFound)));
  }

  private Answer addRelationship(Call call) {
    PartnerId partner = new PartnerId(id(call, 0));
    return json(
        200,
        view(
            directory
                .relationships()
                .add(
                    partner,
                    new CustomerId(id(call, 1)),
                    call.operatorRequest(partner, call.jsonBody()))
                .orElseThrow(ApiErrors::notFound)));
  }

  private Answer removeRelationship(Call call) {
    PartnerId partner = new PartnerId(id(call, 0));
    return gone(
        directory
            .relationships()
            .remove(
                partner,
                new CustomerId(id(call, 1)),
                call.operatorRequest(partner, call.request().body())));
  }

  private static Map<String, Object> view(Relationship relationship) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("customerId", relationship.customer());
    members.put("companyName", relationship.companyName());
    members.put("domain", relationship.defaultDomain());
    members.put("since", relationship.since());
    return members;
  }
}
