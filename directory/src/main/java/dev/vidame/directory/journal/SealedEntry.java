package dev.vidame.directory.journal;

/**
 * A row of the journal with all that its hash is made of, but for the hash before it.
 *
 * @param entry the change; without fields where they were erased
 * @param changes the fields as the text that was hashed; empty where they were erased
 * @param salt what was hashed with them; empty where they were erased
 * @param payloadHash the hash of both, which remains when they are erased
 * @param hash the row's own
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record SealedEntry(
    Entry entry, String changes, byte[] salt, byte[] payloadHash, byte[] hash) {

  /** Whether the fields were erased on request; all else about the row can still be checked. */
  public boolean isErased() {
    return changes.isEmpty() && salt.length == 0;
  }

  /** Says which row it is. */
  @Override
  public String toString() {
    return "SealedEntry[" + entry.customer() + " " + entry.seq() + "]";
  }
}
