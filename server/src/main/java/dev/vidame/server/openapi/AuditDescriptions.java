package dev.vidame.server.openapi;

/** What is said of the operations on audit records (wire-spec §6). */
final class AuditDescriptions {
  private static final String TAG = "Audit records";

  private AuditDescriptions() {}

  static Description list() {
    return Description.of(
            TAG, "Lists who did what", "Pages through the partner's records, the newest first.")
        .with(
            "StartDate",
            "EndDate",
            "Size",
            "AuditFilter",
            "Seek",
            "ContinuationToken",
            "ContinuationTokenQuery")
        .answers(200, "AuditRecordCollection", "One page.");
  }

  static Description get() {
    return Description.of(TAG, "Reads a record", "One of the partner's.")
        .answers(200, "AuditRecord", "The record.")
        .refuses(404);
  }
}
