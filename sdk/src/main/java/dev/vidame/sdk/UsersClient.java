package dev.vidame.sdk;

import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.Guid;
import dev.vidame.wire.UserId;

/**
 * The user accounts of a customer. Immutable and thread-safe. All operations need a credential of a
 * person (App+User).
 *
 * {@snippet :
 * UsersClient users = partner.customers().byId(customerId).users();
 * CustomerUser account = users.byId("grace@contoso.example").get();
 * }
 */
public final class UsersClient {
  private final ApiCalls calls;
  private final String path;

  UsersClient(ApiCalls calls, String path) {
    this.calls = calls;
    this.path = path;
  }

  /** One account; nothing is sent yet. */
  public UserClient byId(UserId user) {
    return new UserClient(calls, path + "/" + user);
  }

  /**
   * One account, by its id or its user principal name; nothing is sent yet. Partner Center takes
   * ids only.
   *
   * @throws IllegalArgumentException when the text is neither a GUID nor holds an {@code @}
   */
  public UserClient byId(String idOrUserPrincipalName) {
    if (Guid.parse(idOrUserPrincipalName).isEmpty() && idOrUserPrincipalName.indexOf('@') < 0) {
      throw new IllegalArgumentException(
          "Neither a GUID nor a user principal name: " + idOrUserPrincipalName);
    }
    return new UserClient(calls, path + "/" + BaseUri.segment(idOrUserPrincipalName));
  }

  /** All active accounts; nothing is sent yet. */
  public Pages<CustomerUser> list() {
    return list(UserQuery.all());
  }

  /** Some accounts; nothing is sent yet. */
  public Pages<CustomerUser> list(UserQuery query) {
    return new Pages<>(calls, path, query.toString(), CustomerUser::from);
  }

  /** The deleted accounts that can still be restored; nothing is sent yet. */
  public Pages<CustomerUser> deleted() {
    return list(UserQuery.all().withFilter(UserFilter.deleted()));
  }

  /**
   * Creates an account.
   *
   * @return the account with its id, without its password
   * @throws NameTakenException when the sign-in name or the immutable id belongs to somebody
   * @throws OutcomeUnknownException when the account may have been created
   * @throws PartnerException with status 400 when a property is wrong, which {@link
   *     PartnerException#data()} names
   */
  public CustomerUser create(NewUser user) {
    return createWithResponse(user, RequestOptions.none()).value();
  }

  /** As {@link #create}, with options and the answer's headers. */
  public PartnerResponse<CustomerUser> createWithResponse(NewUser user, RequestOptions options) {
    return calls.make(ApiCall.post(path, user.toJson(), CustomerUser::fromJson), options);
  }
}
