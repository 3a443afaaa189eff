package dev.vidame.server.oauth;

import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.server.http.Call;
import dev.vidame.server.limits.SignInBlocked;
import dev.vidame.server.limits.SignInThrottled;
import dev.vidame.server.oauth.SignInForm.Said;
import dev.vidame.server.texts.Text;
import dev.vidame.server.tokens.SignIns;
import dev.vidame.server.tokens.SignIns.HalfWay;
import dev.vidame.server.tokens.SignIns.Proof;
import dev.vidame.server.tokens.SignIns.SignedIn;
import dev.vidame.wire.Guid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The steps in which an agent signs in on a page: name and password, then a code where the agent
 * has a second factor. Thread-safe. Between the two the browser carries whose password was shown,
 * until when that counts, and this server's word for it; it is good in that browser, at that
 * address, for that password and for five minutes, and opens nothing without a code.
 */
final class SignInSteps {
  /** The field in which it is carried. */
  static final String FIELD = "sign_in";

  private static final Pattern CARRIED =
      Pattern.compile("([0-9a-f-]{36})\\.([0-9]{1,11})\\.([A-Za-z0-9_-]{43})");

  private final SignIns signIns;
  private final FormGuard guard;

  SignInSteps(SignIns signIns, FormGuard guard) {
    this.signIns = signIns;
    this.guard = guard;
  }

  /** Where an agent is after a form. */
  sealed interface Step {}

  /**
   * Signed in.
   *
   * @param signedIn who
   */
  record Done(SignedIn signedIn) implements Step {}

  /**
   * At the form for name and password.
   *
   * @param said what it says
   */
  record First(Said said) implements Step {}

  /**
   * At the form for the code.
   *
   * @param carried what it carries on
   * @param said what it says
   */
  record Second(String carried, Said said) implements Step {}

  /**
   * Takes a form, of which is known that it came from a page of ours.
   *
   * @param application which wants to act
   * @param about what else the sign-in is for, that is not in the address
   */
  Step take(Call call, Map<String, String> fields, Application application, String about) {
    String carried = fields.get(FIELD);
    try {
      return Said.orBusy(
          () ->
              carried == null
                  ? first(call, fields, application, about)
                  : second(call, fields, application, about),
          busy -> again(carried, busy));
    } catch (SignInThrottled tooSoon) {
      return again(carried, Said.tooSoon(tooSoon.retryAfter()));
    } catch (SignInBlocked blocked) {
      return again(carried, Said.wrong(Text.of(SignIns.BLOCKED)));
    }
  }

  private static Step again(@Nullable String carried, Said said) {
    return carried == null ? new First(said) : new Second(carried, said);
  }

  private Step first(Call call, Map<String, String> fields, Application application, String about) {
    Optional<Proof> proof =
        signIns.signIn(SignInForm.credentials(call, fields), application.partner());
    if (proof.isEmpty()) {
      return new First(Said.wrongSignIn());
    }
    return switch (proof.get()) {
      case SignedIn signedIn -> new Done(signedIn);
      case HalfWay halfWay -> new Second(carried(call, halfWay, about), Said.nothing());
    };
  }

  private Step second(
      Call call, Map<String, String> fields, Application application, String about) {
    String carried = fields.getOrDefault(FIELD, "");
    Optional<HalfWay> known = known(call, carried, application, about);
    if (known.isEmpty()) {
      return new First(Said.wrong(Text.of("Too much time has passed. Sign in again.")));
    }
    return signIns
        .complete(known.get(), fields.getOrDefault("otp", ""), call.request().client())
        .<Step>map(Done::new)
        .orElseGet(() ->
            new Second(
                carried,
                Said.wrong(
                    Text.of("The code is wrong, or was used before. Wait for the next one."))));
  }

  private Optional<HalfWay> known(
      Call call, String carried, Application application, String about) {
    Matcher parts = CARRIED.matcher(carried);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Instant end = Instant.ofEpochSecond(Long.parseLong(parts.group(2)));
    return Guid.parse(parts.group(1))
        .flatMap(agent -> signIns.halfWay(new AgentId(agent), application.partner(), end))
        .filter(it -> guard.isVouchedFor(call, statement(it, about), parts.group(3)));
  }

  private String carried(Call call, HalfWay halfWay, String about) {
    return String.join(
        ".",
        List.of(
            halfWay.agent().id().toString(),
            Long.toString(halfWay.endsAt().getEpochSecond()),
            guard.vouch(call, statement(halfWay, about))));
  }

  private static String statement(HalfWay halfWay, String about) {
    return String.join(
        " ",
        halfWay.agent().id().toString(),
        Long.toString(halfWay.endsAt().getEpochSecond()),
        halfWay.mark(),
        about);
  }
}
