package dev.vidame.directory.journal;

import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.wire.Change;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows as they are told to those who follow a customer, and such rows read again. */
public final class ChangeRows {
  private ChangeRows() {}

  /**
   * A row as it is told.
   *
   * @param previousHash that of the row before
   */
  public static Change told(byte[] previousHash, SealedEntry row) {
    Entry entry = row.entry();
    ChangeRequest request = entry.request();
    return new Change(
        entry.customer(),
        entry.seq(),
        entry.at(),
        entry.operation().code(),
        entry.subject(),
        new Change.Actor(
            request.actor().partner().value(),
            request.actor().agent().map(AgentId::value).orElse(null),
            request.actor().application().value()),
        request.requestId(),
        request.correlationId(),
        entry.changes().stream()
            .map(field -> new Change.Field(field.field(), field.before(), field.after()))
            .toList(),
        row.isErased(),
        new Change.Integrity(
            Change.Integrity.digits(previousHash),
            Change.Integrity.digits(request.key().bytes()),
            Change.Integrity.digits(request.bodyHash().bytes()),
            Change.Integrity.digits(row.salt()),
            Change.Integrity.digits(row.payloadHash()),
            Change.Integrity.digits(row.hash())));
  }

  /**
   * The row that was told so.
   *
   * @return empty where its operation is none that this version knows
   */
  public static Optional<SealedEntry> sealed(Change told) {
    return Operation.find(told.operation()).map(operation -> sealed(told, operation));
  }

  private static SealedEntry sealed(Change told, Operation operation) {
    Change.Integrity integrity = told.integrity();
    List<FieldChange> fields =
        told.fields().stream()
            .map(field -> new FieldChange(field.name(), field.before(), field.after()))
            .toList();
    Entry entry =
        new Entry(
            told.customer(),
            told.seq(),
            told.at(),
            operation,
            told.subject(),
            new ChangeRequest(
                actor(told.actor()),
                told.requestId(),
                told.correlationId(),
                Fingerprint.of(Change.Integrity.bytes(integrity.key())),
                Fingerprint.of(Change.Integrity.bytes(integrity.bodyHash()))),
            fields);
    return new SealedEntry(
        entry,
        told.isErased() ? "" : ChangesJson.write(fields),
        Change.Integrity.bytes(integrity.salt()),
        Change.Integrity.bytes(integrity.payloadHash()),
        Change.Integrity.bytes(integrity.hash()));
  }

  private static Actor actor(Change.Actor told) {
    UUID agent = told.agent();
    return new Actor(
        new PartnerId(told.partner()),
        agent == null ? null : new AgentId(agent),
        new ApplicationId(told.application()));
  }
}
