package dev.vidame.server.changes;

import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.users.Reverts;
import dev.vidame.directory.users.Reverts.Outcome;
import dev.vidame.directory.users.Reverts.Target;
import dev.vidame.directory.users.Reverts.Terms;
import dev.vidame.directory.users.UserRef;
import dev.vidame.directory.users.Users;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.FurtherRights;
import dev.vidame.server.http.MassCaps;
import dev.vidame.server.http.Route;
import dev.vidame.server.moments.Moment;
import dev.vidame.server.users.IfMatch;
import dev.vidame.server.users.UserRefs;
import dev.vidame.server.users.UserView;
import dev.vidame.wire.Change;
import dev.vidame.wire.JsonBody;
import dev.vidame.wire.RevertedUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The route that brings an account back as it was, which only this server has. Thread-safe. */
public final class RevertRoutes {
  private static final int USER = 1;
  private static final String TO_SEQ = "toSeq";
  private static final String TO_TIME = "toTime";

  private final Reverts reverts;
  private final Users users;
  private final FurtherRights rights;
  private final MassCaps caps;

  /** The route over what brings accounts back, which may be done so often only. */
  public RevertRoutes(Reverts reverts, Users users, FurtherRights rights, MassCaps caps) {
    this.reverts = reverts;
    this.users = users;
    this.rights = rights;
    this.caps = caps;
  }

  /** The lines of the route table. */
  public List<Route> routes() {
    return List.of(
        Route.onCustomer(
            "POST",
            "/vidame/v1/customers/{customer}/users/{user}/revert",
            Operation.REVERT_USER,
            this::revert));
  }

  private Answer revert(Call call) {
    UserRef ref = UserRefs.read(call.parameter(USER));
    byte[] body = call.jsonBody();
    JsonBody wanted = JsonBody.parse(body);
    Target target = target(wanted);
    boolean isPreview = isPreview(call);
    Terms terms =
        new Terms(
            IfMatch.of(call),
            wanted.text("rename").orElse(null),
            rights.mayAll(call, Operation.ADD_ROLE_MEMBER),
            rights.mayAll(call, Operation.UPDATE_USER_LICENSES));
    Outcome outcome =
        isPreview
            ? reverts.preview(call.customer(), ref, target, terms, call.changeRequest(body))
            : reverts.revert(call.customer(), ref, target, terms, counted(call, ref, body));
    return answer(outcome, isPreview);
  }

  /** Of a deleted account it is a restoration. */
  private ChangeRequest counted(Call call, UserRef ref, byte[] body) {
    ChangeRequest request = call.changeRequest(body);
    return users.isDeleted(call.customer(), ref)
        ? caps.count(MassCaps.Kind.RESTORATION, call, request)
        : request;
  }

  private static Answer answer(Outcome outcome, boolean isPreview) {
    List<Answer.Header> headers = new ArrayList<>(2);
    if (!isPreview) {
      headers.add(new Answer.Header("ETag", "\"" + outcome.user().version() + "\""));
    }
    headers.addAll(List.of(Answer.replayed(outcome.isReplay())));
    List<Change.Field> changes =
        outcome.changes().stream()
            .map(change -> new Change.Field(change.field(), change.before(), change.after()))
            .toList();
    RevertedUser reverted =
        new RevertedUser(UserView.of(outcome.user(), null), outcome.seq(), changes, isPreview);
    return new Answer(200, headers, reverted.toJson());
  }

  private static Target target(JsonBody wanted) {
    Optional<Long> seq = wanted.number(TO_SEQ);
    Optional<String> time = wanted.text(TO_TIME);
    if (seq.isPresent() == time.isPresent()) {
      throw ApiErrors.invalidRequest("The body must have either toSeq or toTime.");
    }
    if (seq.isPresent()) {
      if (seq.get() < 0) {
        throw ApiErrors.invalidProperty(TO_SEQ, "The value must be a whole number.");
      }
      return new Reverts.ToSeq(seq.get());
    }
    return time.flatMap(Moment::parse)
        .map(moment -> new Reverts.ToTime(moment.last()))
        .orElseThrow(() ->
            ApiErrors.invalidProperty(
                TO_TIME, "The value must be a date, as 2026-07-01 or 2026-07-01T12:00:00Z."));
  }

  private static boolean isPreview(Call call) {
    String text = call.query().first("preview").orElse("false");
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw ApiErrors.invalidRequest("preview must be true or false.");
    }
    return text.equalsIgnoreCase("true");
  }
}
