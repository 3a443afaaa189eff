package dev.vidame.server.dashboard;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.users.User;
import dev.vidame.server.access.AccessDecision;
import dev.vidame.server.access.Operation;
import dev.vidame.server.dashboard.Notice.Sentence;
import dev.vidame.server.dashboard.SelectedWork.Became;
import dev.vidame.server.dashboard.SelectedWork.Step;
import dev.vidame.server.dashboard.SelectionResult.Each;
import dev.vidame.server.dashboard.SelectionResult.Kind;
import dev.vidame.server.dashboard.SelectionResult.WayBack;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.ApiException;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Language;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.Guid;
import dev.vidame.wire.SubscribedSku;
import dev.vidame.wire.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Does one thing to all accounts of a list that somebody selected, and says of each what became of
 * it. Thread-safe. Each account is a change of its own, with its own request and its own decision;
 * what is refused of one keeps none of the others (docs/decisions/0083).
 */
final class SelectionPages {
  private static final System.Logger LOG = System.getLogger(SelectionPages.class.getName());
  private static final String SELECTED = SignInRoutes.HOME + "/{customer}/selected";
  private static final String RESULT = "result";
  private static final String SKU = "sku";
  private static final String ROLE = "role";

  private static final int TURNS = 64;

  private final Desk desk;

  /** A form that is sent twice at once to this server is carried out once, and both are told. */
  private final ReentrantLock[] turns = new ReentrantLock[TURNS];

  SelectionPages(Desk desk) {
    this.desk = desk;
    Arrays.setAll(turns, index -> new ReentrantLock());
  }

  /**
   * The page of what became of a selection.
   *
   * @param frame what every page has
   * @param head what pages on a customer have
   * @param result what became of it; null where that is kept no more
   * @param undo where it is undone; empty where it cannot be
   */
  record Shown(Frame frame, CustomerHead head, @Nullable SelectionResult result, String undo) {}

  /**
   * What is to be done.
   *
   * @param action what it is
   * @param title what people call it
   * @param step does it to one account
   * @param wayBack undoes it; made when all is done
   */
  private record Plan(SelectedAction action, Text title, Step step, Undoing wayBack) {}

  /** Finds out how something is undone. */
  @FunctionalInterface
  private interface Undoing {
    /** The way back when all is done; null where there is none. */
    @Nullable WayBack of(SelectedWork done);
  }

  /** Finds out what a form wants. */
  @FunctionalInterface
  private interface Planning {
    Plan of(Call call, Form form, SelectedWork work);
  }

  List<Route> routes() {
    return List.of(
        route(SelectedAction.DELETE, (call, form, work) -> delete(work)),
        route(SelectedAction.RESTORE, (call, form, work) -> restore(call, work)),
        route(SelectedAction.ASSIGN_LICENSE, (call, form, work) -> assign(sku(call, form), work)),
        route(SelectedAction.REMOVE_LICENSE, (call, form, work) -> remove(sku(call, form), work)),
        route(SelectedAction.ADD_ROLE, (call, form, work) -> addRole(role(form), work)),
        route(SelectedAction.REMOVE_ROLE, (call, form, work) -> removeRole(role(form), work)),
        Route.pageOnCustomer("GET", SELECTED, Operation.LIST_USERS, this::show),
        Route.pageOnCustomer("POST", SELECTED, Operation.LIST_USERS, this::doNothing));
  }

  private Route route(SelectedAction action, Planning planning) {
    return Route.pageOnCustomer(
        "POST",
        SELECTED + "/" + action.path(),
        action.operation(),
        call -> carryOut(call, planning));
  }

  /** What browsers send of themselves when somebody presses Enter on a box. */
  private Answer doNothing(Call call) {
    desk.session(call)
        .tell(Notice.fault(Text.of("Say below the list what to do; nothing was done.")));
    return Desk.to(SelectionForm.back(call, Form.of(call)));
  }

  private static Plan delete(SelectedWork work) {
    return new Plan(
        SelectedAction.DELETE,
        Text.of("Delete users"),
        work::delete,
        done -> new WayBack(SelectedAction.RESTORE, Map.of()));
  }

  private Plan restore(Call call, SelectedWork work) {
    if (!SelectedAction.RESTORE.isOpenTo(desk, call)) {
      throw new Failure.RightTooNarrow().asException();
    }
    return new Plan(SelectedAction.RESTORE, Text.of("Restore users"), work::restore, done -> null);
  }

  private static Plan assign(SubscribedSku sku, SelectedWork work) {
    return new Plan(
        SelectedAction.ASSIGN_LICENSE,
        Text.of("Assign licences of %s", sku.product().name()),
        work.assign(sku),
        done -> new WayBack(SelectedAction.REMOVE_LICENSE, Map.of(SKU, sku.product().id())));
  }

  private static Plan remove(SubscribedSku sku, SelectedWork work) {
    return new Plan(
        SelectedAction.REMOVE_LICENSE,
        Text.of("Take away licences of %s", sku.product().name()),
        work.remove(sku),
        done -> {
          Map<String, String> fields = new HashMap<>(done.takenParts());
          fields.put(SKU, sku.product().id());
          return new WayBack(SelectedAction.ASSIGN_LICENSE, fields);
        });
  }

  private SubscribedSku sku(Call call, Form form) {
    return desk.directory()
        .skus()
        .get(call.customer(), form.field(SKU))
        .orElseThrow(ApiErrors::notFound);
  }

  private static Plan addRole(DirectoryRole role, SelectedWork work) {
    return new Plan(
        SelectedAction.ADD_ROLE,
        Text.of("Give the role %s to users", role.wireName()),
        work.addRole(role),
        done -> new WayBack(SelectedAction.REMOVE_ROLE, Map.of(ROLE, role.id().toString())));
  }

  private static Plan removeRole(DirectoryRole role, SelectedWork work) {
    return new Plan(
        SelectedAction.REMOVE_ROLE,
        Text.of("Take the role %s from users", role.wireName()),
        work.removeRole(role),
        done -> new WayBack(SelectedAction.ADD_ROLE, Map.of(ROLE, role.id().toString())));
  }

  private static DirectoryRole role(Form form) {
    return Guid.parse(form.field(ROLE)).flatMap(DirectoryRole::of).orElseThrow(ApiErrors::notFound);
  }

  private Answer carryOut(Call call, Planning planning) {
    Form form = Form.of(call);
    SelectedWork work = new SelectedWork(desk, form);
    Plan plan = planning.of(call, form, work);
    Selection selection = Selection.of(form);
    if (selection.users().isEmpty()) {
      desk.session(call).tell(Notice.fault(Text.of("Nobody is selected; nothing was done.")));
      return Desk.to(SelectionForm.back(call, form));
    }
    UUID id = form.id();
    ReentrantLock turn = turns[Math.floorMod(id.hashCode(), turns.length)];
    turn.lock();
    try {
      Session session = desk.session(call);
      if (session.selection(id).isEmpty()) {
        List<Each> done = new ArrayList<>();
        selection.users().forEach(user -> done.add(one(call.about(user), plan)));
        session.keep(
            new SelectionResult(
                id,
                call.customer(),
                plan.title(),
                done,
                SelectionForm.back(call, form),
                plan.wayBack().of(work)));
      }
    } finally {
      turn.unlock();
    }
    return Desk.to(CustomerHead.path(call.customer()) + "/selected?" + RESULT + "=" + id);
  }

  /** One account, whose right is decided on anew, since it may have been taken meanwhile. */
  private Each one(Call account, Plan plan) {
    Language language = Templates.language(account.request());
    UserId id = desk.user(account);
    User before = null;
    try {
      AccessDecision decision =
          desk.rights().decide(account, account.customer(), plan.action().operation());
      if (decision instanceof AccessDecision.Deny(AccessDecision.Reason reason)) {
        throw ApiErrors.denied(reason);
      }
      before = desk.directory().users().get(account.customer(), desk.ref(account));
      Became became = plan.step().run(account, before, decision);
      return each(
          id,
          before,
          became.isDone() ? Kind.DONE : Kind.NOTHING,
          became.notes().stream().map(note -> note.in(language)).toList());
    } catch (DirectoryException e) {
      ApiException refusal = ApiErrors.of(e.failure());
      record(account, plan, refusal);
      return each(id, before, Kind.REFUSED, why(e.failure(), refusal, language));
    } catch (ApiException e) {
      record(account, plan, e);
      return each(id, before, Kind.REFUSED, why(e, language));
    } catch (RuntimeException e) {
      // What was done to others must be told all the same.
      LOG.log(
          System.Logger.Level.ERROR, "Request " + account.correlation().requestId() + " failed", e);
      return each(id, before, Kind.REFUSED, List.of(Text.of("Something went wrong").in(language)));
    }
  }

  /** What the server could not do is in its log. */
  private void record(Call account, Plan plan, ApiException refusal) {
    if (refusal.status() < 500) {
      desk.refusals().refused(account, plan.action().operation(), refusal);
    }
  }

  private static Each each(UserId id, @Nullable User user, Kind kind, List<String> why) {
    return user == null
        ? new Each(id, id.toString(), "", kind, why)
        : new Each(id, user.displayName(), user.userPrincipalName(), kind, why);
  }

  private static List<String> why(Failure failure, ApiException refusal, Language language) {
    return Desk.mendable(failure)
        .map(sentences -> sentences.stream().map(sentence -> inWords(sentence, language)).toList())
        .orElseGet(() -> why(refusal, language));
  }

  private static String inWords(Sentence sentence, Language language) {
    AccountField field = sentence.field();
    String text = sentence.text().in(language);
    return field == null ? text : field.label().in(language) + " – " + text;
  }

  private static List<String> why(ApiException refusal, Language language) {
    List<String> why = new ArrayList<>();
    why.add(refusal.description(language));
    why.addAll(refusal.details(language));
    return why;
  }

  private Answer show(Call call) {
    UUID id = call.query().first(RESULT).flatMap(Guid::parse).orElse(null);
    SelectionResult result =
        desk.session(call)
            .selection(id)
            .filter(kept -> kept.customer().equals(call.customer()))
            .orElse(null);
    Frame frame =
        result == null
            ? desk.frame(call, Text.of("Selected users"))
            : desk.frame(call, result.title(), summary(result));
    return desk.templates()
        .page(200, "selected", new Shown(frame, desk.head(call), result, undo(call, result)));
  }

  private static Notice summary(SelectionResult result) {
    List<Sentence> sentences =
        List.of(
            new Sentence(null, Text.of("Done: %s", result.count(Kind.DONE))),
            new Sentence(null, Text.of("Nothing to do: %s", result.count(Kind.NOTHING))),
            new Sentence(null, Text.of("Refused: %s", result.count(Kind.REFUSED))));
    return new Notice(result.count(Kind.REFUSED) > 0, sentences, null);
  }

  private String undo(Call call, @Nullable SelectionResult result) {
    if (result == null || result.count(Kind.DONE) == 0) {
      return "";
    }
    WayBack way = result.wayBack();
    return way == null || !way.action().isOpenTo(desk, call)
        ? ""
        : CustomerHead.path(call.customer()) + "/selected/" + way.action().path();
  }
}
