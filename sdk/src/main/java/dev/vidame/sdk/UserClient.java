package dev.vidame.sdk;

import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.CustomerUserUpdate;

/**
 * One user account. Immutable and thread-safe. Each operation has a second form that takes {@link
 * RequestOptions} and answers the headers too.
 *
 * {@snippet :
 * UserClient user = partner.customers().byId(customerId).users().byId(userId);
 * PartnerResponse<CustomerUser> read = user.getWithResponse(RequestOptions.none());
 * CustomerUserUpdate update = CustomerUserUpdate.builder().usageLocation("FR").build();
 * user.patchWithResponse(update, RequestOptions.none().withIfMatch(read.entityTag()));
 * }
 */
public final class UserClient {
  private final ApiCalls calls;
  private final String path;

  UserClient(ApiCalls calls, String path) {
    this.calls = calls;
    this.path = path;
  }

  /**
   * The account as it is now; a deleted one too, as long as it can be restored.
   *
   * @throws PartnerException with status 404 when there is no such account
   */
  public CustomerUser get() {
    return getWithResponse(RequestOptions.none()).value();
  }

  /** As {@link #get()}, with the account's version and the request's ids. */
  public PartnerResponse<CustomerUser> getWithResponse(RequestOptions options) {
    return calls.make(ApiCall.get(path, CustomerUser::fromJson), options);
  }

  /**
   * Changes what the update names, all of it or nothing, and leaves the rest. Needs a credential of
   * a person (App+User).
   *
   * @return the whole account after the change
   * @throws OutcomeUnknownException when the change may have been made
   * @throws PartnerException when the change was refused: 400 an invalid property, 404 no such
   *     account, 409 a user principal name that is taken
   */
  public CustomerUser patch(CustomerUserUpdate update) {
    return patchWithResponse(update, RequestOptions.none()).value();
  }

  /**
   * As {@link #patch}, with the account's new version and the request's ids.
   *
   * @throws VersionMismatchException when the account is not in the version that the options name
   */
  public PartnerResponse<CustomerUser> patchWithResponse(
      CustomerUserUpdate update, RequestOptions options) {
    return calls.make(ApiCall.patch(path, update.toJson(), CustomerUser::fromJson), options);
  }
}
