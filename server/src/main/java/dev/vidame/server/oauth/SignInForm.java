package dev.vidame.server.oauth;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Answer.Header;
import dev.vidame.server.http.Call;
import dev.vidame.server.texts.Language;
import dev.vidame.server.texts.Text;
import dev.vidame.server.tokens.NameAndPassword;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The page on which an agent signs in and allows an application to act, in one step: nobody stays
 * signed in at this server, so there is no session to steal. Immutable.
 *
 * @param applicationName who wishes to act
 * @param partnerName whose application it is; empty for this server's own pages
 * @param userName what the first field holds
 * @param note what else is to be said; null for nothing
 * @param formTargets where the form may lead
 */
@SuppressWarnings("TooManyParameters") // all that differs from page to page
record SignInForm(
    String applicationName,
    String partnerName,
    String userName,
    @Nullable Text note,
    List<String> formTargets) {
  /** What the two buttons send as {@code decision}. */
  static final String ALLOW = "allow";

  static final String DENY = "deny";

  private static final Text TITLE = Text.of("Sign in and allow");

  private static final Text OWN_TITLE = Text.of("Sign in");

  private static final Text RIGHTS =
      Text.of(
          "It will be able to do what you may do yourself: see and change customers and their user"
              + " accounts. Allow this only if you have just asked for it.");

  SignInForm {
    formTargets = List.copyOf(formTargets);
  }

  /** What the form was filled in with. */
  static NameAndPassword credentials(Call call, Map<String, String> fields) {
    return new NameAndPassword(
        fields.getOrDefault("username", ""),
        fields.getOrDefault("password", ""),
        call.request().client());
  }

  /** Whether it is for this server's own pages, which are of no partner and need no consent. */
  boolean isForOwnPages() {
    return partnerName.isEmpty();
  }

  /** What the button says that carries on. */
  Text allow() {
    return Text.of(isForOwnPages() ? "Sign in" : "Sign in and allow");
  }

  /** What the button says that does not. */
  Text deny() {
    return Text.of(isForOwnPages() ? "Cancel" : "Do not allow");
  }

  /** The page as it is first shown. */
  Answer show(Call call, FormGuard.Seal seal, List<String> hidden) {
    return answer(call, seal, hidden, Said.nothing());
  }

  /**
   * What the page says of the last attempt.
   *
   * @param status of the answer
   * @param fault what was wrong; null for nothing
   * @param retryAfter when to try again; null for at once
   */
  record Said(int status, @Nullable Text fault, @Nullable Duration retryAfter) {
    /** Nothing: it is shown for the first time. */
    static Said nothing() {
      return new Said(200, null, null);
    }

    static Said wrong(Text fault) {
      return new Said(400, fault, null);
    }

    static Said wrongSignIn() {
      return wrong(Text.of("The user name or the password is wrong."));
    }

    static Said ofElsewhere() {
      return wrong(
          Text.of("The form did not come from this page in this browser. Please try again."));
    }

    /** What a form leads to, or what it says where too much waits already. */
    static <T> T orBusy(Supplier<T> work, Function<Said, T> busy) {
      try {
        return work.get();
      } catch (DirectoryException e) {
        if (e.failure() instanceof Failure.Overloaded overloaded) {
          Text fault = Text.of("Too much waits already. Try again later.");
          return busy.apply(new Said(503, fault, overloaded.retryAfter()));
        }
        throw e;
      }
    }

    static Said tooSoon(Duration retryAfter) {
      return new Said(429, Text.of("Too many tries have failed. Wait, and try again."), retryAfter);
    }

    /** For people, before the form. */
    String shown(Language language) {
      return fault == null
          ? ""
          : "<p role=\"alert\" id=\"fault\">%s</p>\n".formatted(Html.of(fault, language));
    }

    /** What ties a field to it. */
    String describing() {
      return fault == null ? "" : " aria-invalid=\"true\" aria-describedby=\"fault\"";
    }

    List<Header> headers(FormGuard.Seal seal) {
      List<Header> headers = new ArrayList<>(List.of(seal.header()));
      if (retryAfter != null) {
        headers.add(new Header("Retry-After", Long.toString(retryAfter.toSeconds())));
      }
      return headers;
    }
  }

  /** The page with what it says of the last attempt. */
  Answer answer(Call call, FormGuard.Seal seal, List<String> hidden, Said said) {
    String main =
        wish(call) + said.shown(call.language()) + form(call, seal, String.join("", hidden), said);
    Text title = isForOwnPages() ? OWN_TITLE : TITLE;
    return new Html.Page(call.language(), title, main, formTargets)
        .answer(said.status(), said.headers(seal));
  }

  /** Who wants what, which people read before they give anything. */
  String wish(Call call) {
    if (isForOwnPages()) {
      Text where = Text.of("Sign in to the dashboard with your agent's account.");
      return "<p>%s</p>\n".formatted(Html.of(where, call.language()));
    }
    Text who =
        Text.of("The application %s of %s wants to act for you.", applicationName, partnerName);
    String more = note == null ? "" : "<p>%s</p>\n".formatted(Html.of(note, call.language()));
    return "<p>%s</p>\n%s<p>%s</p>\n"
        .formatted(Html.of(who, call.language()), more, Html.of(RIGHTS, call.language()));
  }

  private String form(Call call, FormGuard.Seal seal, String hidden, Said said) {
    String described = said.describing();
    return """
    <form method="post">
    %s%s<label for="username">%s</label>
    <input id="username" name="username" type="text" value="%s" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus%s>
    <label for="password">%s</label>
    <input id="password" name="password" type="password" autocomplete="current-password" required%s>
    <button type="submit" name="decision" value="%s">%s</button>
    <button type="submit" name="decision" value="%s" formnovalidate>%s</button>
    </form>
    """
        .formatted(
            Html.hidden(FormGuard.FIELD, seal.token()),
            hidden,
            Html.of(Text.of("User name"), call.language()),
            Html.escape(userName),
            described,
            Html.of(Text.of("Password"), call.language()),
            described,
            ALLOW,
            Html.of(allow(), call.language()),
            DENY,
            Html.of(deny(), call.language()));
  }
}
