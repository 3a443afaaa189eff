package dev.vidame.server.dashboard;

import dev.vidame.directory.journal.Done;
import dev.vidame.directory.operators.Applications;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Text;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** The pages of a partner's applications: which they are, and one more of them. Thread-safe. */
final class ApplicationListPages {
  static final String APPLICATIONS = "/dashboard/applications";
  private static final String NEW = APPLICATIONS + "/new";
  private static final String SEARCH = "q";

  private final Desk desk;
  private final Supplier<UUID> newIds;

  ApplicationListPages(Desk desk, Supplier<UUID> newIds) {
    this.desk = desk;
    this.newIds = newIds;
  }

  /**
   * A list of applications.
   *
   * @param frame what every page has
   * @param search what was searched for
   * @param own the pages' own
   * @param applications those on the page
   * @param neighbours the pages before and behind
   */
  @SuppressWarnings("TooManyParameters") // all that the page shows
  record Listed(
      Frame frame,
      String search,
      ApplicationId own,
      List<Application> applications,
      Lists.Neighbours neighbours) {}

  /**
   * The form for a new application.
   *
   * @param frame what every page has
   * @param form as it was filled in
   * @param faults what is wrong with it
   */
  record New(Frame frame, ApplicationForm form, Faults faults) {}

  List<Route> routes() {
    return List.of(
        Route.pageOnPartner("GET", APPLICATIONS, Operation.LIST_APPLICATIONS, this::list),
        Route.pageOnPartner("GET", NEW, Operation.CREATE_APPLICATION, this::ask),
        Route.pageOnPartner("POST", NEW, Operation.CREATE_APPLICATION, this::create));
  }

  private Answer list(Call call) {
    PartnerId partner = call.caller().partner();
    Applications applications = desk.directory().applications();
    String search = call.query().first(SEARCH).orElse("").strip();
    String wanted = Folded.of(search);
    Map<String, String> parameters = search.isEmpty() ? Map.of() : Map.of(SEARCH, search);
    Page<Application> page =
        InMemory.page(
            InMemory.all(
                    (after, size) -> applications.page(partner, after, size),
                    (Application application) -> application.id().value())
                .stream()
                .filter(application ->
                    Folded.of(application.name()).contains(wanted)
                        || application.id().toString().equals(wanted)),
            desk.lists().wanted(call, parameters),
            ApplicationListPages::key);
    return desk.templates()
        .page(
            200,
            "applications",
            new Listed(
                desk.frame(call, Text.of("Applications")),
                search,
                OwnApplications.of(partner),
                page.items(),
                desk.lists()
                    .neighbours(call, APPLICATIONS, parameters, page, ApplicationListPages::key)));
  }

  private static List<String> key(Application application) {
    return List.of(Folded.of(application.name()), application.id().toString());
  }

  private Answer ask(Call call) {
    return form(call, 200, ApplicationForm.empty(), Faults.none());
  }

  private Answer form(Call call, int status, ApplicationForm form, Faults faults) {
    Notice notice = faults.isEmpty() ? null : faults.notice();
    return desk.templates()
        .page(
            status,
            "newapplication",
            new New(desk.frame(call, Text.of("New application"), notice), form, faults));
  }

  private Answer create(Call call) {
    Form sent = Form.of(call);
    ApplicationForm form = ApplicationForm.of(sent);
    Faults faults = form.faults();
    if (!faults.isEmpty()) {
      return form(call, 400, form, faults);
    }
    Application wanted =
        new Application(
            new ApplicationId(newIds.get()),
            call.caller().partner(),
            form.name(),
            !form.isPublic(),
            false,
            form.uris());
    Done<Applications.Created> done =
        desk.directory()
            .applications()
            .create(wanted, sent.changeRequest())
            .orElseThrow(ApiErrors::notFound);
    tell(call, done);
    return Desk.to(path(done.value().application().id()));
  }

  private void tell(Call call, Done<Applications.Created> done) {
    Application created = done.value().application();
    Session session = desk.session(call);
    String secret = done.value().secret();
    if (secret != null) {
      session.keepOnce(created.id().value(), secret);
    }
    session.tell(
        done.isReplay() && created.isConfidential()
            ? sentBefore()
            : Notice.done(Text.of("%s was created.", created.name())));
  }

  /** What is said where a form that makes a secret comes again. */
  static Notice sentBefore() {
    return Notice.fault(
        Text.of(
            "This form was sent before. The secret that was made then was shown once."
                + " Remove it and add another one, where it is lost."));
  }

  static String path(ApplicationId application) {
    return APPLICATIONS + "/" + application;
  }
}
