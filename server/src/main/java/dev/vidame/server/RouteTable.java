package dev.vidame.server;

import dev.vidame.directory.Directory;
import dev.vidame.server.admin.AdminRoutes;
import dev.vidame.server.admin.IssuerSignInRoutes;
import dev.vidame.server.admin.SecondFactorRoutes;
import dev.vidame.server.admin.SigningKeyRoutes;
import dev.vidame.server.audit.AuditRoutes;
import dev.vidame.server.audit.Refusals;
import dev.vidame.server.changes.ChangeRoutes;
import dev.vidame.server.changes.RevertRoutes;
import dev.vidame.server.changes.Waiters;
import dev.vidame.server.customers.CustomerRoutes;
import dev.vidame.server.dashboard.Dashboard;
import dev.vidame.server.health.HealthRoutes;
import dev.vidame.server.http.Api;
import dev.vidame.server.http.ConnectionLimit;
import dev.vidame.server.http.FurtherRights;
import dev.vidame.server.http.MassCaps;
import dev.vidame.server.http.Route;
import dev.vidame.server.licenses.LicenseRoutes;
import dev.vidame.server.oauth.ExchangeRoutes;
import dev.vidame.server.oauth.OAuthRoutes;
import dev.vidame.server.oauth.PageRoutes;
import dev.vidame.server.openapi.OpenApiRoutes;
import dev.vidame.server.paging.ContinuationTokens;
import dev.vidame.server.paging.Paging;
import dev.vidame.server.roles.RoleRoutes;
import dev.vidame.server.settings.SecuritySettings;
import dev.vidame.server.settings.Settings;
import dev.vidame.server.tokens.Tokens;
import dev.vidame.server.users.RememberedPages;
import dev.vidame.server.users.UserRoutes;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The route table of a server: every capability's routes, over what they work with. Immutable.
 *
 * @param directory what they read and change
 * @param settings what can differ
 * @param tokens this server's own
 * @param address what callers call this server; not asked before it listens
 * @param clock the time
 * @param watch what watches the server
 */
@SuppressWarnings("TooManyParameters") // all that differs from server to server
record RouteTable(
    Directory directory,
    Settings settings,
    Tokens tokens,
    Supplier<URI> address,
    Clock clock,
    Watch watch) {
  /**
   * All routes, each with its description.
   *
   * @param authenticator says who calls, for the routes that exchange tokens
   * @param dashboard the pages for people
   */
  List<Route> routes(Api.Authenticator authenticator, Dashboard dashboard) {
    MassCaps caps = massCaps();
    UserRoutes.Compatibility compatibility =
        new UserRoutes.Compatibility(
            settings.patchesCollection(),
            settings.echoesPasswords(),
            settings.userCreationStatus());
    Paging paging =
        new Paging(new ContinuationTokens(directory.secrets().get("continuation-tokens"), clock));
    FurtherRights rights = new FurtherRights(directory.standings()::of, clock);
    UserRoutes.Pages userPages =
        new UserRoutes.Pages(
            paging,
            settings.userPageSize(),
            new RememberedPages(directory.changes(), settings.operating().rememberedPagesBytes()),
            rights);
    Stream<List<Route>> all =
        Stream.of(
            issuerRoutes(authenticator),
            new AdminRoutes(directory, UUID::randomUUID).routes(),
            new CustomerRoutes(directory.customers(), paging, customerOptions()).routes(),
            new UserRoutes(directory.users(), userPages, compatibility, caps, UUID::randomUUID)
                .routes(),
            new RoleRoutes(directory.roles(), paging).routes(),
            new LicenseRoutes(directory.skus(), directory.licenses()).routes(),
            new AuditRoutes(directory.audit(), paging, clock).routes(),
            changeRoutes(rights, caps),
            new HealthRoutes(watch.readiness()).routes());
    return OpenApiRoutes.describing(
        all.flatMap(List::stream).toList(),
        dashboard.routes(caps, new Refusals(directory.audit())));
  }

  private List<Route> changeRoutes(FurtherRights rights, MassCaps caps) {
    Waiters waiters =
        Waiters.among(
            ConnectionLimit.of(Runtime.getRuntime().maxMemory())
                .withConnections(settings.operating().mostConnections()));
    watch.metrics().watchChangeWaiters(waiters::waiting);
    return Stream.of(
            new ChangeRoutes(directory.changes(), waiters, rights).routes(),
            new RevertRoutes(directory.reverts(), directory.users(), rights, caps).routes())
        .flatMap(List::stream)
        .toList();
  }

  private List<Route> issuerRoutes(Api.Authenticator authenticator) {
    return Stream.of(
            new OAuthRoutes(tokens).routes(),
            new PageRoutes(
                    tokens, directory.secrets().get("page-forms"), new SecureRandom(), address)
                .routes(),
            new ExchangeRoutes(authenticator, tokens, directory.partners(), directory.standings())
                .routes(),
            new SigningKeyRoutes(tokens).routes(),
            new SecondFactorRoutes(tokens.secondFactors()).routes(),
            new IssuerSignInRoutes(directory.issuerSignIns(), tokens.providerSecrets(), address)
                .routes())
        .flatMap(List::stream)
        .toList();
  }

  private MassCaps massCaps() {
    SecuritySettings security = settings.security();
    return new MassCaps(security.massChanges(), clock, watch.metrics());
  }

  private CustomerRoutes.Options customerOptions() {
    return new CustomerRoutes.Options(
        settings.domainSuffixes(), settings.relationshipAfterCreation(), address, UUID::randomUUID);
  }
}
