package dev.vidame.server.admin;

import dev.vidame.directory.operators.PartnerRegistry;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.ApiException;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.wire.FieldUpdate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** The routes of partners. Thread-safe. */
final class PartnerRoutes {
  private static final String PASSWORD_PROFILE = "passwordProfile";
  private static final String APP_ONLY_USERS = "allowAppOnlyUsers";
  private static final String PROFILES = "server, compatible, nist";

  private final PartnerRegistry partners;
  private final Supplier<UUID> newIds;

  PartnerRoutes(PartnerRegistry partners, Supplier<UUID> newIds) {
    this.partners = partners;
    this.newIds = newIds;
  }

  List<Route> routes() {
    return List.of(
        Route.forOperator("GET", AdminRoutes.PARTNERS, "admin_list_partners", this::list),
        Route.forOperator("POST", AdminRoutes.PARTNERS, "admin_create_partner", this::create),
        Route.forOperator("GET", AdminRoutes.PARTNER, "admin_get_partner", this::get),
        Route.forOperator("PATCH", AdminRoutes.PARTNER, "admin_update_partner", this::update),
        Route.forOperator("DELETE", AdminRoutes.PARTNER, "admin_delete_partner", this::delete));
  }

  private Answer list(Call call) {
    AdminPage page = AdminPage.of(call);
    return page.show(
        call,
        partners.page(page.after(), page.wanted()),
        partner -> partner.id().value(),
        PartnerRoutes::view);
  }

  private Answer create(Call call) {
    AdminBody body = AdminBody.of(call);
    Partner wanted =
        new Partner(
            new PartnerId(body.idOr(newIds.get())),
            body.requiredText("name"),
            body.bool("sandbox").orElse(false),
            false,
            passwords(body) instanceof FieldUpdate.Set<PasswordStandard> own ? own.value() : null,
            body.bool(APP_ONLY_USERS).orElse(false));
    return AdminAnswers.done(
        201, partners.create(wanted, body.request(call, wanted.id())), PartnerRoutes::view);
  }

  private Answer get(Call call) {
    return AdminAnswers.shown(partners.get(AdminAnswers.partner(call)), PartnerRoutes::view);
  }

  private Answer update(Call call) {
    PartnerId id = AdminAnswers.partner(call);
    AdminBody body = AdminBody.of(call);
    PartnerRegistry.Update update =
        new PartnerRegistry.Update(
            body.text("name").orElse(null),
            body.bool("sandbox").orElse(null),
            body.bool("disabled").orElse(null),
            passwords(body),
            body.bool(APP_ONLY_USERS).orElse(null));
    return AdminAnswers.done(
        200, partners.update(id, update, body.request(call, id)), PartnerRoutes::view);
  }

  /** A standard of its own, or the server's again. */
  private static FieldUpdate<PasswordStandard> passwords(AdminBody body) {
    return body.text(PASSWORD_PROFILE)
        .map(text ->
            text.equalsIgnoreCase(PartnerRegistry.SERVERS)
                ? FieldUpdate.<PasswordStandard>clear()
                : PasswordStandard.of(text)
                    .map(FieldUpdate::set)
                    .orElseThrow(PartnerRoutes::unknownProfile))
        .orElse(FieldUpdate.keep());
  }

  private static ApiException unknownProfile() {
    return ApiErrors.invalidProperty(PASSWORD_PROFILE, "The value must be one of: %s.", PROFILES);
  }

  private Answer delete(Call call) {
    PartnerId id = AdminAnswers.partner(call);
    return AdminAnswers.gone(partners.delete(id, call.operatorRequest(id, call.request().body())));
  }

  private static Map<String, Object> view(Partner partner) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", partner.id());
    members.put("name", partner.name());
    members.put("sandbox", partner.isSandbox());
    members.put("disabled", partner.isDisabled());
    members.put(PASSWORD_PROFILE, PartnerRegistry.profile(partner));
    members.put(APP_ONLY_USERS, partner.allowsAppOnlyUsers());
    return members;
  }
}
