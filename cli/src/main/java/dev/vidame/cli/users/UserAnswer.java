package dev.vidame.cli.users;

import dev.vidame.cli.output.Shape;
import dev.vidame.sdk.PartnerResponse;
import dev.vidame.wire.CustomerUser;
import org.jspecify.annotations.Nullable;

/**
 * An account as one command answers it.
 *
 * @param user the account
 * @param version what {@code --if-match} takes; null where the service gives none
 * @param password a password that nobody knows yet; null for none
 */
record UserAnswer(CustomerUser user, @Nullable String version, @Nullable String password) {
  static final Shape<UserAnswer> SHAPE =
      Shape.<UserAnswer>builder()
          .part(UserShape.SHAPE, UserAnswer::user)
          .more("version", UserAnswer::version)
          .more("password", UserAnswer::password)
          .build();

  static UserAnswer of(PartnerResponse<CustomerUser> answer) {
    return of(answer, null);
  }

  static UserAnswer of(PartnerResponse<CustomerUser> answer, @Nullable String password) {
    return new UserAnswer(
        answer.value(), answer.entityTag() == null ? null : answer.entityTag().value(), password);
  }

  @Override
  public String toString() {
    return "UserAnswer[" + user.id() + "]";
  }
}
