package dev.vidame.directory.journal;

import java.util.Arrays;
import java.util.Optional;

/**
 * Checks rows of one customer's journal one after the other: no gap, no altered column, no altered
 * payload, no broken link. The store's own check and that of an exported file are this one. Not
 * thread-safe.
 */
public final class ChainCheck {
  private long seq;
  private byte[] hash;

  private ChainCheck(long seq, byte[] hash) {
    this.seq = seq;
    this.hash = hash;
  }

  /** A check from a journal's first row on. */
  public static ChainCheck fromStart() {
    return new ChainCheck(0, Chain.start());
  }

  /**
   * A check of the rows behind a place.
   *
   * @param seq of the last row that is not looked at
   * @param hash of that row
   */
  public static ChainCheck behind(long seq, byte[] hash) {
    return new ChainCheck(seq, hash.clone());
  }

  /** The last row that was good. */
  public long seq() {
    return seq;
  }

  /** The hash of that row, which covers all rows up to it. */
  public byte[] hash() {
    return hash.clone();
  }

  /** What is wrong with the next row; empty where it is good. */
  public Optional<String> next(SealedEntry row) {
    Optional<String> fault = faultOf(row).map(this::text);
    if (fault.isEmpty()) {
      seq = row.entry().seq();
      hash = row.hash();
    }
    return fault;
  }

  /** What kind of fault the next row has; empty where it is good. It is not gone on to. */
  public Optional<ChainFault> faultOf(SealedEntry row) {
    Entry entry = row.entry();
    if (entry.seq() != seq + 1) {
      return Optional.of(ChainFault.MISSING);
    }
    if (!row.isErased()
        && !Arrays.equals(row.payloadHash(), Chain.payloadHash(row.changes(), row.salt()))) {
      return Optional.of(ChainFault.CHANGES_ALTERED);
    }
    if (!Arrays.equals(row.hash(), Chain.hash(hash, entry, row.payloadHash()))) {
      return Optional.of(ChainFault.ROW_ALTERED);
    }
    return Optional.empty();
  }

  private String text(ChainFault fault) {
    long row = seq + 1;
    return switch (fault) {
      case MISSING -> "row " + row + " is missing";
      case CHANGES_ALTERED -> "the changes of row " + row + " are not those that were written";
      case ROW_ALTERED -> "row " + row + " is not the one that was written";
      case UNREADABLE -> "row " + row + " cannot be read";
    };
  }
}
