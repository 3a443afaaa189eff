package dev.vidame.cli.users;

import dev.vidame.cli.output.Shape;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.UserDomainType;
import dev.vidame.wire.UserState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is shown of accounts, under the names that the API has for it. */
public final class UserShape {
  /** Accounts. */
  public static final Shape<CustomerUser> SHAPE =
      Shape.<CustomerUser>builder()
          .inTable("userPrincipalName", CustomerUser::userPrincipalName)
          .inTable("displayName", CustomerUser::displayName)
          .inTable("usageLocation", CustomerUser::usageLocation)
          .inTable("state", user -> word(user.state()))
          .inTable("id", CustomerUser::id)
          .more("firstName", CustomerUser::firstName)
          .more("lastName", CustomerUser::lastName)
          .more("immutableId", CustomerUser::immutableId)
          .more("phoneNumber", CustomerUser::phoneNumber)
          .more("userDomainType", user -> word(user.userDomainType()))
          .more("lastDirectorySyncTime", CustomerUser::lastDirectorySyncTime)
          .more("softDeletionTime", CustomerUser::softDeletionTime)
          .build();

  private UserShape() {}

  private static @Nullable String word(@Nullable UserState state) {
    return state == null || state == UserState.UNRECOGNIZED
        ? null
        : state.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String word(@Nullable UserDomainType type) {
    return type == null || type == UserDomainType.UNRECOGNIZED
        ? null
        : type.name().toLowerCase(Locale.ROOT);
  }
}
