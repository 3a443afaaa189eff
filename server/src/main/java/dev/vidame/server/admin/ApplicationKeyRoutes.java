package dev.vidame.server.admin;

import dev.vidame.directory.Directory;
import dev.vidame.directory.operators.ApplicationKeys;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.ApplicationKey;
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

/** The routes of the public keys with which applications prove who they are. Thread-safe. */
final class ApplicationKeyRoutes {
  private static final String KEYS = AdminRoutes.PARTNER + "/applications/{application}/keys";

  private final ApplicationKeys keys;
  private final Supplier<UUID> newIds;

  ApplicationKeyRoutes(Directory directory, Supplier<UUID> newIds) {
    this.keys = directory.applicationKeys();
    this.newIds = newIds;
  }

  List<Route> routes() {
    return List.of(
        Route.forOperator("GET", KEYS, "admin_list_application_keys", this::list),
        Route.forOperator("POST", KEYS, "admin_add_application_key", this::add),
        Route.forOperator("DELETE", KEYS + "/{key}", "admin_remove_application_key", this::remove));
  }

  private Answer list(Call call) {
    List<ApplicationKey> found =
        keys.list(AdminAnswers.partner(call), AdminAnswers.application(call))
            .orElseThrow(ApiErrors::notFound);
    return AdminAnswers.json(200, AdminAnswers.list(found, ApplicationKeyRoutes::view));
  }

  private Answer add(Call call) {
    PartnerId partner = AdminAnswers.partner(call);
    ApplicationId application = AdminAnswers.application(call);
    AdminBody body = AdminBody.of(call);
    return AdminAnswers.done(
        201,
        keys.add(
            partner, application, GivenKey.of(body, newIds.get()), body.request(call, partner)),
        ApplicationKeyRoutes::view);
  }

  private Answer remove(Call call) {
    return AdminAnswers.gone(
        keys.remove(
            AdminAnswers.partner(call),
            AdminAnswers.application(call),
            AdminAnswers.id(call, 2),
            AdminAnswers.request(call)));
  }

  private static Map<String, Object> view(ApplicationKey key) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", key.id());
    members.put("createdAt", key.createdAt());
    putKnown(members, "kid", key.names().name());
    putKnown(members, "sha1Thumbprint", key.names().sha1());
    putKnown(members, "sha256Thumbprint", key.names().sha256());
    ApplicationKey.Validity validity = key.validity();
    if (validity != null) {
      members.put("notBefore", validity.from());
      members.put("notAfter", validity.until().minusSeconds(1));
    }
    return members;
  }

  private static void putKnown(
      Map<String, Object> members, String name, @Nullable String valueOrNull) {
    if (valueOrNull != null) {
      members.put(name, valueOrNull);
    }
  }
}
