package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.ExternalIssuer;
import dev.vidame.directory.partners.IssuerSignIn;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Chromium;
import dev.vidame.server.harness.OwnServers;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sign-in with the provider of a partner, by the keyboard, in a real browser. */
@EnabledIfSystemProperty(named = "vidame.long", matches = "true")
class ProviderInChromiumTest {
  private static final Path PICTURES = Path.of("target", "screenshots");

  @RegisterExtension private final OwnServers servers = new OwnServers();
  @TempDir private Path folder;

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "en,light,Sign in,Customers",
    "en,dark,Sign in,Customers",
    "fr,light,Se connecter,Clients",
    "fr,dark,Se connecter,Clients"
  })
  void agentSignsInByTheKeyboard(String language, String theme, String first, String then)
      throws Exception {
    assumeThat(Chromium.isThere()).isTrue();
    TestServer here = servers.start(folder.resolve("server"), Map.of());
    Axe axe = new Axe();
    String name = language + "-" + theme + "-";
    try (SignInProvider provider = new SignInProvider(here.clock());
        HttpClient http = HttpClient.newHttpClient();
        Chromium browser = Chromium.start(folder.resolve("profile"), http, language)) {
      offer(here, provider);
      provider.knows(here.tenancy().agent(Role.ADMIN_AGENT).id().value());
      browser.prefer(theme);
      browser.resize(1280, 900);
      browser.open(here.server().address() + "/dashboard");
      browser.awaitHeading(first);
      browser.photograph(PICTURES.resolve(name + "signin-name.png"));
      assertThat(axe.faults(browser)).isEqualTo("[]");

      browser.type("ada@contoso.example");
      browser.enter();
      browser.await("!!document.querySelector('main a[role=button]')");
      browser.photograph(PICTURES.resolve(name + "signin-provider.png"));
      assertThat(axe.faults(browser)).isEqualTo("[]");
      browser.click("main a[role=button]");
      browser.awaitHeading(then);

      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests())
          .allMatch(address ->
              address.startsWith(here.server().address() + "/")
                  || address.startsWith(provider.url("/authorize?"))
                  || address.startsWith("data:")
                  || address.equals("about:blank"));
    }
  }

  private static void offer(TestServer here, SignInProvider provider) {
    UUID id = new UUID(5, 5);
    assertThat(
            here.server()
                .directory()
                .trustedIssuers()
                .add(
                    new ExternalIssuer(
                        id,
                        Tenancy.PARTNER,
                        provider.issuer(),
                        "https://vidame.example",
                        provider.url("/keys"),
                        new ExternalIssuer.ClaimNames("sub", "azp")),
                    request()))
        .isPresent();
    assertThat(
            here.server()
                .directory()
                .issuerSignIns()
                .offer(
                    Tenancy.PARTNER,
                    id,
                    new IssuerSignIn(
                        "Contoso",
                        "contoso.example",
                        SignInProvider.CLIENT,
                        SignInProvider.SECRET,
                        provider.url("/authorize"),
                        provider.url("/token")),
                    request()))
        .isPresent();
  }

  private static ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID());
  }
}
