package dev.vidame.server.admin;

import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.wire.Guid;
import dev.vidame.wire.JsonBody;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What the routes of operators have in common. */
final class AdminAnswers {
  private AdminAnswers() {}

  /** The id in the path; what is no GUID names nothing. */
  static UUID id(Call call, int parameter) {
    return Guid.parse(call.parameter(parameter)).orElseThrow(ApiErrors::notFound);
  }

  /** The partner that the path names first. */
  static PartnerId partner(Call call) {
    return new PartnerId(id(call, 0));
  }

  /** The application that the path names behind its partner. */
  static ApplicationId application(Call call) {
    return new ApplicationId(id(call, 1));
  }

  /** The request as the journal of the partner that the path names first remembers it. */
  static ChangeRequest request(Call call) {
    return call.operatorRequest(partner(call), call.request().body());
  }

  static Answer json(int status, Map<String, Object> members, Answer.Header... headers) {
    return Answer.json(status, JsonBody.write(members), headers);
  }

  /** The members of a list. */
  static <T> Map<String, Object> list(List<T> items, Function<T, Map<String, Object>> view) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("totalCount", items.size());
    members.put("items", items.stream().map(view).toList());
    return members;
  }

  /** Something that is there, or is not. */
  static <T> Answer shown(Optional<T> found, Function<T, Map<String, Object>> view) {
    return json(200, view.apply(found.orElseThrow(ApiErrors::notFound)));
  }

  /** What came of a change, where there was something to change. */
  static <T> Answer done(
      int status, Optional<Done<T>> outcome, Function<T, Map<String, Object>> view) {
    Done<T> done = outcome.orElseThrow(ApiErrors::notFound);
    return json(status, view.apply(done.value()), Answer.replayed(done.isReplay()));
  }

  /** What came of a deletion, where there was something to delete. */
  static <T> Answer gone(Optional<Done<T>> outcome) {
    return Answer.empty(Answer.replayed(outcome.orElseThrow(ApiErrors::notFound).isReplay()));
  }
}
