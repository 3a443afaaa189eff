package dev.vidame.server.admin;

import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.wire.JsonBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A part of a list in the order of ids.
 *
 * @param after the id that it begins behind
 * @param size how many items at most
 */
record AdminPage(UUID after, int size) {
  private static final int DEFAULT_SIZE = 100;
  private static final int LARGEST_SIZE = 1000;

  static AdminPage of(Call call) {
    return new AdminPage(
        call.query()
            .first("after")
            .map(text -> AdminBody.guid("after", text))
            .orElse(new UUID(0, 0)),
        call.query().first("size").map(AdminPage::size).orElse(DEFAULT_SIZE));
  }

  private static int size(String text) {
    int size = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    if (size < 1 || size > LARGEST_SIZE) {
      throw ApiErrors.invalidProperty(
          "size", "The value must be a whole number from %s to %s.", 1, LARGEST_SIZE);
    }
    return size;
  }

  /** How many items to ask for, so that it is known whether there are more. */
  int wanted() {
    return size + 1;
  }

  /** The answer of a list that is only there where something else is. */
  <T> Answer show(
      Call call,
      Optional<List<T>> found,
      Function<T, UUID> id,
      Function<T, Map<String, Object>> view) {
    return show(call, found.orElseThrow(ApiErrors::notFound), id, view);
  }

  /** The answer, whose {@code next} is where the list goes on. */
  <T> Answer show(
      Call call, List<T> found, Function<T, UUID> id, Function<T, Map<String, Object>> view) {
    List<T> items = found.size() > size ? found.subList(0, size) : found;
    Map<String, Object> members = AdminAnswers.list(items, view);
    if (found.size() > size) {
      members.put(
          "next",
          "/%s?size=%d&after=%s".formatted(call.canonicalPath(), size, id.apply(items.getLast())));
    }
    return Answer.json(200, JsonBody.write(members));
  }
}
