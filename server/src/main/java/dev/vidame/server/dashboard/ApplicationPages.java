package dev.vidame.server.dashboard;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.operators.Applications;
import dev.vidame.directory.operators.Applications.NewSecret;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.ApplicationKey;
import dev.vidame.directory.partners.ApplicationTable.Secret;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.Guid;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The page of one of a partner's applications, and what is done to it. Thread-safe. Of the pages'
 * own application nothing can be changed here but whether it may be used: a secret of it would let
 * its holder act as the pages.
 */
final class ApplicationPages {
  private static final String APPLICATION = ApplicationListPages.APPLICATIONS + "/{application}";

  private final Desk desk;

  ApplicationPages(Desk desk) {
    this.desk = desk;
  }

  /**
   * An application.
   *
   * @param frame what every page has
   * @param application the application
   * @param form the form
   * @param faults what is wrong with a form of the page
   * @param secret the one that was just made; null for none
   * @param secrets those that there are, without their texts
   * @param keys its public keys
   */
  @SuppressWarnings("TooManyParameters") // all that the page shows
  record Shown(
      Frame frame,
      Application application,
      ApplicationForm form,
      Faults faults,
      @Nullable String secret,
      List<Secret> secrets,
      List<ApplicationKey> keys) {
    String path() {
      return ApplicationListPages.path(application.id());
    }

    /** Whether it is the one that the pages act with. */
    boolean isOwn() {
      return ApplicationPages.isOwn(application);
    }

    boolean hasRoom() {
      return secrets.size() < Applications.MOST_SECRETS;
    }

    /** What a key is known by. */
    static String nameOf(ApplicationKey key) {
      String name = key.names().name();
      String thumbprint = key.names().sha256();
      return name != null ? name : thumbprint != null ? thumbprint : key.id().toString();
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
      return "Shown[" + application.id() + "]";
    }
  }

  List<Route> routes() {
    return List.of(
        Route.pageOnPartner("GET", APPLICATION, Operation.GET_APPLICATION, this::show),
        Route.pageOnPartner("POST", APPLICATION, Operation.UPDATE_APPLICATION, this::save),
        Route.pageOnPartner(
            "POST", APPLICATION + "/state", Operation.UPDATE_APPLICATION, this::setState),
        Route.pageOnPartner(
            "POST", APPLICATION + "/secrets", Operation.ADD_APPLICATION_SECRET, this::addSecret),
        Route.pageOnPartner(
            "POST",
            APPLICATION + "/secrets/remove",
            Operation.REMOVE_APPLICATION_SECRET,
            this::removeSecret),
        Route.pageOnPartner(
            "POST",
            APPLICATION + "/keys/remove",
            Operation.REMOVE_APPLICATION_KEY,
            this::removeKey));
  }

  private static boolean isOwn(Application application) {
    return application.id().equals(OwnApplications.of(application.partner()));
  }

  private Applications applications() {
    return desk.directory().applications();
  }

  /** The application that the path names; one of another partner is not there. */
  private Application application(Call call) {
    return Guid.parse(call.parameter(0))
        .flatMap(id -> applications().get(call.caller().partner(), new ApplicationId(id)))
        .orElseThrow(ApiErrors::notFound);
  }

  private Answer show(Call call) {
    Application application = application(call);
    return page(call, 200, application, ApplicationForm.of(application), Faults.none());
  }

  private Answer faulty(Call call, Application application, Faults faults) {
    return page(call, 400, application, ApplicationForm.of(application), faults);
  }

  @SuppressWarnings("TooManyParameters") // all that the page is made of
  private Answer page(
      Call call, int status, Application application, ApplicationForm form, Faults faults) {
    return desk.templates()
        .page(
            status,
            "application",
            new Shown(
                desk.frame(call, Text.of("Application"), faults.isEmpty() ? null : faults.notice()),
                application,
                form,
                faults,
                desk.session(call).onceOf(application.id().value()).orElse(null),
                applications()
                    .secrets(application.partner(), application.id())
                    .orElseThrow(ApiErrors::notFound),
                desk.directory()
                    .applicationKeys()
                    .list(application.partner(), application.id())
                    .orElseThrow(ApiErrors::notFound)));
  }

  /** Something that is done to an application, and what is said of it then. */
  @FunctionalInterface
  private interface Work {
    Notice run(ChangeRequest request);
  }

  private Answer changed(Call call, Application application, Form sent, Work work) {
    if (isOwn(application)) {
      return faulty(call, application, ofThePages());
    }
    try {
      desk.session(call).tell(work.run(sent.changeRequest()));
      return Desk.to(ApplicationListPages.path(application.id()));
    } catch (DirectoryException e) {
      return faulty(call, application, Faults.of(e));
    }
  }

  private static Faults ofThePages() {
    return Faults.none()
        .add(
            "application",
            Text.of("These pages act with this application. Only its state can be changed here."));
  }

  private Answer save(Call call) {
    Application application = application(call);
    Form sent = Form.of(call);
    ApplicationForm form = ApplicationForm.of(sent);
    Faults faults = form.faults();
    if (!isOwn(application) && !faults.isEmpty()) {
      return page(call, 400, application, form, faults);
    }
    return changed(
        call,
        application,
        sent,
        request -> {
          if (form.isUnchanged()) {
            return nothing();
          }
          Application saved = update(application, form.toUpdate(), request);
          return Notice.done(Text.of("%s was saved.", saved.name()));
        });
  }

  private static Notice nothing() {
    return Notice.done(Text.of("Nothing was changed."));
  }

  private Application update(
      Application application, Applications.Update update, ChangeRequest request) {
    return applications()
        .update(application.partner(), application.id(), update, request)
        .map(Done::value)
        .orElseThrow(ApiErrors::notFound);
  }

  private Answer setState(Call call) {
    Application application = application(call);
    Form sent = Form.of(call);
    boolean isDisabled = sent.field("disabled").equals("true");
    if (isDisabled && isOwn(application) && !sent.field("sure").equals("on")) {
      return faulty(
          call,
          application,
          Faults.none().add("sure", Text.of("Say that you want to close these pages to all.")));
    }
    if (isDisabled == application.isDisabled()) {
      desk.session(call).tell(nothing());
    } else {
      Application now =
          update(application, new Applications.Update(null, isDisabled), sent.changeRequest());
      desk.session(call)
          .tell(
              Notice.done(
                  now.isDisabled()
                      ? Text.of("%s may have no tokens any more.", now.name())
                      : Text.of("%s may have tokens again.", now.name())));
    }
    return Desk.to(ApplicationListPages.path(application.id()));
  }

  private Answer addSecret(Call call) {
    Application application = application(call);
    return changed(
        call,
        application,
        Form.of(call),
        request -> {
          NewSecret added =
              applications()
                  .addSecret(application.partner(), application.id(), request)
                  .map(Done::value)
                  .orElseThrow(ApiErrors::notFound);
          String text = added.text();
          if (text == null) {
            return ApplicationListPages.sentBefore();
          }
          desk.session(call).keepOnce(application.id().value(), text);
          return Notice.done(Text.of("A secret was added."));
        });
  }

  private Answer removeSecret(Call call) {
    Application application = application(call);
    Form sent = Form.of(call);
    UUID secret = Guid.parse(sent.field("secret")).orElseThrow(ApiErrors::notFound);
    return changed(
        call,
        application,
        sent,
        request ->
            applications()
                    .removeSecret(application.partner(), application.id(), secret, request)
                    .isPresent()
                ? Notice.done(Text.of("The secret was removed."))
                : nothing());
  }

  private Answer removeKey(Call call) {
    Application application = application(call);
    Form sent = Form.of(call);
    UUID key = Guid.parse(sent.field("key")).orElseThrow(ApiErrors::notFound);
    return changed(
        call,
        application,
        sent,
        request ->
            desk.directory()
                    .applicationKeys()
                    .remove(application.partner(), application.id(), key, request)
                    .isPresent()
                ? Notice.done(Text.of("The key was removed."))
                : nothing());
  }
}
