package dev.vidame.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.dashboard.Visitor;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.http.Route;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Secrets in the query and in each field of the forms of pages. What pages ask for is taken from
 * the pages.
 */
final class PlantedPages {
  private static final Pattern FIELD =
      Pattern.compile("<(?:input|select|textarea|button)[^>]* name=\"([^\"]+)\"");

  private final Planting planting;
  private final TestServer server;
  private final GoodRequests requests;
  private final String formToken;
  private final Map<String, Set<String>> fields;

  PlantedPages(Planting planting, GoodRequests requests) {
    this.planting = planting;
    this.server = planting.server();
    this.requests = requests;
    this.formToken =
        String.valueOf(
            Visitor.hidden(requests.admin().get("/dashboard/customers").text()).get(Visitor.TOKEN));
    this.fields = fieldsOfPages();
    assertThat(fields.values().stream().flatMap(Set::stream))
        .contains("q", "redirectUris", "userPrincipalName", "usageLocation");
  }

  /** What the forms of all pages ask for, by where they go. */
  private Map<String, Set<String>> fieldsOfPages() {
    Map<String, Set<String>> all = new HashMap<>();
    for (Route route : server.server().routes()) {
      if (GoodRequests.isPage(route) && route.method().equals("GET")) {
        RawAnswer page =
            planting.receive(requests.authorized(route, RawRequest.get(requests.path(route))));
        for (Route other : server.server().routes()) {
          if (GoodRequests.isPage(other)) {
            all.computeIfAbsent(PlantedRoutes.line(other), any -> new TreeSet<>())
                .addAll(fieldsOfForm(page.text(), other));
          }
        }
      }
    }
    return all;
  }

  private static Set<String> fields(String html) {
    return FIELD
        .matcher(html)
        .results()
        .map(found -> found.group(1))
        .filter(name -> !Planting.isKept(name) && !name.equals(Visitor.TOKEN))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> fieldsOfForm(String html, Route route) {
    String action = GoodRequests.pathWithAll(route, "[^/\"]+");
    return Pattern.compile("<form[^>]* action=\"" + action + "\".*?</form>", Pattern.DOTALL)
        .matcher(html)
        .results()
        .flatMap(form -> fields(form.group()).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A page shows what was typed once more, to who typed it. */
  void plant(Route route) {
    Set<String> own = fields.getOrDefault(PlantedRoutes.line(route), Set.of());
    String path = requests.path(route);
    Map<String, String> all =
        planting.plant(fields.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
    if (route.method().equals("GET")) {
      get(route, path, all);
      Planting.turns(own).forEach(at -> get(route, path, planting.plant(at)));
      return;
    }
    all.put(Visitor.TOKEN, planting.plant());
    post(route, path, all, false);
    if (!route.template().endsWith("/sign-out")) { // the visitor is still needed
      all.put(Visitor.TOKEN, formToken);
      post(route, path, all, true);
      for (Set<String> at : Planting.turns(own)) {
        Map<String, String> form = planting.plant(at);
        form.put(Visitor.TOKEN, formToken);
        post(route, path, form, true);
      }
    }
  }

  private void get(Route route, String path, Map<String, String> query) {
    planting.receive(
        requests.authorized(route, RawRequest.get(path + "?" + Visitor.form(query))), true);
  }

  private void post(Route route, String path, Map<String, String> form, boolean isEchoed) {
    planting.receive(
        requests.authorized(route, server.tokens().requestAt(path, Visitor.form(form))), isEchoed);
  }
}
