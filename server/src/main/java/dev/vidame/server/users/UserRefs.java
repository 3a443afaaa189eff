package dev.vidame.server.users;

import dev.vidame.directory.users.UserRef;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.wire.Guid;
import dev.vidame.wire.UserId;

/** How a path names an account. */
public final class UserRefs {
  private UserRefs() {}

  /**
   * An account is named by its id or by its sign-in name, which holds an {@code @}.
   *
   * @throws dev.vidame.server.http.ApiException when the text is neither
   */
  public static UserRef read(String text) {
    if (text.indexOf('@') >= 0) {
      return new UserRef.ByName(text);
    }
    return Guid.parse(text)
        .<UserRef>map(id -> new UserRef.ById(new UserId(id)))
        .orElseThrow(ApiErrors::userIdNotGuid);
  }
}
