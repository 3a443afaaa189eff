package dev.vidame.server.dashboard;

import dev.vidame.directory.operators.IssuerSignIns;
import dev.vidame.directory.partners.Assertions;
import dev.vidame.directory.partners.DashboardSessions;
import dev.vidame.directory.partners.IssuerSignInTable.Offered;
import dev.vidame.directory.partners.Partners;
import dev.vidame.directory.partners.SecretHash;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Text;
import dev.vidame.server.tokens.ProviderSignIns;
import dev.vidame.server.tokens.ProviderSignIns.Fault;
import dev.vidame.server.tokens.ProviderSignIns.SignedIn;
import dev.vidame.server.tokens.ProviderSignIns.Tie;
import dev.vidame.wire.Guid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where agents come and go who sign in with the provider of their partner. Thread-safe. Nothing is
 * kept between the beginning and the end: what the end needs is made of a cookie, so any server can
 * finish what another began, and what was finished once is not finished again.
 */
final class ProviderRoutes {
  /** The parameter that says how somebody wants to sign in. */
  static final String WITH = "with";

  /** Its value for those without a provider. */
  static final String PASSWORD = "password";

  private static final Duration TIME = Duration.ofMinutes(10);

  /** A MAC, when its time is over, and the page that was wanted. */
  private static final Pattern STATE =
      Pattern.compile("([A-Za-z0-9_-]{43})\\.([0-9]{1,12})\\.(.*)");

  private static final Text ELSEWHERE =
      Text.of("This sign-in was begun elsewhere, or a long time ago.");

  private final SignInRoutes signIns;
  private final Providers providers;
  private final Templates templates;
  private final Clock clock;

  /**
   * What sign-ins with providers need.
   *
   * @param offered which there are
   * @param exchange asks them
   * @param used remembers what was finished
   */
  record Providers(IssuerSignIns offered, ProviderSignIns exchange, Assertions used) {}

  @SuppressWarnings("TooManyParameters") // all that a sign-in touches
  ProviderRoutes(SignInRoutes signIns, Providers providers, Templates templates, Clock clock) {
    this.signIns = signIns;
    this.providers = providers;
    this.templates = templates;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.open(
            "GET", ProviderSignIns.BACK + "{issuer}", "dashboard_signed_in_with", this::end));
  }

  /** What to do with somebody who wants to sign in; empty where a password is all there is. */
  Optional<Answer> offer(Call call) {
    Optional<String> with = call.query().first(WITH);
    if (with.isPresent()) {
      return Guid.parse(with.get())
          .flatMap(providers.offered()::offered)
          .map(provider -> begin(call, provider));
    }
    if (!providers.offered().isAnyOffered()) {
      return Optional.empty();
    }
    Optional<String> name = call.query().first("name");
    Optional<Offered> provider = name.flatMap(ProviderRoutes::domain).flatMap(this::offeredTo);
    return name.isPresent() && provider.isEmpty()
        ? Optional.empty() // what is unknown looks like a partner without a provider
        : Optional.of(page(call, provider));
  }

  private Optional<Offered> offeredTo(String domain) {
    return providers.offered().offeredTo(domain);
  }

  /** What stands behind the last @, or all of it. */
  private static Optional<String> domain(String name) {
    String domain = name.substring(name.lastIndexOf('@') + 1).strip().toLowerCase(Locale.ROOT);
    return domain.isEmpty() ? Optional.empty() : Optional.of(domain);
  }

  private Answer page(Call call, Optional<Offered> provider) {
    return templates.page(
        200,
        "signin",
        new SignInPage(
            templates.frame(call.request(), Text.of("Sign in"), null),
            SignInRoutes.wanted(call),
            provider.orElse(null)));
  }

  private Answer begin(Call call, Offered provider) {
    String secret = signIns.newSecret();
    long end = clock.instant().plus(TIME).getEpochSecond();
    String wanted = SignInRoutes.wanted(call);
    String rest = "." + end + "." + wanted;
    String state = mac(provider.issuer().id(), secret, rest) + rest;
    return signIns.leadOn(providers.exchange().address(provider, tie(secret), state), secret);
  }

  private Tie tie(String secret) {
    return new Tie(
        signIns.mac("provider verifier\n" + secret), signIns.mac("provider nonce\n" + secret));
  }

  private String mac(UUID issuer, String secret, String rest) {
    return signIns.mac("provider state\n" + issuer + "\n" + secret + "\n" + rest);
  }

  /**
   * A sign-in that this browser began.
   *
   * @param provider with whom
   * @param secret what ties it to the browser
   * @param until when it is over
   * @param wanted where to go afterwards
   */
  private record Begun(Offered provider, String secret, Instant until, String wanted) {
    /** Never shows the secret. */
    @Override
    public String toString() {
      return "Begun[" + provider + "]";
    }
  }

  private Answer end(Call call) {
    Optional<Begun> begun = begun(call);
    if (begun.isEmpty() || isOfAnotherIssuer(call, begun.get().provider())) {
      return signIns.again(call, ELSEWHERE);
    }
    Optional<String> code = call.query().first("code").filter(text -> !text.isEmpty());
    if (code.isEmpty() || call.query().first("error").isPresent()) {
      return signIns.again(call, Text.of("You have not signed in."));
    }
    Begun own = begun.get();
    return switch (providers.exchange().finish(own.provider(), code.get(), tie(own.secret()))) {
      case SignedIn signedIn -> enter(call, own, signedIn);
      case Fault fault -> signIns.again(call, status(fault), why(fault));
    };
  }

  private Optional<Begun> begun(Call call) {
    Optional<UUID> issuer = Guid.parse(call.parameter(0));
    Optional<String> secret = signIns.secret(call);
    Matcher state = STATE.matcher(call.query().first("state").orElse(""));
    if (issuer.isEmpty() || secret.isEmpty() || !state.matches()) {
      return Optional.empty();
    }
    String wanted = state.group(3);
    String rest = "." + state.group(2) + "." + wanted;
    Instant until = Instant.ofEpochSecond(Long.parseLong(state.group(2)));
    boolean isOurs =
        SignInRoutes.isEqual(mac(issuer.get(), secret.get(), rest), state.group(1))
            && clock.instant().isBefore(until)
            && SignInRoutes.isOurs(wanted);
    return isOurs
        ? providers
            .offered()
            .offered(issuer.get())
            .map(provider -> new Begun(provider, secret.get(), until, wanted))
        : Optional.empty();
  }

  /** RFC 9207: who says who it is, is who was asked. */
  private static boolean isOfAnotherIssuer(Call call, Offered provider) {
    return call.query()
        .first("iss")
        .filter(issuer -> !issuer.equals(provider.issuer().issuer()))
        .isPresent();
  }

  private Answer enter(Call call, Begun begun, SignedIn signedIn) {
    Optional<Partners.Proved> agent =
        signIns
            .agent(signedIn.agent())
            .filter(it -> it.agent().partner().equals(begun.provider().issuer().partner()));
    if (agent.isEmpty()) {
      return signIns.again(
          call,
          403,
          Text.of(
              "%s knows you, but no agent who may sign in here has the id that it calls you by."
                  + " Ask an operator of this service.",
              begun.provider().signIn().name()));
    }
    if (!isFirstUse(begun)) {
      return signIns.again(call, ELSEWHERE);
    }
    return signIns.enter(
        call,
        new DashboardSessions.Who(
            agent.get().agent(),
            agent.get().mark(),
            signedIn.isMultiFactor(),
            begun.provider().issuer().id()),
        begun.wanted());
  }

  /** Whatever the provider thinks of a code that comes twice. Asked of who has signed in only. */
  private boolean isFirstUse(Begun begun) {
    return providers
        .used()
        .isFirstUse(
            OwnApplications.of(begun.provider().issuer().partner()),
            SecretHash.of("provider sign-in\n" + begun.secret()),
            begun.until());
  }

  private static int status(Fault fault) {
    return switch (fault) {
      case NO_ANSWER -> 502;
      case BUSY -> 503;
      case REFUSED, NOT_PROVED -> 400;
    };
  }

  private static Text why(Fault fault) {
    return switch (fault) {
      case NO_ANSWER ->
          Text.of("Your identity provider gave no answer in time, or none that can be used.");
      case REFUSED ->
          Text.of("Your identity provider did not confirm the sign-in. Sign in once more.");
      case NOT_PROVED ->
          Text.of(
              "What your identity provider says of you could not be checked. If that stays so, ask"
                  + " an operator of this service.");
      case BUSY -> Text.of("Too many people sign in there at this moment. Try again.");
    };
  }
}
