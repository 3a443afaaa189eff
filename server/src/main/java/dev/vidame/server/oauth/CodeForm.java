package dev.vidame.server.oauth;

import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Call;
import dev.vidame.server.oauth.SignInForm.Said;
import dev.vidame.server.texts.Text;
import java.util.List;

/**
 * The page on which an agent who has shown the password shows the second factor. It has neither the
 * password nor the name. Immutable.
 *
 * @param before the page that it follows
 * @param step what it carries on, and what it says of the last attempt
 */
record CodeForm(SignInForm before, SignInSteps.Second step) {
  private static final Text TITLE = Text.of("Enter your code");

  private static final Text WHICH =
      Text.of("Enter the six digits that your authenticator shows, or one of your recovery codes.");

  /** The page. */
  Answer answer(Call call, FormGuard.Seal seal, List<String> hidden) {
    Said said = step.said();
    String main =
        before.wish(call)
            + "<p id=\"which\">%s</p>\n".formatted(Html.of(WHICH, call.language()))
            + said.shown(call.language())
            + form(call, seal, String.join("", hidden));
    return new Html.Page(call.language(), TITLE, main, before.formTargets())
        .answer(said.status(), said.headers(seal));
  }

  private String form(Call call, FormGuard.Seal seal, String hidden) {
    return """
    <form method="post">
    %s%s%s<label for="code">%s</label>
    <input id="code" name="otp" type="text" inputmode="numeric" autocomplete="one-time-code" spellcheck="false" required autofocus%s>
    <button type="submit" name="decision" value="%s">%s</button>
    <button type="submit" name="decision" value="%s" formnovalidate>%s</button>
    </form>
    """
        .formatted(
            Html.hidden(FormGuard.FIELD, seal.token()),
            hidden,
            Html.hidden(SignInSteps.FIELD, step.carried()),
            Html.of(Text.of("Code of six digits, or recovery code"), call.language()),
            step.said().fault() == null
                ? " aria-describedby=\"which\""
                : " aria-invalid=\"true\" aria-describedby=\"fault which\"",
            SignInForm.ALLOW,
            Html.of(before.allow(), call.language()),
            SignInForm.DENY,
            Html.of(before.deny(), call.language()));
  }
}
