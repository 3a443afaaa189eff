package dev.vidame.server.dashboard;

import dev.vidame.directory.Directory;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.DashboardSessions;
import dev.vidame.directory.partners.GranularRoleTable;
import dev.vidame.server.bulk.BulkRuns;
import dev.vidame.server.bulk.DirectoryAccounts;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Answer.Header;
import dev.vidame.server.http.Api;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.ApiException;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Correlation;
import dev.vidame.server.http.MassCaps;
import dev.vidame.server.http.Pages;
import dev.vidame.server.http.Request;
import dev.vidame.server.http.Route;
import dev.vidame.server.http.Throttle;
import dev.vidame.server.paging.ContinuationTokens;
import dev.vidame.server.texts.Language;
import dev.vidame.server.tokens.Caller;
import dev.vidame.server.tokens.ProviderSignIns;
import dev.vidame.server.tokens.Tokens;
import dev.vidame.wire.CustomerId;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pages for agents: customers, their accounts, and who did what. Thread-safe. Every page names
 * its operation in the route table, and the decision of the API lets people in or not.
 */
public final class Dashboard implements Pages {
  private static final String PATH = "/dashboard";

  /** Tells requests of the script from those of the browser. */
  static final String OF_SCRIPT = "HX-Request";

  private static final int FORBIDDEN = 403;
  private static final int SERVER_FAULT = 500;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Parts parts;
  private final Browsers browsers;
  private final Rights rights;
  private final Templates templates;
  private final Files files;
  private final SignInRoutes signIns;
  private final ProviderRoutes providers;
  private volatile List<Route> pages = List.of();

  /**
   * What a dashboard is made of.
   *
   * @param directory what it shows and changes
   * @param tokens where agents sign in
   * @param providers where those of partners with a provider do
   * @param options what can differ
   * @param address this server's own; not asked before it listens
   * @param clock the time
   * @param bulk runs of many changes
   */
  @SuppressWarnings("TooManyParameters") // everything that it touches, once
  public record Parts(
      Directory directory,
      Tokens tokens,
      ProviderSignIns providers,
      Options options,
      Supplier<URI> address,
      Clock clock,
      Bulk bulk) {}

  /**
   * What runs of many changes work with.
   *
   * @param runs those that there are
   * @param throttle how often partners may ask
   */
  public record Bulk(BulkRuns runs, Throttle throttle) {}

  /**
   * What can differ from server to server.
   *
   * @param isOffered whether there is one
   * @param limits how long sessions last, and how many there are
   * @param requiresMfa whether agents must show a second factor
   * @param retention how long a deleted account can be restored
   */
  public record Options(
      boolean isOffered,
      DashboardSessions.Limits limits,
      boolean requiresMfa,
      Duration retention) {}

  /** A dashboard; nobody is signed in yet. */
  public Dashboard(Parts parts) {
    this.parts = parts;
    Directory directory = parts.directory();
    SecureRandom random = new SecureRandom();
    Sessions sessions =
        new Sessions(directory.dashboardSessions(), parts.options().limits(), random);
    Cookies cookies = new Cookies(parts.address());
    browsers = new Browsers(sessions, cookies);
    rights = new Rights(directory.standings(), parts.clock());
    files = new Files();
    templates = new Templates(files, UUID::randomUUID);
    signIns =
        new SignInRoutes(
            new SignInRoutes.Entry(
                sessions,
                cookies,
                directory.secrets().get("page-forms"),
                random,
                parts.address(),
                parts.options().requiresMfa()),
            parts.tokens().ownSignIns(),
            directory.partners(),
            new OwnApplications(directory.applications(), UUID::randomUUID),
            templates);
    providers =
        new ProviderRoutes(
            signIns,
            new ProviderRoutes.Providers(
                directory.issuerSignIns(), parts.providers(), directory.assertions()),
            templates,
            parts.clock());
  }

  /**
   * The lines of the route table; none where it is not offered.
   *
   * @param caps what may be done so often only, by whatever way
   * @param refusals is told of what was refused
   */
  public List<Route> routes(MassCaps caps, Api.RefusalListener refusals) {
    if (!parts.options().isOffered()) {
      return List.of();
    }
    Directory directory = parts.directory();
    ContinuationTokens tokens =
        new ContinuationTokens(directory.secrets().get("continuation-tokens"), parts.clock());
    Lists lists = new Lists(tokens);
    Desk desk =
        new Desk(directory, templates, rights, lists, browsers, caps, refusals, parts.clock());
    UserPages users = new UserPages(desk);
    NewPasswords passwords = new NewPasswords(new SecureRandom());
    pages =
        Stream.of(
                signIns.routes(providers::offer),
                providers.routes(),
                files.routes(),
                new CustomerPages(desk).routes(),
                new UserListPages(desk, parts.options().retention()).routes(),
                users.routes(),
                new PasswordPages(desk, users, passwords).routes(),
                new DeletionPages(desk, users).routes(),
                new HoldingPages(desk, users).routes(),
                new LicensePages(desk).routes(),
                new RecordPages(desk).routes(),
                new AgentListPages(desk, passwords, UUID::randomUUID).routes(),
                new AgentPages(desk, passwords).routes(),
                new ApplicationListPages(desk, UUID::randomUUID).routes(),
                new ApplicationPages(desk).routes(),
                new WhyPages(desk).routes(),
                bulkPages(desk, caps).routes(),
                new SelectionPages(desk).routes(),
                new ChainPages(desk, tokens).routes())
            .flatMap(List::stream)
            .toList();
    return pages;
  }

  private BulkPages bulkPages(Desk desk, MassCaps caps) {
    Bulk bulk = parts.bulk();
    DirectoryAccounts.Parts accounts =
        new DirectoryAccounts.Parts(
            parts.directory(), bulk.throttle(), caps, parts.clock(), UUID::randomUUID);
    return new BulkPages(desk, bulk.runs(), accounts);
  }

  @Override
  public boolean have(Request request) {
    String path = request.rawPath().toLowerCase(Locale.ROOT);
    return parts.options().isOffered() && (path.equals(PATH) || path.startsWith(PATH + "/"));
  }

  @Override
  public Caller authenticate(Call call) {
    return caller(browsers.find(call.request()).orElseThrow(ApiErrors::tokenMissing));
  }

  private Caller caller(Session session) {
    Agent agent = session.agent();
    return new Caller(
        agent.partner(),
        OwnApplications.of(agent.partner()),
        agent.id(),
        agent.userPrincipalName(),
        session.startedAt().plus(parts.options().limits().longest()),
        methods(session.who()));
  }

  /** What a provider says of a password is its own affair. */
  private static List<String> methods(DashboardSessions.Who who) {
    List<String> methods = new ArrayList<>();
    if (who.issuer() == null) {
      methods.add("pwd");
    }
    if (who.isMultiFactor()) {
      methods.add("mfa");
    }
    return List.copyOf(methods);
  }

  @Override
  public void requireOurForm(Call call) {
    Request request = call.request();
    if (request.method().equals("GET")) {
      return;
    }
    Session session = browsers.known(request).orElseThrow(ApiErrors::tokenMissing);
    if (BulkPages.isUpload(call)) {
      request.becomesKnown();
      var _ = request.bodyWithFile(parts.bulk().runs().mostBytes());
    }
    if (!Form.isOurs(request, session, parts.address().get())) {
      throw ApiErrors.formOfElsewhere();
    }
  }

  @Override
  public Answer shown(
      Request request, Correlation correlation, Answer refusal, @Nullable ApiException why) {
    if (refusal.status() == 401) {
      return signIn(request);
    }
    Refused refused = Refused.of(refusal, why);
    Language language = Templates.language(request);
    // Where the server could not do something, the store may be what fails.
    Optional<Session> session =
        refusal.status() < SERVER_FAULT ? browsers.known(request) : browsers.found(request);
    Frame frame =
        session.isPresent()
            ? templates.frame(
                request,
                refused.title(),
                session.get(),
                operation -> rights.mayForPartner(caller(session.get()), operation))
            : templates.frame(request, refused.title(), null);
    List<String> sentences = refused.sentences(language).stream().map(frame::set).toList();
    String reference = refused.status() >= 500 ? correlation.requestId().toString() : "";
    Answer page =
        templates.page(
            refused.status(),
            "refusal",
            new RefusalPage(
                frame,
                sentences,
                reference,
                reachable(refused, session),
                session.isPresent() && refused.isOfRoles()
                    ? Asked.of(pages, request).map(WhyPages::address).orElse(null)
                    : null));
    List<Header> headers = new ArrayList<>(page.headers());
    headers.addAll(refusal.headers());
    return new Answer(page.status(), headers, page.body());
  }

  /** Who has roles on single customers only cannot list customers, and goes on from here. */
  private List<CustomerId> reachable(Refused refused, Optional<Session> session) {
    return refused.status() == FORBIDDEN && session.isPresent()
        ? parts
            .directory()
            .customerRoles()
            .page(session.get().agent(), BEFORE_ALL, Lists.SIZE)
            .stream()
            .map(GranularRoleTable.OnCustomer::customer)
            .toList()
        : List.of();
  }

  /** A script cannot follow to a form; it lets the browser go there. */
  private Answer signIn(Request request) {
    if (request.header(OF_SCRIPT).isPresent()) {
      return new Answer(
          200,
          List.of(
              new Header("Content-Type", Templates.HTML),
              new Header("HX-Redirect", signIns.signInAddress(request))),
          new byte[0]);
    }
    return SignInRoutes.to(signIns.signInAddress(request));
  }
}
