package dev.vidame.server.admin;

import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.operators.Operator;
import dev.vidame.directory.operators.Operators;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The routes of operators about themselves. Thread-safe. */
final class OperatorRoutes {
  private static final String OPERATORS = "/admin/v1/operators";
  private static final String OPERATOR = OPERATORS + "/{operator}";

  private final Operators operators;

  OperatorRoutes(Operators operators) {
    this.operators = operators;
  }

  List<Route> routes() {
    return List.of(
        Route.forOperator("GET", OPERATORS, "admin_list_operators", this::list),
        Route.forOperator("POST", OPERATORS, "admin_create_operator", this::create),
        Route.forOperator("GET", OPERATOR, "admin_get_operator", this::get),
        Route.forOperator("DELETE", OPERATOR, "admin_delete_operator", this::delete));
  }

  private static ChangeRequest request(Call call) {
    return call.operatorRequest(Operators.NO_PARTNER, call.request().body());
  }

  private Answer list(Call call) {
    AdminPage page = AdminPage.of(call);
    return page.show(
        call, operators.page(page.after(), page.wanted()), Operator::id, OperatorRoutes::view);
  }

  /** The secret is in this answer and in no other. */
  private Answer create(Call call) {
    AdminBody body = AdminBody.of(call);
    return AdminAnswers.done(
        201,
        operators.create(body.requiredText("name"), body.request(call, Operators.NO_PARTNER)),
        created -> {
          Map<String, Object> members = view(created.operator());
          if (created.secret() != null) {
            members.put("secret", created.secret());
          }
          return members;
        });
  }

  private Answer get(Call call) {
    return AdminAnswers.shown(operators.get(AdminAnswers.id(call, 0)), OperatorRoutes::view);
  }

  private Answer delete(Call call) {
    return AdminAnswers.gone(operators.delete(AdminAnswers.id(call, 0), request(call)));
  }

  private static Map<String, Object> view(Operator operator) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", operator.id());
    members.put("name", operator.name());
    members.put("createdAt", operator.createdAt());
    return members;
  }
}
