package dev.vidame.server.admin;

import dev.vidame.directory.Directory;
import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.operators.CustomerRoles;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.GranularRoleTable.OnCustomer;
import dev.vidame.directory.partners.GranularRoleTable.Place;
import dev.vidame.directory.partners.GranularRoles;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.wire.CustomerId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes of what agents may do to one customer until it ends. Thread-safe. */
final class CustomerRoleRoutes {
  private static final String CUSTOMERS = AdminRoutes.PARTNER + "/agents/{agent}/customers";
  private static final String CUSTOMER = CUSTOMERS + "/{customer}";
  private static final String ROLE = CUSTOMER + "/roles/{granularrole}";

  private final Agents agents;
  private final CustomerRoles roles;

  CustomerRoleRoutes(Directory directory) {
    this.agents = directory.agents();
    this.roles = directory.customerRoles();
  }

  List<Route> routes() {
    return List.of(
        Route.forOperator("GET", CUSTOMERS, "admin_list_customer_roles", this::list),
        Route.forOperator("GET", CUSTOMER, "admin_get_customer_roles", this::get),
        Route.forOperator("PUT", ROLE, "admin_give_customer_role", this::give),
        Route.forOperator("DELETE", ROLE, "admin_take_customer_role", this::take));
  }

  private static AgentId agent(Call call) {
    return new AgentId(AdminAnswers.id(call, 1));
  }

  private static Place place(Call call) {
    return new Place(
        new CustomerId(AdminAnswers.id(call, 2)), AdminAnswers.partner(call), agent(call));
  }

  private static GranularRole role(Call call) {
    String text = call.parameter(3);
    return GranularRole.of(text).orElseThrow(() -> ApiErrors.unknownEnum(text));
  }

  private Answer list(Call call) {
    Optional<Agent> agent = agents.get(AdminAnswers.partner(call), agent(call));
    AdminPage page = AdminPage.of(call);
    return page.show(
        call,
        agent.map(it -> roles.page(it, page.after(), page.wanted())),
        held -> held.customer().value(),
        CustomerRoleRoutes::view);
  }

  private Answer get(Call call) {
    return AdminAnswers.shown(roles.get(place(call)), CustomerRoleRoutes::view);
  }

  private Answer give(Call call) {
    Place place = place(call);
    GranularRole role = role(call);
    AdminBody body = AdminBody.of(call);
    Instant end = moment("endsAt", body.requiredText("endsAt"));
    return AdminAnswers.done(
        200,
        roles.give(place, role, end, body.request(call, place.partner())),
        CustomerRoleRoutes::view);
  }

  private Answer take(Call call) {
    Place place = place(call);
    return AdminAnswers.gone(
        roles.take(
            place, role(call), call.operatorRequest(place.partner(), call.request().body())));
  }

  /** A moment, or the beginning of a day. */
  private static Instant moment(String name, String text) {
    try {
      return text.length() == "2026-07-01".length()
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw ApiErrors.invalidProperty(
          name, "The value must be a date, as 2026-07-01 or 2026-07-01T12:00:00Z.");
    }
  }

  private static Map<String, Object> view(OnCustomer held) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", held.customer());
    members.put("roles", ends(held.roles()));
    return members;
  }

  /** Each role with its end. */
  static Map<String, Object> ends(GranularRoles roles) {
    Map<String, Object> ends = new LinkedHashMap<>();
    roles.held().forEach(held -> ends.put(held.role().code(), held.endsAt()));
    return ends;
  }
}
