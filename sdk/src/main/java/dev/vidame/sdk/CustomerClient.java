package dev.vidame.sdk;

import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.LicenseGroup;
import org.jspecify.annotations.Nullable;

/**
 * One customer. Immutable and thread-safe. Each operation has a second form that takes {@link
 * RequestOptions} and answers the headers too. Every operation throws {@link AccessDeniedException}
 * when there is no relationship with the customer, whether it exists or not.
 *
 * {@snippet :
 * CustomerClient customer = partner.customers().byId(customerId);
 * BillingProfile read = customer.getBillingProfile();
 * BillingProfile updated =
 *     customer.updateBillingProfile(read.toBuilder().email("bills@contoso.example").build());
 * }
 */
public final class CustomerClient {
  private final ApiCalls calls;
  private final String path;

  CustomerClient(ApiCalls calls, String path) {
    this.calls = calls;
    this.path = path;
  }

  /** The customer's user accounts. */
  public UsersClient users() {
    return new UsersClient(calls, path + "/users");
  }

  /** The customer's directory roles. */
  public DirectoryRolesClient directoryRoles() {
    return new DirectoryRolesClient(calls, path + "/directoryroles");
  }

  /**
   * What the customer subscribes to; nothing is sent yet.
   *
   * @param groups whose products; none stands for the first group
   */
  public Pages<CustomerSku> subscribedSkus(LicenseGroup... groups) {
    return new Pages<>(
        calls, path + "/subscribedskus", LicenseGroups.query(groups), CustomerSku::from);
  }

  /** What changes of the customer's directory, one change after the other. Vidame only. */
  public ChangesClient changes() {
    return new ChangesClient(calls, path + "/changes");
  }

  /**
   * The customer with both its profiles.
   *
   * @throws NotFoundException when it was the caller's and is deleted
   */
  public Customer get() {
    return getWithResponse(RequestOptions.none()).value();
  }

  /** As {@link #get()}, with options and the answer's headers. */
  public PartnerResponse<Customer> getWithResponse(RequestOptions options) {
    return calls.make(ApiCall.get(path, Customer::fromJson), options);
  }

  /**
   * Who the customer is. Needs a credential of a person (App+User).
   *
   * @throws NotFoundException when it was the caller's and is deleted
   */
  public CustomerCompanyProfile getCompanyProfile() {
    return getCompanyProfileWithResponse(RequestOptions.none()).value();
  }

  /** As {@link #getCompanyProfile()}, with options and the answer's headers. */
  public PartnerResponse<CustomerCompanyProfile> getCompanyProfileWithResponse(
      RequestOptions options) {
    return calls.make(
        ApiCall.get(path + "/profiles/company", CustomerJson::companyProfile), options);
  }

  /**
   * Whom the customer's bills go to.
   *
   * @throws NotFoundException when the customer was the caller's and is deleted
   */
  public BillingProfile getBillingProfile() {
    return getBillingProfileWithResponse(RequestOptions.none()).value();
  }

  /** As {@link #getBillingProfile()}, with options and the answer's headers. */
  public PartnerResponse<BillingProfile> getBillingProfileWithResponse(RequestOptions options) {
    return calls.make(ApiCall.get(billingPath(), BillingProfile::fromJson), options);
  }

  /**
   * Replaces whom the customer's bills go to, if the profile is still in the version that this one
   * was read in; one that was not read replaces whatever there is.
   *
   * @return the profile after the change
   * @throws VersionMismatchException when the profile was changed since
   * @throws OutcomeUnknownException when the change may have been made
   * @throws PartnerException with status 400 when a property is wrong
   */
  public BillingProfile updateBillingProfile(BillingProfile profile) {
    return updateBillingProfileWithResponse(profile, RequestOptions.none()).value();
  }

  /** As {@link #updateBillingProfile}, with options and the answer's headers. */
  public PartnerResponse<BillingProfile> updateBillingProfileWithResponse(
      BillingProfile profile, RequestOptions options) {
    String version = profile.etag();
    RequestOptions guarded =
        version == null || options.ifMatch() != null
            ? options
            : options.withIfMatch(new EntityTag('"' + version + '"'));
    return calls.make(
        ApiCall.put(billingPath(), profile.toJson(), BillingProfile::fromJson), guarded);
  }

  private String billingPath() {
    return path + "/profiles/billing";
  }

  /**
   * Gives the customer a further domain whose accounts the directory manages. Nobody proves that
   * the domain is the customer's.
   *
   * @throws NameTakenException when the domain belongs to somebody
   * @throws OutcomeUnknownException when the domain may have been added
   * @throws PartnerException with status 400 when it is no domain
   */
  public CustomerDomain addDomain(String name) {
    return addDomainWithResponse(name, RequestOptions.none()).value();
  }

  /** As {@link #addDomain}, with options and the answer's headers. */
  public PartnerResponse<CustomerDomain> addDomainWithResponse(
      String name, RequestOptions options) {
    return calls.make(
        ApiCall.post(
            path + "/verifieddomain", CustomerJson.newDomain(name), CustomerDomain::fromJson),
        options);
  }

  /**
   * Ends the relationship with the customer; from then on the partner can do nothing more for it.
   * Needs a credential of a person (App+User).
   *
   * @throws OutcomeUnknownException when the relationship may have ended
   */
  public void removeRelationship() {
    removeRelationshipWithResponse(RequestOptions.none());
  }

  /** As {@link #removeRelationship()}, with options and the answer's headers. */
  public PartnerResponse<@Nullable Void> removeRelationshipWithResponse(RequestOptions options) {
    return calls.make(
        ApiCall.patch(path, CustomerJson.endOfRelationship(), ApiCall::nothing), options);
  }

  /**
   * Deletes the customer with all that belongs to it. Only partners that are sandboxes can.
   *
   * @throws AccessDeniedException when the partner is no sandbox
   * @throws NotFoundException when it is deleted already
   * @throws OutcomeUnknownException when it may have been deleted
   */
  public void delete() {
    deleteWithResponse(RequestOptions.none());
  }

  /** As {@link #delete()}, with options and the answer's headers. */
  public PartnerResponse<@Nullable Void> deleteWithResponse(RequestOptions options) {
    return calls.make(ApiCall.delete(path), options);
  }
}
