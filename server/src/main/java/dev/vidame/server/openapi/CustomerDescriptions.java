package dev.vidame.server.openapi;

/** What is said of the operations on customers (wire-spec §2). */
final class CustomerDescriptions {
  private static final String TAG = "Customers";
  private static final String REPLAYED = "MS-Replayed";

  private CustomerDescriptions() {}

  static Description list() {
    return Description.of(
            TAG,
            "Lists the partner's customers",
            "Pages through the customers that the partner has a relationship with.")
        .with(
            "Size",
            "CustomerFilter",
            "CustomerSortField",
            "SortDirection",
            "Seek",
            "ContinuationToken",
            "ContinuationTokenQuery")
        .answers(200, "CustomerCollection", "One page.");
  }

  static Description get() {
    return Description.of(TAG, "Reads a customer", "The customer with both of its profiles.")
        .answers(200, "Customer", "The customer.")
        .refuses(404);
  }

  static Description create() {
    return Description.of(
            TAG,
            "Creates a customer",
            "The customer begins with one account, an administrator with a password that is shown"
                + " once. Sandbox partners have at most 75 customers (400, code 800018).")
        .takes("CustomerCreation")
        .answers(201, "CreatedCustomer", "The new customer.", "Location", REPLAYED)
        .refuses(409);
  }

  static Description delete() {
    return Description.of(
            TAG,
            "Deletes a sandbox partner's customer",
            "Other partners are refused with 403 and code 600006.")
        .answersEmpty(204, "The customer is gone.", REPLAYED)
        .refuses(404, 409, 413);
  }

  static Description removeRelationship() {
    return Description.of(
            TAG,
            "Ends the relationship with a customer",
            "Afterwards the customer is none of the partner's, and every route on it answers 403.")
        .takes("RelationshipUpdateRequest")
        .answers(200, "RelationshipUpdate", "The relationship has ended.", REPLAYED)
        .refuses(404, 409);
  }

  static Description companyProfile() {
    return Description.of(TAG, "Reads a company profile", "Who the customer is.")
        .answers(200, "CompanyProfile", "The profile.")
        .refuses(404);
  }

  static Description billingProfile() {
    return Description.of(TAG, "Reads a billing profile", "Whom the customer's bills go to.")
        .answers(200, "BillingProfile", "The profile.")
        .refuses(404);
  }

  static Description updateBillingProfile() {
    return Description.of(
            TAG,
            "Replaces a billing profile",
            "If-Match counts before the body's etag; without both, any version is replaced.")
        .with("IfMatch")
        .takes("BillingProfileRequest")
        .answers(200, "BillingProfile", "The profile as it is now.", REPLAYED)
        .refuses(404, 409);
  }

  static Description checkDomain() {
    return Description.of(TAG, "Tells whether a domain is taken", "The status is the whole answer.")
        .answersEmpty(200, "A customer has the domain.")
        .answersEmpty(404, "No customer has it.");
  }

  static Description addVerifiedDomain() {
    return Description.of(
            TAG,
            "Gives a customer another domain",
            "No proof is asked for that the domain is the customer's.")
        .takes("VerifiedDomainRequest")
        .answers(201, "VerifiedDomain", "The domain.", REPLAYED)
        .refuses(404, 409);
  }

  static Description otherServices() {
    return Description.of(
            "Not offered",
            "Not offered",
            "Other servers of this API have this operation. This one says that it has not, to"
                + " callers who might have asked.")
        .refuses(404, 501);
  }
}
