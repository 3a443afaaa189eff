package dev.vidame.server.oauth;

import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.limits.SignInThrottled;
import dev.vidame.server.oauth.SignInForm.Said;
import dev.vidame.server.texts.Text;
import dev.vidame.server.tokens.DevicePage;
import dev.vidame.server.tokens.DevicePage.Outcome;
import dev.vidame.server.tokens.DevicePage.Waiting;
import dev.vidame.server.tokens.SignIns.SignedIn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page where an agent enters the code that another device shows, and signs in for it (wire-spec
 * §1.4). Thread-safe. First the code, then who asks and the sign-in, so that nobody types a
 * password before it is said for what.
 */
final class DeviceRoutes {
  private static final String CODE = "user_code";

  /** The field with this server's word that this browser has entered the code before. */
  private static final String ENTERED = "entered";

  private static final Text NO_SUCH_CODE =
      Text.of("No device waits with this code. Look at it again, or let the device show another.");

  private final DevicePage page;
  private final SignInSteps steps;
  private final FormGuard guard;

  DeviceRoutes(DevicePage page, SignInSteps steps, FormGuard guard) {
    this.page = page;
    this.steps = steps;
    this.guard = guard;
  }

  List<Route> routes() {
    return List.of(
        Route.open("GET", "/device", "device", this::show),
        Route.open("POST", "/device", "device_sign_in", this::submit));
  }

  private Answer show(Call call) {
    return askForCode(call, asked(call), Said.nothing());
  }

  /** A device may put its code into the address, so that nobody need type it. */
  private static String asked(Call call) {
    try {
      byte[] query = call.request().rawQuery().getBytes(StandardCharsets.UTF_8);
      return FormBody.parse(query).getOrDefault(CODE, "");
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private Answer submit(Call call) {
    Map<String, String> fields = AuthorizeRoutes.fields(call);
    String typed = fields.getOrDefault(CODE, "");
    if (!guard.isOurs(call, fields.get(FormGuard.FIELD))) {
      return askForCode(call, typed, Said.ofElsewhere());
    }
    try {
      Optional<Waiting> found = find(call, typed, fields.getOrDefault(ENTERED, ""));
      return found.isEmpty()
          ? askForCode(call, typed, Said.wrong(NO_SUCH_CODE))
          : answer(call, found.get(), fields);
    } catch (SignInThrottled tooSoon) {
      return askForCode(call, typed, Said.tooSoon(tooSoon.retryAfter()));
    }
  }

  /** Whoever has come past the code guesses at none, and is kept from nothing by who does. */
  private Optional<Waiting> find(Call call, String typed, String entered) {
    return guard.isVouchedFor(call, statement(typed), entered)
        ? page.found(typed)
        : page.find(typed, call.request().client());
  }

  private static String statement(String userCode) {
    return "device " + userCode;
  }

  private Answer answer(Call call, Waiting waiting, Map<String, String> fields) {
    String decision = fields.getOrDefault("decision", "");
    return switch (decision) {
      case SignInForm.ALLOW -> allow(call, waiting, fields);
      case SignInForm.DENY ->
          Said.orBusy(
              () -> after(call, waiting, page.deny(waiting), ""),
              busy -> signIn(call, waiting, "", busy));
      default -> signIn(call, waiting, "", Said.nothing());
    };
  }

  private Answer allow(Call call, Waiting waiting, Map<String, String> fields) {
    String userName = fields.getOrDefault("username", "");
    return switch (steps.take(call, fields, waiting.application(), waiting.userCode())) {
      case SignInSteps.Done(SignedIn signedIn) ->
          Said.orBusy(
              () -> after(call, waiting, page.allow(waiting, signedIn), SignInForm.ALLOW),
              busy -> signIn(call, waiting, userName, busy));
      case SignInSteps.First(Said said) -> signIn(call, waiting, userName, said);
      case SignInSteps.Second second ->
          new CodeForm(form(waiting, userName), second)
              .answer(call, guard.seal(call), hidden(call, waiting));
    };
  }

  private Answer after(Call call, Waiting waiting, Outcome outcome, String decision) {
    if (outcome != Outcome.DONE) {
      return askForCode(call, waiting.userCode(), Said.wrong(NO_SUCH_CODE));
    }
    Text said =
        decision.equals(SignInForm.ALLOW)
            ? Text.of("You are signed in. Go on at your device; this page can be closed.")
            : Text.of("The device was not allowed anything. This page can be closed.");
    String main = "<p role=\"status\">%s</p>\n".formatted(Html.of(said, call.language()));
    return new Html.Page(call.language(), Text.of("Done"), main, List.of()).answer(200, List.of());
  }

  private Answer signIn(Call call, Waiting waiting, String userName, Said said) {
    return form(waiting, userName).answer(call, guard.seal(call), hidden(call, waiting), said);
  }

  private static SignInForm form(Waiting waiting, String userName) {
    return new SignInForm(
        waiting.application().name(),
        waiting.partnerName(),
        userName,
        Text.of("The device that asks shows the code %s.", shown(waiting.userCode())),
        List.of("'self'"));
  }

  private List<String> hidden(Call call, Waiting waiting) {
    String code = waiting.userCode();
    return List.of(
        Html.hidden(CODE, code), Html.hidden(ENTERED, guard.vouch(call, statement(code))));
  }

  private static String shown(String userCode) {
    int half = userCode.length() / 2;
    return userCode.substring(0, half) + "-" + userCode.substring(half);
  }

  private Answer askForCode(Call call, String typed, Said said) {
    FormGuard.Seal seal = guard.seal(call);
    String main =
        """
        %s<form method="post">
        %s<label for="code">%s</label>
        <input id="code" name="user_code" type="text" value="%s" autocomplete="off" autocapitalize="characters" spellcheck="false" required autofocus%s>
        <button type="submit">%s</button>
        </form>
        """
            .formatted(
                said.shown(call.language()),
                Html.hidden(FormGuard.FIELD, seal.token()),
                Html.of(Text.of("Code that your device shows"), call.language()),
                Html.escape(typed),
                said.describing(),
                Html.of(Text.of("Continue"), call.language()));
    return new Html.Page(
            call.language(), Text.of("Sign in on another device"), main, List.of("'self'"))
        .answer(said.status(), said.headers(seal));
  }
}
