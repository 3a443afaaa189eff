package dev.vidame.sdk;

import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.JsonBody;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.RevertedUser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One user account. Immutable and thread-safe. Each operation has a second form that takes {@link
 * RequestOptions} and answers the headers too.
 *
 * {@snippet :
 * UserClient user = partner.customers().byId(customerId).users().byId(userId);
 * PartnerResponse<CustomerUser> read = user.getWithResponse(RequestOptions.none());
 * CustomerUserUpdate update =
 *     CustomerUserUpdate.builder().usageLocation("FR").clearPhoneNumber().build();
 * RequestOptions options = RequestOptions.none();
 * EntityTag version = read.entityTag();
 * if (version != null) { // Partner Center tells none
 *   options = options.withIfMatch(version);
 * }
 * CustomerUser updated = user.patchWithResponse(update, options).value();
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
   * @throws NotFoundException when there is no such account, or no more
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
   * @throws NotFoundException when there is no such account
   * @throws NameTakenException when the new sign-in name or immutable id belongs to somebody
   * @throws PartnerException with status 400 when a property is wrong, which {@link
   *     PartnerException#data()} names
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

  /**
   * Gives the account a password.
   *
   * @return the account, which tells of the password only whether its owner must change it
   * @throws NotFoundException when there is no such account
   * @throws AccessDeniedException when the caller may not reset this account's password
   * @throws OutcomeUnknownException when the password may have been set
   * @throws PartnerException with status 400 when the password is too weak
   */
  public CustomerUser resetPassword(PasswordProfile password) {
    return resetPasswordWithResponse(password, RequestOptions.none()).value();
  }

  /** As {@link #resetPassword}, with options and the answer's headers. */
  public PartnerResponse<CustomerUser> resetPasswordWithResponse(
      PasswordProfile password, RequestOptions options) {
    return patchWithResponse(
        CustomerUserUpdate.builder().passwordProfile(password).build(), options);
  }

  /**
   * Deletes the account; it can be restored for 30 days. Its licences are free for others from now
   * on. Deleting it twice is no failure.
   *
   * @throws NotFoundException when there is no such account
   * @throws OutcomeUnknownException when it may have been deleted
   * @throws PartnerException with status 400 when it is the last active Company Administrator
   */
  public void delete() {
    deleteWithResponse(RequestOptions.none());
  }

  /** As {@link #delete()}, with options and the answer's headers. */
  public PartnerResponse<@Nullable Void> deleteWithResponse(RequestOptions options) {
    return calls.make(ApiCall.delete(path), options);
  }

  /**
   * Restores the account after its deletion, with what it had; an active account stays as it is.
   *
   * @return the account, active
   * @throws NotFoundException when there is no such account, or its time is over
   * @throws NameTakenException when its sign-in name belongs to somebody else by now
   * @throws OutcomeUnknownException when it may have been restored
   */
  public CustomerUser restore() {
    return restoreWithResponse(RequestOptions.none()).value();
  }

  /** As {@link #restore()}, with options and the answer's headers. */
  public PartnerResponse<CustomerUser> restoreWithResponse(RequestOptions options) {
    return patchWithResponse(CustomerUserUpdate.builder().restore().build(), options);
  }

  /** The directory roles that the account has; nothing is sent yet. */
  public Pages<DirectoryRole> directoryRoles() {
    return new Pages<>(calls, path + "/directoryroles", "", DirectoryRole::from);
  }

  /**
   * The licences that the account holds; nothing is sent yet.
   *
   * @param groups of whose products; none stands for the first group
   */
  public Pages<UserLicense> licenses(LicenseGroup... groups) {
    return new Pages<>(calls, path + "/licenses", LicenseGroups.query(groups), UserLicense::from);
  }

  /**
   * Assigns and removes licences, all of them or none.
   *
   * @return what the service remarks; Vidame never does
   * @throws NotFoundException when there is no such account
   * @throws OutcomeUnknownException when the change may have been made
   * @throws PartnerException with status 400: code 60012 when no unit is left, code 3000 when the
   *     account has no country of use, a product is not known or not for users, or a licence to
   *     remove is not held
   */
  public List<LicenseWarning> updateLicenses(LicenseChange change) {
    return updateLicensesWithResponse(change, RequestOptions.none()).value();
  }

  /** As {@link #updateLicenses}, with options and the answer's headers. */
  public PartnerResponse<List<LicenseWarning>> updateLicensesWithResponse(
      LicenseChange change, RequestOptions options) {
    return calls.make(
        ApiCall.post(path + "/licenseupdates", change.toJson(), UserClient::warnings), options);
  }

  /**
   * Brings the account back as it was: properties, roles and licences together, or nothing at all.
   * A deleted account is restored. Its password stays, as nobody keeps old ones. Vidame only.
   *
   * {@snippet :
   * RevertedUser shown = user.previewRevert(Revert.toTime(beforeTheMistake));
   * RevertedUser done = user.revert(Revert.toSeq(shown.toSeq()));
   * }
   *
   * @return the account and what that changed
   * @throws NotFoundException when there is no such account, or its time to be restored is over
   * @throws NameTakenException when its sign-in name of then belongs to somebody else by now; see
   *     {@link Revert#withRename}
   * @throws ConflictException when no licence is left of products, which {@link
   *     PartnerException#data()} names
   * @throws AccessDeniedException when the caller could not make all those changes one by one
   * @throws OutcomeUnknownException when the account may have been brought back
   * @throws PartnerException with status 400 when the account did not exist then, or it would lose
   *     the last Company Administrator
   */
  public RevertedUser revert(Revert to) {
    return revertWithResponse(to, RequestOptions.none()).value();
  }

  /**
   * As {@link #revert}, with options and the answer's headers.
   *
   * @throws VersionMismatchException when the account is not in the version that the options name
   */
  public PartnerResponse<RevertedUser> revertWithResponse(Revert to, RequestOptions options) {
    return calls.make(revert("", to), options);
  }

  /**
   * What {@link #revert} would change; nothing is changed.
   *
   * @throws PartnerException whatever the real one would be refused with
   */
  public RevertedUser previewRevert(Revert to) {
    return calls.make(revert("?preview=true", to), RequestOptions.none()).value();
  }

  private ApiCall<RevertedUser> revert(String query, Revert to) {
    return ApiCall.post(path + "/revert" + query, to.toJson(), RevertedUser::fromJson).ofVidame();
  }

  private static List<LicenseWarning> warnings(byte[] json) {
    return Members.list(JsonBody.parse(json), "licenseWarnings", LicenseWarning::from);
  }
}
