package dev.vidame.server.dashboard;

import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.DashboardSessions;
import dev.vidame.directory.partners.Partners;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Answer.Header;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Request;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Text;
import dev.vidame.server.tokens.OwnSignIns;
import dev.vidame.server.tokens.SignIns.SignedIn;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where people come and go. Thread-safe. Nothing is kept between the beginning of a sign-in and its
 * end: what the end needs is made of a cookie.
 */
final class SignInRoutes {
  static final String HOME = "/dashboard/customers";
  static final String SIGN_IN = "/dashboard/sign-in";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_BYTES = 32;
  private static final int LONGEST_TARGET = 2_000;
  private static final byte[] NOTHING = {};

  private static final Text NO_FACTOR =
      Text.of(
          "This service asks agents for a second factor, and you have none yet. Ask an operator"
              + " of this service for one.");

  private static final Text NO_FACTOR_THERE =
      Text.of(
          "This service asks agents for a second factor, and your identity provider does not say"
              + " that you showed one.");

  private final Entry entry;
  private final OwnSignIns signIns;
  private final Partners partners;
  private final OwnApplications applications;
  private final Templates templates;

  /**
   * What lets people in.
   *
   * @param sessions who is in
   * @param cookies what browsers keep
   * @param secret 32 bytes that nobody knows
   * @param random for what browsers keep
   * @param address this server's own
   * @param requiresMfa whether an agent must show a second factor
   */
  @SuppressWarnings({"TooManyParameters", "ArrayRecordComponent"}) // held once, never compared
  record Entry(
      Sessions sessions,
      Cookies cookies,
      byte[] secret,
      SecureRandom random,
      Supplier<URI> address,
      boolean requiresMfa) {
    /** Never shows the secret. */
    @Override
    public String toString() {
      return "Entry[requiresMfa=" + requiresMfa + "]";
    }
  }

  @SuppressWarnings("TooManyParameters") // all that a sign-in touches
  SignInRoutes(
      Entry entry,
      OwnSignIns signIns,
      Partners partners,
      OwnApplications applications,
      Templates templates) {
    this.entry = entry;
    this.signIns = signIns;
    this.partners = partners;
    this.applications = applications;
    this.templates = templates;
  }

  /**
   * The routes.
   *
   * @param offer answers those who have another way to sign in than a password; empty for others
   */
  List<Route> routes(Function<Call, Optional<Answer>> offer) {
    return List.of(
        Route.open("GET", "/dashboard", "dashboard", call -> to(HOME)),
        Route.open(
            "GET",
            SIGN_IN,
            "dashboard_sign_in",
            call -> offer.apply(call).orElseGet(() -> begin(call))),
        Route.open("GET", OwnSignIns.BACK, "dashboard_signed_in", this::end),
        Route.open("POST", "/dashboard/sign-out", "dashboard_sign_out", this::leave));
  }

  /** Where to sign in, with the address that is wanted afterwards, on the host that has cookies. */
  String signInAddress(Request request) {
    String query = request.rawQuery();
    String asked = request.rawPath() + (query.isEmpty() ? "" : "?" + query);
    boolean canBeShown = request.method().equals("GET") && isOurs(asked);
    return entry.address().get() + SIGN_IN + "?to=" + encoded(canBeShown ? asked : HOME);
  }

  private Answer begin(Call call) {
    String wanted = wanted(call);
    String secret = newSecret();
    String state = mac("state\n" + secret + "\n" + wanted) + wanted;
    return leadOn(signIns.address(mac("verifier\n" + secret), state), secret);
  }

  /** The page that was asked for before the sign-in. */
  static String wanted(Call call) {
    return call.query().first("to").filter(SignInRoutes::isOurs).orElse(HOME);
  }

  /** What ties the end of a sign-in to this browser. */
  String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    entry.random().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Sends a browser to where it signs in, with what ties it to that. */
  Answer leadOn(String address, String secret) {
    return redirect(address, List.of(entry.cookies().keep(Cookies.SIGN_IN, secret)));
  }

  /** What ties this browser to the beginning of a sign-in. */
  Optional<String> secret(Call call) {
    return entry.cookies().secret(call.request(), Cookies.SIGN_IN);
  }

  /** Only to pages: not to another host, and not out of them by any spelling. */
  static boolean isOurs(String target) {
    return target.length() <= LONGEST_TARGET
        && target.startsWith(HOME.substring(0, HOME.lastIndexOf('/') + 1))
        && target.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\')
        && !target.contains("..")
        && !target.contains("//")
        && !target.startsWith(OwnSignIns.BACK)
        && !target.startsWith(SIGN_IN);
  }

  private Answer end(Call call) {
    Optional<String> secret = entry.cookies().secret(call.request(), Cookies.SIGN_IN);
    String state = call.query().first("state").orElse("");
    int macLength = mac("").length();
    if (secret.isEmpty() || state.length() < macLength) {
      return again(call, Text.of("This sign-in was begun elsewhere, or a long time ago."));
    }
    String wanted = state.substring(macLength);
    String expected = mac("state\n" + secret.get() + "\n" + wanted);
    if (!isEqual(expected, state.substring(0, macLength)) || !isOurs(wanted)) {
      return again(call, Text.of("This sign-in was begun elsewhere, or a long time ago."));
    }
    Optional<String> code = call.query().first("code");
    if (code.isEmpty()) {
      return again(call, Text.of("You have not signed in."));
    }
    return signIns
        .finish(code.get(), mac("verifier\n" + secret.get()))
        .map(signedIn -> enter(call, signedIn, wanted))
        .orElseGet(
            () -> again(call, Text.of("This sign-in was begun elsewhere, or a long time ago.")));
  }

  private Answer enter(Call call, SignedIn signedIn, String wanted) {
    return partners
        .proved(signedIn.agent().id())
        .map(proved ->
            new DashboardSessions.Who(
                proved.agent(), proved.mark(), signedIn.isMultiFactor(), null))
        .map(who -> enter(call, who, wanted))
        .orElseGet(() -> again(call, Text.of("You have not signed in.")));
  }

  /** Lets somebody in who has shown who they are. */
  Answer enter(Call call, DashboardSessions.Who who, String wanted) {
    if (entry.requiresMfa() && !who.isMultiFactor()) {
      return again(call, who.issuer() == null ? NO_FACTOR : NO_FACTOR_THERE);
    }
    applications.require(who.agent().partner());
    // What the browser had before is not what it has now, and is good no more.
    entry.cookies().secret(call.request(), Cookies.SESSION).ifPresent(entry.sessions()::end);
    return redirect(
        wanted,
        List.of(
            entry.cookies().keep(Cookies.SESSION, entry.sessions().start(who)),
            entry.cookies().forget(Cookies.SIGN_IN)));
  }

  /** The agent of this id, if it may sign in. */
  Optional<Partners.Proved> agent(AgentId id) {
    return partners.proved(id);
  }

  Answer again(Call call, Text why) {
    return again(call, 400, why);
  }

  /** The page of who is not signed in, and why. */
  Answer again(Call call, int status, Text why) {
    return templates.page(
        status,
        "signedout",
        new SignedOutPage(templates.frame(call.request(), Text.of("Sign in"), null), why));
  }

  private Answer leave(Call call) {
    Optional<String> key = entry.cookies().secret(call.request(), Cookies.SESSION);
    Optional<Session> session = key.flatMap(entry.sessions()::find);
    if (session.isPresent()) {
      if (!Form.isOurs(call.request(), session.get(), entry.address().get())) {
        throw ApiErrors.formOfElsewhere();
      }
      key.ifPresent(entry.sessions()::end);
    }
    Answer page =
        templates.page(
            200,
            "signedout",
            new SignedOutPage(
                templates.frame(call.request(), Text.of("Signed out"), null),
                Text.of("You are signed out.")));
    List<Header> headers = new ArrayList<>(page.headers());
    headers.add(entry.cookies().forget(Cookies.SESSION));
    return new Answer(page.status(), headers, page.body());
  }

  /** Leads on to an address of this server. */
  static Answer to(String path) {
    return redirect(path, List.of());
  }

  private static Answer redirect(String address, List<Header> more) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Location", address));
    headers.add(new Header("Content-Type", Templates.HTML));
    headers.addAll(more);
    return new Answer(303, headers, NOTHING);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static boolean isEqual(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  String mac(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(entry.secret(), ALGORITHM));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }
}
