package dev.vidame.server.dashboard;

import dev.vidame.bulk.BulkAccounts;
import dev.vidame.bulk.BulkException;
import dev.vidame.bulk.RunReport.Failure;
import dev.vidame.bulk.RunResult;
import dev.vidame.directory.partners.Agent;
import dev.vidame.server.access.Operation;
import dev.vidame.server.bulk.BulkRuns;
import dev.vidame.server.bulk.BulkRuns.Refusal;
import dev.vidame.server.bulk.DirectoryAccounts;
import dev.vidame.server.bulk.Run;
import dev.vidame.server.bulk.RunAgent;
import dev.vidame.server.bulk.RunInfo;
import dev.vidame.server.bulk.RunState;
import dev.vidame.server.dashboard.RunPage.Outcomes;
import dev.vidame.server.dashboard.RunPage.Planned;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Handler;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.Guid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The pages of bulk changes: a file is uploaded, compared, applied and taken back. Thread-safe.
 * What goes on does so in {@link BulkRuns}, whoever looks; pages only tell of it.
 */
final class BulkPages {
  static final String RUNS = SignInRoutes.HOME + "/{customer}/bulk";

  private static final System.Logger LOG = System.getLogger(BulkPages.class.getName());
  private static final String RUN = RUNS + "/{run}";
  private static final int RUN_PLACE = 1;
  private static final int SHOWN_ROWS = 100;
  private static final int LONGEST_NAME = 100;
  private static final int KIBI = 1024;
  private static final byte[] ZIP = {'P', 'K', 3, 4};

  private final Desk desk;
  private final BulkRuns runs;
  private final DirectoryAccounts.Parts accounts;

  BulkPages(Desk desk, BulkRuns runs, DirectoryAccounts.Parts accounts) {
    this.desk = desk;
    this.runs = runs;
    this.accounts = accounts;
  }

  /**
   * The runs of an agent on a customer.
   *
   * @param frame what every page has
   * @param head what pages on a customer have
   * @param runs how far each is, the newest first
   * @param mostKibi how large a file may be
   * @param keptDays for how long runs are kept
   */
  @SuppressWarnings("TooManyParameters") // all that the page shows
  record Listed(Frame frame, CustomerHead head, List<Line> runs, long mostKibi, long keptDays) {
    String path() {
      return head.path() + "/bulk";
    }

    long mostBytes() {
      return mostKibi * KIBI;
    }
  }

  /**
   * A run in the list.
   *
   * @param info what was uploaded
   * @param state how far it is
   */
  record Line(RunInfo info, RunState state) {
    Text said() {
      return RunTexts.of(state);
    }
  }

  List<Route> routes() {
    return List.of(
        page("GET", RUNS, this::list),
        page("POST", RUNS, this::upload),
        page("GET", RUN, this::show),
        page("POST", RUN + "/plan", call -> begin(call, Run::plan)),
        page("POST", RUN + "/apply", this::apply),
        page("POST", RUN + "/undo", call -> begin(call, Run::undo)),
        page("POST", RUN + "/stop", this::stop),
        page("POST", RUN + "/remove", this::remove),
        page("POST", RUN + "/passwords", this::passwords),
        page("GET", RUN + "/problems", this::problems),
        page("GET", RUN + "/report", this::report),
        page("GET", RUN + "/failed", this::failed));
  }

  private static Route page(String method, String template, Handler handler) {
    return Route.pageOnCustomer(method, template, Operation.UPDATE_USER, handler);
  }

  /** Whether a form brings a file, and may be as large as one. */
  static boolean isUpload(Call call) {
    return call.parameters().size() == RUN_PLACE
        && call.request().header("Content-Type").filter(Multipart::is).isPresent()
        && call.canonicalPath().toLowerCase(Locale.ROOT).endsWith("/bulk");
  }

  private Answer list(Call call) {
    return list(call, 200, null);
  }

  private Answer list(Call call, int status, @Nullable Notice notice) {
    List<Line> lines =
        runs.of(owner(call)).stream().map(run -> new Line(run.info(), run.now().state())).toList();
    return desk.templates()
        .page(
            status,
            "bulk",
            new Listed(
                desk.frame(call, Text.of("Bulk changes"), notice),
                desk.head(call),
                lines,
                runs.mostBytes() / KIBI,
                runs.kept().toDays()));
  }

  private RunInfo.Owner owner(Call call) {
    Agent agent = desk.session(call).agent();
    return new RunInfo.Owner(agent.partner(), agent.id(), call.customer());
  }

  /** Nobody but its owner hears of a run. */
  private Run run(Call call) {
    return Guid.parse(call.parameter(RUN_PLACE))
        .flatMap(id -> runs.find(owner(call), id))
        .orElseThrow(ApiErrors::notFound);
  }

  private BulkAccounts accounts(Call call, UUID run) {
    Session session = desk.session(call);
    Agent agent = session.agent();
    RunAgent acting =
        new RunAgent(
            agent.partner(),
            agent.id(),
            call.caller().application(),
            () ->
                desk.directory()
                    .partners()
                    .proved(agent.id())
                    .filter(proved -> proved.mark().equals(session.who().mark()))
                    .isPresent());
    return new DirectoryAccounts(accounts, acting, call.customer(), run);
  }

  private Answer upload(Call call) {
    Form form = Form.of(call);
    Optional<Multipart.File> chosen = form.file("file");
    if (chosen.isEmpty()) {
      return list(call, 400, fault(Text.of("Choose a file first.")));
    }
    Multipart.File file = chosen.get();
    if (file.content().length > runs.mostBytes()) {
      return list(
          call,
          413,
          fault(
              Text.of(
                  "The file is too large. Split it into several of up to %s KiB.",
                  runs.mostBytes() / KIBI)));
    }
    if (startsLikeZip(file.content())) {
      return list(
          call,
          400,
          fault(Text.of("This is a spreadsheet or an archive. Save it as CSV in UTF-8 first.")));
    }
    RunInfo info = info(call, form, file);
    try {
      Optional<Refusal> refusal = runs.take(info, file.content());
      if (refusal.isPresent()) {
        return list(call, 409, fault(said(refusal.get())));
      }
    } catch (BulkException e) {
      LOG.log(System.Logger.Level.ERROR, "An upload could not be kept", e);
      return list(call, 503, fault(Text.of("This server cannot keep files at the moment.")));
    }
    Run run = runs.find(info.owner(), info.id()).orElseThrow(ApiErrors::notFound);
    var _ = run.plan(accounts(call, info.id())); // which an upload that is repeated has begun
    return Desk.to(path(call, info.id()));
  }

  private static boolean startsLikeZip(byte[] content) {
    return content.length >= ZIP.length
        && Arrays.equals(content, 0, ZIP.length, ZIP, 0, ZIP.length);
  }

  private RunInfo info(Call call, Form form, Multipart.File file) {
    RunInfo.Owner owner = owner(call);
    UUID request = Guid.parse(form.field(Form.REQUEST)).orElse(call.correlation().requestId());
    MessageDigest digest = Multipart.sha256();
    digest.update((owner + "/" + request + "/").getBytes(StandardCharsets.UTF_8));
    return new RunInfo(
        UUID.nameUUIDFromBytes(digest.digest(file.content())),
        owner,
        name(file.name()),
        form.field("passwords").equals("on"),
        desk.clock().instant());
  }

  /** What people know the file by, and never where it lies. */
  private static String name(String given) {
    String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    String plain =
        last.codePoints()
            .filter(c -> !Character.isISOControl(c))
            .limit(LONGEST_NAME)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    return plain.isEmpty() ? "CSV" : plain;
  }

  private Answer show(Call call) {
    Run run = run(call);
    Run.Now now = run.now();
    return desk.templates()
        .page(
            200,
            "bulkrun",
            new RunPage(
                desk.frame(call, Text.of("Bulk changes")),
                desk.head(call),
                run.info(),
                now,
                planned(call, run, now.state()),
                now.state().hasReport() ? outcomes(run, now.state()) : null,
                run.hasPasswords()));
  }

  private @Nullable Planned planned(Call call, Run run, RunState state) {
    return state == RunState.PLANNED
        ? new Planned(
            run.counts(), run.rows(SHOWN_ROWS), run.problems(SHOWN_ROWS), denied(call, run))
        : null;
  }

  /** What the plan asks for that the reader may not do at all. */
  private List<Text> denied(Call call, Run run) {
    return run.counts().changes().keySet().stream()
        .filter(operation ->
            !desk.rights().may(call, call.customer(), DirectoryAccounts.operation(operation)))
        .sorted()
        .map(RunTexts::of)
        .toList();
  }

  private static Outcomes outcomes(Run run, RunState state) {
    List<Failure> failures = new ArrayList<>();
    RunResult result =
        run.report(
            state.isUndo(),
            failure -> {
              if (failures.size() < SHOWN_ROWS) {
                failures.add(failure);
              }
            });
    return new Outcomes(result, failures);
  }

  /** What is begun with a run. */
  @FunctionalInterface
  private interface Beginning {
    Optional<Refusal> of(Run run, BulkAccounts accounts);
  }

  private Answer apply(Call call) {
    Run run = run(call);
    if (run.now().state() == RunState.PLANNED && !denied(call, run).isEmpty()) {
      desk.session(call)
          .tell(fault(Text.of("The plan asks for what you may not do. Leave those rows out.")));
      return Desk.to(path(call, run.info().id()));
    }
    return begin(call, Run::apply);
  }

  private Answer begin(Call call, Beginning beginning) {
    Run run = run(call);
    beginning
        .of(run, accounts(call, run.info().id()))
        .ifPresent(refusal -> desk.session(call).tell(fault(said(refusal))));
    return Desk.to(path(call, run.info().id()));
  }

  private Answer stop(Call call) {
    Run run = run(call);
    run.stop();
    return Desk.to(path(call, run.info().id()));
  }

  private Answer remove(Call call) {
    Run run = run(call);
    Optional<Refusal> refusal = run.remove();
    if (refusal.isPresent()) {
      desk.session(call).tell(fault(said(refusal.get())));
      return Desk.to(path(call, run.info().id()));
    }
    desk.session(call).tell(Notice.done(Text.of("%s was removed.", run.info().fileName())));
    return Desk.to(CustomerHead.path(call.customer()) + "/bulk");
  }

  private Answer passwords(Call call) {
    Run run = run(call);
    Optional<byte[]> passwords = run.takePasswords();
    if (passwords.isEmpty()) {
      desk.session(call)
          .tell(fault(Text.of("There are no passwords to take. They can be had once only.")));
      return Desk.to(path(call, run.info().id()));
    }
    return RunTables.file("passwords.csv", passwords.get());
  }

  private Answer problems(Call call) {
    return RunTables.file(
        "problems.csv", RunTables.problems(run(call).problems(Integer.MAX_VALUE), call.language()));
  }

  private Answer report(Call call) {
    Run run = run(call);
    RunState state = withReport(run);
    List<Failure> failures = new ArrayList<>();
    var _ = run.report(state.isUndo(), failures::add);
    return RunTables.file("report.csv", RunTables.failures(failures, call.language()));
  }

  private Answer failed(Call call) {
    Run run = run(call);
    var _ = withReport(run);
    try {
      return RunTables.file("failed.csv", run.failedRows().orElseThrow(ApiErrors::notFound));
    } catch (BulkException e) {
      LOG.log(System.Logger.Level.ERROR, "The failed rows of a bulk run cannot be read", e);
      desk.session(call)
          .tell(fault(Text.of("The files of the run could not be used on this server.")));
      return Desk.to(path(call, run.info().id()));
    }
  }

  private static RunState withReport(Run run) {
    RunState state = run.now().state();
    if (!state.hasReport()) {
      throw ApiErrors.notFound();
    }
    return state;
  }

  private static Text said(Refusal refusal) {
    return switch (refusal) {
      case TOO_MANY_OF_AGENT ->
          Text.of("You have as many runs as you may have, on all customers together. Remove one.");
      case TOO_MANY -> Text.of("There are as many runs as there may be. Try again tomorrow.");
      case UNDER_WAY -> Text.of("Something is under way with this run already.");
      case NOT_NOW -> Text.of("This was done before, or cannot be done any more.");
      case STOPPING -> Text.of("The server stops. Go on when it is there again.");
    };
  }

  private static Notice fault(Text text) {
    return Notice.fault(text);
  }

  private static String path(Call call, UUID run) {
    return CustomerHead.path(call.customer()) + "/bulk/" + run;
  }
}
