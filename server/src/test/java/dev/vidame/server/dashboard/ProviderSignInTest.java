package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.ExternalIssuer;
import dev.vidame.directory.partners.IssuerSignIn;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Role;
import dev.vidame.harness.Until;
import dev.vidame.server.harness.OwnServers;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestKeys;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.tls.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents who sign in with the provider of their partner, and those who would like to be them. */
class ProviderSignInTest {
  private static final String PAGE = "/dashboard/customers";
  private static final String SESSION = "vidame-session";
  private static final UUID ISSUER = new UUID(5, 5);
  private static final String ELSEWHERE = "begun elsewhere, or a long time ago";
  private static final String NOT_CHECKED = "could not be checked";

  @RegisterExtension private final OwnServers servers = new OwnServers();
  @TempDir private Path folder;
  private final List<SignInProvider> providers = new ArrayList<>();
  private TestServer here;
  private SignInProvider contoso;
  private Visitor visitor;

  @BeforeEach
  void start() {
    start(Map.of());
  }

  private void start(Map<String, String> settings) {
    here = servers.start(folder.resolve(UUID.randomUUID().toString()), settings);
    contoso = provider(ISSUER, Tenancy.PARTNER, "Contoso", "contoso.example");
    contoso.knows(admin().id().value());
    visitor = new Visitor(here, "en");
  }

  @AfterEach
  void stop() {
    providers.forEach(SignInProvider::close);
  }

  private Agent admin() {
    return here.tenancy().agent(Role.ADMIN_AGENT);
  }

  private static ChangeRequest request(PartnerId partner) {
    return ChangeRequest.once(Actor.operator(partner), UUID.randomUUID());
  }

  private SignInProvider provider(UUID id, PartnerId partner, String name, String domain) {
    SignInProvider made;
    try {
      made = new SignInProvider(here.clock(), TestKeys.first(providers.size()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    providers.add(made);
    assertThat(
            here.server()
                .directory()
                .trustedIssuers()
                .add(
                    new ExternalIssuer(
                        id,
                        partner,
                        made.issuer(),
                        "https://vidame.example",
                        made.url("/keys"),
                        new ExternalIssuer.ClaimNames("sub", "azp")),
                    request(partner)))
        .isPresent();
    assertThat(
            here.server()
                .directory()
                .issuerSignIns()
                .offer(
                    partner,
                    id,
                    new IssuerSignIn(
                        name,
                        domain,
                        SignInProvider.CLIENT,
                        SignInProvider.SECRET,
                        made.url("/authorize"),
                        made.url("/token")),
                    request(partner)))
        .isPresent();
    return made;
  }

  private String begin(Visitor who, UUID issuer) {
    RawAnswer begun = who.get("/dashboard/sign-in?to=" + Visitor.encoded(PAGE) + "&with=" + issuer);
    assertThat(begun.status()).as(begun.toString()).isEqualTo(303);
    return begun.header("Location");
  }

  /** The address that the provider sends the browser back to. */
  private String back() {
    return visitor.local(contoso.visit(begin(visitor, ISSUER)));
  }

  private RawAnswer signIn() {
    return visitor.get(back());
  }

  private void assertRefused(RawAnswer answer, int status, String why) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.text()).contains(why);
    assertThat(visitor.cookies()).doesNotContainKey(SESSION);
  }

  @Test
  void agentFindsTheProviderByTheDomainAndComesToThePageThatWasAskedFor() {
    String wanted = PAGE + "/" + Tenancy.CUSTOMER + "/users?q=a%20b";
    RawAnswer first = visitor.follow(visitor.get(wanted));
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.text()).contains("name=\"name\"").doesNotContain("Contoso");

    RawAnswer offered =
        visitor.get(
            "/dashboard/sign-in?to="
                + Visitor.encoded(wanted)
                + "&name="
                + Visitor.encoded("Ada@CONTOSO.example"));
    String link = link(offered, "Sign in with Contoso");
    RawAnswer begun = visitor.get(link);
    RawAnswer entered = visitor.get(visitor.local(contoso.visit(begun.header("Location"))));

    assertThat(begun.header("Location")).startsWith(contoso.url("/authorize?"));
    assertThat(entered.status()).as(entered.toString()).isEqualTo(303);
    assertThat(entered.header("Location")).isEqualTo(wanted);
    assertThat(entered.all("Set-Cookie").getFirst())
        .matches(SESSION + "=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax");
    assertThat(visitor.follow(entered).text()).contains(admin().displayName());
  }

  private static String link(RawAnswer page, String text) {
    Matcher found = Pattern.compile("href=\"([^\"]*)\">" + text + "</a>").matcher(page.text());
    assertThat(found.find()).as(page.text()).isTrue();
    return Visitor.unescaped(found.group(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody.example",
        "ada@nobody.example",
        "contoso",
        "@",
        "ada@contoso.example.",
        "%"
      })
  void whoNamesNoDomainOfAProviderSignsInWithAPassword(String name) {
    RawAnswer answer = visitor.get("/dashboard/sign-in?name=" + Visitor.encoded(name));

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location")).contains("/common/oauth2/v2.0/authorize?");
  }

  @Test
  void passwordIsStillGoodForWhoChoosesIt() {
    RawAnswer page = visitor.get("/dashboard/sign-in");

    RawAnswer begun = visitor.get(link(page, "Sign in with a password"));
    String form = visitor.local(begun.header("Location"));
    Map<String, String> fields = Visitor.hidden(visitor.get(form).text());
    fields.put("username", admin().userPrincipalName());
    fields.put("password", Tenancy.AGENT_PASSWORD);
    fields.put("decision", "allow");

    assertThat(visitor.follow(visitor.post(form, fields)).header("Location")).isEqualTo(PAGE);
  }

  @Test
  void frenchPageSpeaksFrench() {
    RawAnswer page = new Visitor(here, "fr").get("/dashboard/sign-in?name=contoso.example");

    assertThat(page.text())
        .contains(">Se connecter avec Contoso</a>", ">Se connecter avec un mot de passe</a>");
  }

  @Test
  void providerThatIsNotOfferedLeadsToAPassword() {
    var _ =
        here.server()
            .directory()
            .issuerSignIns()
            .withdraw(Tenancy.PARTNER, ISSUER, request(Tenancy.PARTNER));

    RawAnswer answer = visitor.get("/dashboard/sign-in?with=" + ISSUER);

    assertThat(answer.header("Location")).contains("/common/oauth2/v2.0/authorize?");
  }

  @ParameterizedTest
  @CsvSource({"1", "10", "44", "60"})
  void changedStateIsNotTaken(int place) {
    String back = back();
    int at = back.indexOf("state=") + "state=".length() + place - 1;
    char other = back.charAt(at) == 'A' ? 'B' : 'A';

    RawAnswer answer = visitor.get(back.substring(0, at) + other + back.substring(at + 1));

    assertRefused(answer, 400, ELSEWHERE);
    assertThat(contoso.exchanges()).as("nothing is asked of the provider").isZero();
  }

  @Test
  void stateOfAnotherBrowserOrOfNoneIsNotTaken() {
    Visitor attacker = new Visitor(here, "en");
    String back = visitor.local(contoso.visit(begin(attacker, ISSUER)));

    assertRefused(visitor.get(back), 400, ELSEWHERE);
    var _ = begin(visitor, ISSUER);
    assertRefused(visitor.get(back), 400, ELSEWHERE);
    assertRefused(visitor.get("/dashboard/signed-in/" + ISSUER + "?code=x"), 400, ELSEWHERE);
    assertRefused(visitor.get("/dashboard/signed-in/x?code=x&state=y"), 400, ELSEWHERE);
    assertThat(attacker.get(back).status()).isEqualTo(303);
  }

  @Test
  void stateIsGoodForTenMinutes() {
    String early = back();
    here.clock().advance(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(visitor.get(early).status()).isEqualTo(303);
    visitor.cookies().clear();
    String late = back();

    here.clock().advance(Duration.ofMinutes(10));

    assertRefused(visitor.get(late), 400, ELSEWHERE);
  }

  /** The code of one provider is never shown to another, nor taken for one of it. */
  @Test
  void answerOfOneProviderIsNotTakenForThatOfAnother() {
    UUID other = new UUID(6, 6);
    SignInProvider fabrikam =
        provider(other, Tenancy.OTHER_PARTNER, "Fabrikam", "fabrikam.example");
    String back = back();

    RawAnswer mixed = visitor.get(back.replace(ISSUER.toString(), other.toString()));
    RawAnswer named =
        visitor.get(
            back.replace(Visitor.encoded(contoso.issuer()), Visitor.encoded(fabrikam.issuer())));

    assertRefused(mixed, 400, ELSEWHERE);
    assertRefused(named, 400, ELSEWHERE);
    assertThat(fabrikam.exchanges() + contoso.exchanges()).isZero();
  }

  @Test
  void providerThatDoesNotNameItselfIsTaken() {
    RawAnswer answer = visitor.get(back().replaceFirst("&iss=.*", ""));

    assertThat(answer.status()).isEqualTo(303);
  }

  @Test
  void whoCancelsThereIsNotSignedIn() {
    String back = back();

    assertRefused(
        visitor.get(back.replaceFirst("code=[^&]*", "error=access_denied")),
        400,
        "You have not signed in.");
    assertRefused(visitor.get(back + "&error=x"), 400, "You have not signed in.");
  }

  @Test
  void signInIsFinishedOnce() {
    String back = back();
    String tie = String.valueOf(visitor.cookies().get("vidame-sign-in"));
    assertThat(visitor.get(back).status()).isEqualTo(303);
    visitor.cookies().clear();

    assertRefused(visitor.get(back), 400, ELSEWHERE);
    visitor.cookies().put("vidame-sign-in", tie);
    assertRefused(visitor.get(back), 400, "did not confirm the sign-in");
  }

  @Test
  void signInIsFinishedOnceWhateverTheProviderForgets() {
    contoso.become(SignInProvider.Mood.FORGETFUL);
    String back = back();
    String tie = String.valueOf(visitor.cookies().get("vidame-sign-in"));
    assertThat(visitor.get(back).status()).isEqualTo(303);
    visitor.cookies().clear();
    visitor.cookies().put("vidame-sign-in", tie);

    assertRefused(visitor.get(back), 400, ELSEWHERE);
  }

  @ParameterizedTest
  @CsvSource({
    "nonce,of another sign-in",
    "nonce,",
    "iss,https://elsewhere.example",
    "iss,",
    "aud,https://vidame.example",
    "aud,",
    "azp,another",
    "exp,0",
    "exp,",
    "nbf,4000000000",
    "iat,4000000000",
    "sub,ada",
    "sub,"
  })
  void tokenThatSaysSomethingElseIsNotTaken(String claim, @Nullable String value) {
    contoso.say(claims -> {
      if (value == null) {
        claims.remove(claim);
      } else {
        claims.put(claim, value.matches("[0-9]+") ? Long.valueOf(value) : value);
      }
    });

    assertRefused(signIn(), 400, NOT_CHECKED);
  }

  @Test
  void tokenForOthersTooIsNotTaken() {
    contoso.say(claims -> claims.put("aud", List.of(SignInProvider.CLIENT, "another")));

    assertRefused(signIn(), 400, NOT_CHECKED);
  }

  @Test
  void tokenOfAnotherKeyIsNotTaken() {
    contoso.signWith(TestKeys.newKey("first", 2048));
    assertRefused(signIn(), 400, NOT_CHECKED);

    contoso.signWith(TestKeys.newKey("unknown", 2048));

    assertRefused(signIn(), 400, NOT_CHECKED);
  }

  @Test
  void accessTokenIsNoIdToken() {
    contoso.type("at+jwt");

    assertRefused(signIn(), 400, NOT_CHECKED);
  }

  private void offerContoso(String secret, String tokenUrl) {
    var _ =
        here.server()
            .directory()
            .issuerSignIns()
            .offer(
                Tenancy.PARTNER,
                ISSUER,
                new IssuerSignIn(
                    "Contoso",
                    "contoso.example",
                    SignInProvider.CLIENT,
                    secret,
                    contoso.url("/authorize"),
                    tokenUrl),
                request(Tenancy.PARTNER));
  }

  @Test
  void clientThatIsNotKnownThereIsNotSignedIn() {
    offerContoso("another secret", contoso.url("/token"));

    assertRefused(signIn(), 400, "did not confirm the sign-in");
  }

  /** Neither the code nor the secret goes to who cannot prove its host. */
  @Test
  void tokenIsNotAskedOfWhoCannotProveItsHost() throws Exception {
    Path certificate = TestCertificates.pkcs12(folder.resolve("localhost.p12"), "EC");
    AtomicInteger asked = new AtomicInteger();
    HttpsServer unproved =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    unproved.setHttpsConfigurator(new HttpsConfigurator(TestCertificates.showing(certificate)));
    unproved.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.close();
        });
    unproved.start();
    try {
      offerContoso(
          SignInProvider.SECRET, "https://localhost:" + unproved.getAddress().getPort() + "/token");

      assertRefused(signIn(), 502, "gave no answer in time, or none that can be used");

      assertThat(asked).hasValue(0);
    } finally {
      unproved.stop(0);
    }
  }

  @Test
  void whoIsNoAgentOfThePartnerIsToldWhy() {
    String noAgent = "Contoso knows you, but no agent who may sign in here";
    contoso.knows(UUID.randomUUID());
    assertRefused(signIn(), 403, noAgent);

    contoso.knows(here.tenancy().otherAdmin().id().value());
    assertRefused(signIn(), 403, noAgent);

    contoso.knows(admin().id().value());
    var _ =
        here.server()
            .directory()
            .agents()
            .update(
                Tenancy.PARTNER,
                admin().id(),
                new Agents.Update(null, null, true),
                request(Tenancy.PARTNER));
    assertRefused(signIn(), 403, noAgent);
  }

  @ParameterizedTest
  @EnumSource(
      value = SignInProvider.Mood.class,
      names = {"WELL", "FORGETFUL", "FAULT", "REDIRECT"},
      mode = EnumSource.Mode.EXCLUDE)
  void providerWithoutAUsableAnswerHoldsNobodyForLong(SignInProvider.Mood mood) {
    contoso.become(mood);
    String back = back();
    long begin = System.nanoTime();

    assertRefused(visitor.get(back), 502, "gave no answer in time, or none that can be used");

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @EnumSource(
      value = SignInProvider.Mood.class,
      names = {"FAULT", "REDIRECT"})
  void providerThatRefusesIsNotFollowed(SignInProvider.Mood mood) {
    contoso.become(mood);

    assertRefused(signIn(), 400, "did not confirm the sign-in");
    assertThat(contoso.exchanges()).isEqualTo(1);
  }

  /** A provider that hangs takes a few requests with it, and no more of them. */
  @Test
  void fewWaitForAProviderAtATime() throws Exception {
    contoso.become(SignInProvider.Mood.SILENT);
    String last = back();
    try (ExecutorService browsers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RawAnswer>> waiting = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Visitor each = new Visitor(here, "en");
        String back = visitor.local(contoso.visit(begin(each, ISSUER)));
        waiting.add(browsers.submit(() -> each.get(back)));
      }
      Until.met(() -> contoso.exchanges() >= 8);

      assertRefused(visitor.get(last), 503, "Too many people sign in there at this moment.");

      for (Future<RawAnswer> each : waiting) {
        assertThat(each.get().status()).isEqualTo(502);
      }
    }
    contoso.become(SignInProvider.Mood.WELL);
    assertThat(signIn().status()).isEqualTo(303);
  }

  @Test
  void secondFactorIsTheProvidersWord() {
    start(Map.of("security.require-mfa", "true"));
    assertRefused(signIn(), 400, "does not say that you showed one");
    contoso.say(claims -> claims.put("amr", List.of("pwd")));
    assertRefused(signIn(), 400, "does not say that you showed one");
    contoso.say(claims -> claims.put("amr", "mfa"));
    assertRefused(signIn(), 400, NOT_CHECKED);

    contoso.say(claims -> claims.put("amr", List.of("pwd", "mfa")));

    assertThat(signIn().status()).isEqualTo(303);
    assertThat(visitor.get(PAGE).status()).isEqualTo(200);
  }

  @Test
  void rolesAreThoseThatTheAgentHasHere() {
    contoso.knows(here.tenancy().agent(Role.HELPDESK_AGENT).id().value());
    assertThat(signIn().status()).isEqualTo(303);

    assertThat(visitor.get("/dashboard/records").status()).isEqualTo(403);
    assertThat(visitor.get(PAGE).status()).isEqualTo(200);
  }

  @Test
  void sessionEndsWithTheSignInOfItsProvider() {
    assertThat(signIn().status()).isEqualTo(303);
    Visitor byPassword = new Visitor(here, "en");
    RawAnswer begun = byPassword.get("/dashboard/sign-in?with=password");
    String form = byPassword.local(begun.header("Location"));
    Map<String, String> fields = Visitor.hidden(byPassword.get(form).text());
    fields.put("username", admin().userPrincipalName());
    fields.put("password", Tenancy.AGENT_PASSWORD);
    fields.put("decision", "allow");
    assertThat(byPassword.follow(byPassword.post(form, fields)).status()).isEqualTo(303);
    assertThat(visitor.get(PAGE).status()).isEqualTo(200);

    var _ =
        here.server()
            .directory()
            .issuerSignIns()
            .withdraw(Tenancy.PARTNER, ISSUER, request(Tenancy.PARTNER));

    assertThat(visitor.get(PAGE).status()).isEqualTo(303);
    assertThat(byPassword.get(PAGE).status()).isEqualTo(200);
  }

  @Test
  void sessionEndsWithTheTrustInItsProvider() {
    assertThat(signIn().status()).isEqualTo(303);

    var _ =
        here.server()
            .directory()
            .trustedIssuers()
            .remove(Tenancy.PARTNER, ISSUER, request(Tenancy.PARTNER));

    assertThat(visitor.get(PAGE).status()).isEqualTo(303);
    assertThat(here.server().directory().issuerSignIns().get(Tenancy.PARTNER, ISSUER)).isEmpty();
  }

  @Test
  void signOutEndsTheSessionHere() {
    assertThat(signIn().status()).isEqualTo(303);
    String key = String.valueOf(visitor.cookies().get(SESSION));

    RawAnswer left = visitor.submit(PAGE, "/dashboard/sign-out", Map.of());

    assertThat(left.text()).contains("You are signed out.");
    visitor.cookies().put(SESSION, key);
    assertThat(visitor.get(PAGE).status()).isEqualTo(303);
  }
}
