package dev.vidame.bulk;

/** Why a run ended before its last row. */
public enum StopReason {
  /** Somebody asked for it. */
  INTERRUPTED,
  /** So many rows failed that the rest was left alone. */
  TOO_MANY_FAILURES,
  /** The service could not be reached for too long. */
  UNREACHABLE,
  /** Somebody must sign in again. */
  SIGNED_OUT,
  /** The run's own files could not be written or read. */
  FILES
}
