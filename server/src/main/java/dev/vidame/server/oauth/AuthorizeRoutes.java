package dev.vidame.server.oauth;

import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Answer.Header;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.oauth.SignInForm.Said;
import dev.vidame.server.texts.Text;
import dev.vidame.server.tokens.AuthorizationEndpoint;
import dev.vidame.server.tokens.AuthorizationEndpoint.Asks;
import dev.vidame.server.tokens.AuthorizationEndpoint.TellsApplication;
import dev.vidame.server.tokens.AuthorizationEndpoint.TellsPerson;
import dev.vidame.server.tokens.AuthorizationRequest;
import dev.vidame.server.tokens.SentBack;
import dev.vidame.server.tokens.SignIns.SignedIn;
import dev.vidame.server.tokens.TokenRequest;
import dev.vidame.server.tokens.TokenVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The routes where agents sign in and allow applications to act (wire-spec §1.4). Thread-safe. The
 * form goes to the address of its page, whose query is looked at anew, so that nothing is kept
 * between the two.
 */
final class AuthorizeRoutes {
  private final AuthorizationEndpoint endpoint;
  private final SignInSteps steps;
  private final FormGuard guard;

  /** Routes over the built-in issuer. */
  AuthorizeRoutes(AuthorizationEndpoint endpoint, SignInSteps steps, FormGuard guard) {
    this.endpoint = endpoint;
    this.steps = steps;
    this.guard = guard;
  }

  List<Route> routes() {
    String v1 = "/{tenant}/oauth2/authorize";
    String v2 = "/{tenant}/oauth2/v2.0/authorize";
    return List.of(
        Route.open("GET", v1, "authorize_v1", call -> show(call, TokenVersion.V1)),
        Route.open("POST", v1, "sign_in_v1", call -> submit(call, TokenVersion.V1)),
        Route.open("GET", v2, "authorize_v2", call -> show(call, TokenVersion.V2)),
        Route.open("POST", v2, "sign_in_v2", call -> submit(call, TokenVersion.V2)));
  }

  private Answer show(Call call, TokenVersion version) {
    return switch (check(call, version)) {
      case TellsPerson(Text text) -> fault(call, text);
      case TellsApplication(SentBack back) -> send(call, back);
      case Asks(AuthorizationRequest request) ->
          form(request, Objects.requireNonNullElse(request.loginHint(), ""))
              .show(call, guard.seal(call), List.of());
    };
  }

  private Answer submit(Call call, TokenVersion version) {
    return switch (check(call, version)) {
      case TellsPerson(Text text) -> fault(call, text);
      case TellsApplication(SentBack back) -> send(call, back);
      case Asks(AuthorizationRequest request) -> submitted(call, request);
    };
  }

  private AuthorizationEndpoint.Outcome check(Call call, TokenVersion version) {
    try {
      byte[] query = call.request().rawQuery().getBytes(StandardCharsets.UTF_8);
      return endpoint.check(
          new TokenRequest(
              call.parameter(0),
              version,
              FormBody.parse(query),
              null,
              call.correlation().correlationId(),
              call.language(),
              call.request().client()));
    } catch (IllegalArgumentException e) {
      return new TellsPerson(
          Text.of("The query holds a percent sign that is not followed by two hex digits."));
    }
  }

  private Answer submitted(Call call, AuthorizationRequest request) {
    Map<String, String> fields = fields(call);
    String userName = fields.getOrDefault("username", "");
    SignInForm form = form(request, userName);
    if (!guard.isOurs(call, fields.get(FormGuard.FIELD))) {
      return again(call, form, Said.ofElsewhere());
    }
    if (SignInForm.DENY.equals(fields.get("decision"))) {
      return send(call, endpoint.deny(request, call.language()));
    }
    return switch (steps.take(call, fields, request.application(), "")) {
      case SignInSteps.Done(SignedIn signedIn) ->
          Said.orBusy(
              () -> send(call, endpoint.allow(request, signedIn, call.language())),
              busy -> again(call, form, busy));
      case SignInSteps.First(Said said) -> again(call, form, said);
      case SignInSteps.Second second ->
          new CodeForm(form, second).answer(call, guard.seal(call), List.of());
    };
  }

  /** What cannot be read is a form without fields, which is none of this server's. */
  static Map<String, String> fields(Call call) {
    try {
      return FormBody.parse(call.request().body());
    } catch (IllegalArgumentException e) {
      return Map.of();
    }
  }

  private Answer again(Call call, SignInForm form, Said said) {
    return form.answer(call, guard.seal(call), List.of(), said);
  }

  /** Browsers hold the way that a form leads on to its policy, to the last redirect. */
  private static SignInForm form(AuthorizationRequest request, String userName) {
    return new SignInForm(
        request.application().name(),
        request.partnerName(),
        userName,
        null,
        List.of("'self'", Html.origin(request.back().redirectUri())));
  }

  private static Answer fault(Call call, Text text) {
    String main = "<p role=\"alert\">%s</p>\n".formatted(Html.of(text, call.language()));
    return new Html.Page(call.language(), Text.of("This does not work"), main, List.of())
        .answer(400, List.of());
  }

  private static Answer send(Call call, SentBack back) {
    String target = Html.origin(back.redirectUri());
    Html.Page page =
        new Html.Page(
            call.language(), Text.of("Back to the application"), main(call, back), List.of(target));
    return back.isPosted()
        ? page.answer(200, List.of())
        : page.answer(303, List.of(new Header("Location", back.location())));
  }

  private static String main(Call call, SentBack back) {
    if (!back.isPosted()) {
      return "";
    }
    StringBuilder form = new StringBuilder();
    form.append(
        "<form method=\"post\" action=\"%s\">\n".formatted(Html.escape(back.redirectUri())));
    back.members().forEach((name, value) -> form.append(Html.hidden(name, value)));
    Text go = Text.of("Continue");
    return form.append(
            "<button type=\"submit\" autofocus>%s</button>\n</form>\n"
                .formatted(Html.of(go, call.language())))
        .toString();
  }
}
