package dev.vidame.sdk;

/**
 * Internet domains. Immutable and thread-safe.
 *
 * {@snippet :
 * boolean isTaken = partner.domains().isTaken("contoso.example");
 * }
 */
public final class DomainsClient {
  private final ApiCalls calls;

  DomainsClient(ApiCalls calls) {
    this.calls = calls;
  }

  /**
   * Whether a customer of anybody has this domain, so that none can be created with it.
   *
   * @throws PartnerException when the service does not say
   */
  public boolean isTaken(String domain) {
    try {
      return calls
          .make(ApiCall.head("/domains/" + BaseUri.segment(domain)), RequestOptions.none())
          .value();
    } catch (NotFoundException e) {
      return false;
    }
  }
}
