package dev.vidame.sdk;

/**
 * The audit records of a partner, the newest first. Immutable and thread-safe.
 *
 * {@snippet :
 * AuditQuery lastWeek =
 *     AuditQuery.since(LocalDate.now(ZoneOffset.UTC).minusDays(7))
 *         .withFilter(AuditFilter.customer(customer));
 * List<AuditEntry> records = partner.auditRecords().list(lastWeek).toList();
 * }
 */
public final class AuditRecordsClient {
  private static final String PATH = "/auditrecords";

  private final ApiCalls calls;

  AuditRecordsClient(ApiCalls calls) {
    this.calls = calls;
  }

  /** Some records; nothing is sent yet. */
  public Pages<AuditEntry> list(AuditQuery query) {
    return new Pages<>(calls, PATH, query.toString(), AuditEntry::from);
  }

  /**
   * One record.
   *
   * @param id of {@link AuditEntry#id()}
   * @throws NotFoundException when there is no such record, or no more
   */
  public AuditEntry get(String id) {
    return getWithResponse(id, RequestOptions.none()).value();
  }

  /** As {@link #get}, with options and the answer's headers. */
  public PartnerResponse<AuditEntry> getWithResponse(String id, RequestOptions options) {
    return calls.make(ApiCall.get(PATH + "/" + BaseUri.segment(id), AuditEntry::fromJson), options);
  }
}
