package dev.vidame.server.secrets;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.dashboard.Visitor;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.http.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Secrets in each field of the issuer's forms, which show again what is no secret. */
final class PlantedForms {
  /** Fields of forms that no page shows again. */
  static final Set<String> NEVER_SHOWN = Set.of("password", "otp", "form_token", "sign_in");

  private final Planting planting;
  private final TestServer server;
  private final GoodRequests requests;

  PlantedForms(Planting planting, GoodRequests requests) {
    this.planting = planting;
    this.server = planting.server();
    this.requests = requests;
  }

  /** A page that shows its form again as it was filled in. */
  static boolean isFormOfTheIssuer(Route route) {
    return route.template().endsWith("/authorize") || route.template().equals("/device");
  }

  /**
   * Plants.
   *
   * @param fields of the route's form
   */
  void plant(Route route, Set<String> fields) {
    Map<Boolean, Set<String>> names =
        fields.stream()
            .collect(
                Collectors.partitioningBy(
                    name -> isFormOfTheIssuer(route) && !NEVER_SHOWN.contains(name),
                    Collectors.toSet()));
    names.forEach((isEchoed, some) -> {
      for (Set<String> at : Planting.turns(some)) {
        for (Map<String, String> good : goodForms(route)) {
          Map<String, String> form = new LinkedHashMap<>(good);
          form.putAll(planting.plant(at));
          RawRequest request = server.tokens().requestAt(requests.path(route), Visitor.form(form));
          planting.receive(requests.authorized(route, request), isEchoed);
        }
      }
    });
  }

  private List<Map<String, String>> goodForms(Route route) {
    Map<String, String> form = new LinkedHashMap<>();
    if (isFormOfTheIssuer(route)) {
      return List.of(Map.of(), Map.of("decision", "allow"));
    }
    form.put("client_id", server.tenancy().confidential().id().toString());
    form.put("client_secret", Tenancy.APPLICATION_SECRET);
    form.put("username", server.tenancy().agent(Role.SALES_AGENT).userPrincipalName());
    form.put("password", Tenancy.AGENT_PASSWORD);
    if (!route.template().endsWith("token")) {
      return List.of(form);
    }
    List<Map<String, String>> forms = new ArrayList<>();
    for (String grant :
        List.of(
            "password",
            "client_credentials",
            "refresh_token",
            "authorization_code",
            "device_code",
            "jwt_token")) {
      Map<String, String> one = new LinkedHashMap<>(form);
      one.put("grant_type", grant);
      forms.add(one);
    }
    return forms;
  }
}
