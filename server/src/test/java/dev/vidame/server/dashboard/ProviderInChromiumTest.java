package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.ExternalIssuer;
import dev.vidame.directory.partners.IssuerSignIn;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Chromium;
import dev.vidame.server.harness.OwnBrowsers;
import dev.vidame.server.harness.OwnServers;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestKeys;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sign-in with the provider of a partner, by the keyboard, in a real browser. */
@EnabledIfSystemProperty(named = "vidame.long", matches = "true")
class ProviderInChromiumTest {
  @RegisterExtension private final OwnBrowsers browsers = new OwnBrowsers();
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
    TestServer here = servers.start(folder);
    String name = language + "-" + theme + "-";
    try (SignInProvider provider = new SignInProvider(here.clock(), TestKeys.first(0))) {
      offer(here, provider);
      provider.knows(here.tenancy().agent(Role.ADMIN_AGENT).id().value());
      Chromium browser = browsers.start(here, language, theme);
      browser.open("/dashboard");
      browser.awaitHeading(first);
      Screens.look(browser, name + "signin-name");

      browser.type("ada@contoso.example");
      browser.enter();
      browser.await("!!document.querySelector('main a[role=button]')");
      Screens.look(browser, name + "signin-provider");
      browser.click("main a[role=button]");
      browser.awaitHeading(then);

      browser.requireQuiet(provider.url("/authorize?"));
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
