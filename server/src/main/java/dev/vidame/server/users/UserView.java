package dev.vidame.server.users;

import dev.vidame.directory.users.User;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.Link;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserDomainType;
import dev.vidame.wire.UserState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Shows an account as the wire does. */
public final class UserView {
  private UserView() {}

  /** The account, with what is told of a password that was set. */
  public static CustomerUser of(User user, @Nullable PasswordProfile profile) {
    Instant deletedAt = user.deletedAt();
    return new CustomerUser(
        user.usageLocation(),
        user.id(),
        user.userPrincipalName(),
        user.firstName(),
        user.lastName(),
        user.displayName(),
        user.immutableId(),
        user.phoneNumber(),
        profile,
        null,
        UserDomainType.NONE,
        user.isDeleted() ? UserState.INACTIVE : UserState.ACTIVE,
        deletedAt == null ? null : deletedAt.truncatedTo(ChronoUnit.SECONDS),
        Link.get("/customers/" + user.customer() + "/users/" + user.id()));
  }
}
