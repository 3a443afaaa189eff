package dev.vidame.server.admin;

import dev.vidame.directory.Directory;
import dev.vidame.directory.operators.Applications;
import dev.vidame.directory.operators.Applications.NewSecret;
import dev.vidame.directory.operators.PartnerRegistry;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.ApplicationTable.Secret;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of a partner's applications and their secrets. Thread-safe. */
final class ApplicationRoutes {
  private static final String APPLICATIONS = AdminRoutes.PARTNER + "/applications";
  private static final String APPLICATION = APPLICATIONS + "/{application}";
  private static final String SECRETS = APPLICATION + "/secrets";

  private final PartnerRegistry partners;
  private final Applications applications;
  private final Supplier<UUID> newIds;

  ApplicationRoutes(Directory directory, Supplier<UUID> newIds) {
    this.partners = directory.partnerRegistry();
    this.applications = directory.applications();
    this.newIds = newIds;
  }

  List<Route> routes() {
    return List.of(
        Route.forOperator("GET", APPLICATIONS, "admin_list_applications", this::list),
        Route.forOperator("POST", APPLICATIONS, "admin_create_application", this::create),
        Route.forOperator("GET", APPLICATION, "admin_get_application", this::get),
        Route.forOperator("PATCH", APPLICATION, "admin_update_application", this::update),
        Route.forOperator("DELETE", APPLICATION, "admin_delete_application", this::delete),
        Route.forOperator("GET", SECRETS, "admin_list_secrets", this::secrets),
        Route.forOperator("POST", SECRETS, "admin_add_secret", this::addSecret),
        Route.forOperator(
            "DELETE", SECRETS + "/{secret}", "admin_remove_secret", this::removeSecret));
  }

  private Answer list(Call call) {
    PartnerId partner = AdminAnswers.partner(call);
    AdminPage page = AdminPage.of(call);
    return page.show(
        call,
        partners.get(partner).map(it -> applications.page(it.id(), page.after(), page.wanted())),
        application -> application.id().value(),
        application -> view(application, null));
  }

  /** The secret is in this answer and in no other. */
  private Answer create(Call call) {
    AdminBody body = AdminBody.of(call);
    Application wanted =
        new Application(
            new ApplicationId(body.idOr(newIds.get())),
            AdminAnswers.partner(call),
            body.requiredText("name"),
            !body.bool("public").orElse(false),
            false,
            body.redirectUris().orElse(List.of()));
    return AdminAnswers.done(
        201,
        applications.create(wanted, body.request(call, wanted.partner())),
        created -> view(created.application(), created.secret()));
  }

  private Answer get(Call call) {
    return AdminAnswers.shown(
        applications.get(AdminAnswers.partner(call), AdminAnswers.application(call)),
        application -> view(application, null));
  }

  private Answer update(Call call) {
    PartnerId partner = AdminAnswers.partner(call);
    AdminBody body = AdminBody.of(call);
    Applications.Update update =
        new Applications.Update(
            body.text("name").orElse(null),
            body.bool("disabled").orElse(null),
            body.redirectUris().orElse(null));
    return AdminAnswers.done(
        200,
        applications.update(
            partner, AdminAnswers.application(call), update, body.request(call, partner)),
        application -> view(application, null));
  }

  private Answer delete(Call call) {
    return AdminAnswers.gone(
        applications.delete(
            AdminAnswers.partner(call),
            AdminAnswers.application(call),
            AdminAnswers.request(call)));
  }

  private Answer secrets(Call call) {
    List<Secret> secrets =
        applications
            .secrets(AdminAnswers.partner(call), AdminAnswers.application(call))
            .orElseThrow(ApiErrors::notFound);
    return AdminAnswers.json(200, AdminAnswers.list(secrets, ApplicationRoutes::view));
  }

  private Answer addSecret(Call call) {
    return AdminAnswers.done(
        201,
        applications.addSecret(
            AdminAnswers.partner(call), AdminAnswers.application(call), AdminAnswers.request(call)),
        ApplicationRoutes::view);
  }

  private Answer removeSecret(Call call) {
    return AdminAnswers.gone(
        applications.removeSecret(
            AdminAnswers.partner(call),
            AdminAnswers.application(call),
            AdminAnswers.id(call, 2),
            AdminAnswers.request(call)));
  }

  private static Map<String, Object> view(Secret secret) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", secret.id());
    members.put("createdAt", secret.createdAt());
    return members;
  }

  private static Map<String, Object> view(NewSecret added) {
    Map<String, Object> members = view(added.secret());
    if (added.text() != null) {
      members.put("secret", added.text());
    }
    return members;
  }

  private static Map<String, Object> view(Application application, @Nullable String secret) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", application.id());
    members.put("name", application.name());
    members.put("public", !application.isConfidential());
    members.put("disabled", application.isDisabled());
    members.put("redirectUris", application.redirectUris());
    if (secret != null) {
      members.put("secret", secret);
    }
    return members;
  }
}
