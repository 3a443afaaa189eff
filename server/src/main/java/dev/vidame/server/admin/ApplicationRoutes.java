package dev.vidame.server.admin;

import dev.vidame.directory.Directory;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Applications;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of a partner's applications and their secrets. Thread-safe. */
final class ApplicationRoutes {
  private static final String APPLICATIONS = AdminRoutes.PARTNER + "/applications";
  private static final String APPLICATION = APPLICATIONS + "/{application}";
  private static final String SECRETS = APPLICATION + "/secrets";

  private final Directory directory;
  private final Supplier<UUID> newIds;

  ApplicationRoutes(Directory directory, Supplier<UUID> newIds) {
    this.directory = directory;
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

  private static PartnerId partner(Call call) {
    return new PartnerId(AdminRoutes.id(call, 0));
  }

  private Answer list(Call call) {
    PartnerId partner = AdminRoutes.existingPartner(directory, call);
    AdminPage page = AdminPage.of(call);
    return page.show(
        call,
        directory.applications().page(partner, page.after(), page.wanted()),
        application -> application.id().value(),
        application -> view(application, null));
  }

  /** The secret is in this answer and in no other; asked for again, it stays out. */
  private Answer create(Call call) {
    PartnerId partner = AdminRoutes.existingPartner(directory, call);
    AdminBody body = AdminBody.of(call);
    boolean isConfidential = !body.bool("public").orElse(false);
    Application wanted =
        new Application(
            new ApplicationId(body.idOr(newIds.get())),
            partner,
            body.requiredText("name"),
            isConfidential);
    if (directory.partners().application(wanted.id()).equals(Optional.of(wanted))) {
      return AdminRoutes.json(200, view(wanted, null));
    }
    String secret = isConfidential ? directory.applications().newSecret() : null;
    return AdminRoutes.json(
        201, view(directory.partners().createApplication(wanted, secret), secret));
  }

  private Answer get(Call call) {
    return shown(directory.applications().get(partner(call), AdminRoutes.application(call)));
  }

  private Answer update(Call call) {
    AdminBody body = AdminBody.of(call);
    return shown(
        directory
            .applications()
            .update(
                partner(call),
                AdminRoutes.application(call),
                body.text("name").orElse(null),
                body.bool("disabled").orElse(null)));
  }

  private Answer delete(Call call) {
    return AdminRoutes.gone(
        directory.applications().delete(partner(call), AdminRoutes.application(call)));
  }

  private Answer secrets(Call call) {
    List<Applications.Secret> secrets =
        directory
            .applications()
            .secrets(partner(call), AdminRoutes.application(call))
            .orElseThrow(ApiErrors::notFound);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("totalCount", secrets.size());
    members.put("items", secrets.stream().map(secret -> view(secret, null)).toList());
    return AdminRoutes.json(200, members);
  }

  private Answer addSecret(Call call) {
    Applications.NewSecret added =
        directory
            .applications()
            .addSecret(partner(call), AdminRoutes.application(call))
            .orElseThrow(ApiErrors::notFound);
    return AdminRoutes.json(201, view(added.secret(), added.text()));
  }

  private Answer removeSecret(Call call) {
    return AdminRoutes.gone(
        directory
            .applications()
            .removeSecret(partner(call), AdminRoutes.application(call), AdminRoutes.id(call, 2)));
  }

  private static Answer shown(Optional<Application> application) {
    return AdminRoutes.json(200, view(application.orElseThrow(ApiErrors::notFound), null));
  }

  private static Map<String, Object> view(Applications.Secret secret, @Nullable String text) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", secret.id());
    members.put("createdAt", secret.createdAt());
    if (text != null) {
      members.put("secret", text);
    }
    return members;
  }

  private static Map<String, Object> view(Application application, @Nullable String secret) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", application.id());
    members.put("name", application.name());
    members.put("public", !application.isConfidential());
    members.put("disabled", application.isDisabled());
    if (secret != null) {
      members.put("secret", secret);
    }
    return members;
  }
}
