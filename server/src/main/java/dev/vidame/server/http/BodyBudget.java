package dev.vidame.server.http;

/**
 * How many bytes of bodies the server holds at once, of all requests together, so that they cannot
 * fill the memory (docs/decisions/0050). Thread-safe.
 */
final class BodyBudget {
  /** Up to this a body is small, and may use what large ones may not. */
  static final int SMALL_BYTES = 16 * 1024;

  /**
   * Which part of the heap bodies may fill. What is made of one while it is answered takes several
   * times its size, and the heap is not there for bodies alone.
   */
  private static final int PART_OF_HEAP = 16;

  private static final long FEWEST_BYTES = 4L * HttpListener.MAX_BODY_BYTES;

  private final long most;
  private long held;
  private long heldByStrangers;

  /** Whose body it is. */
  enum Sender {
    /** Somebody who has not proved who they are, as at the token endpoint. */
    STRANGER,
    /** Somebody who has, and who is not to be held up by those who have not. */
    KNOWN
  }

  /** A budget of so many bytes, and of four of the largest bodies at least. */
  BodyBudget(long bytes) {
    most = Math.max(bytes, FEWEST_BYTES);
  }

  /** The share of the heap that is for bodies. */
  static BodyBudget ofHeap() {
    return new BodyBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  /**
   * Takes room for a part of a body, which must then be given back. Strangers have half of all
   * room, and large bodies three quarters of whosever room it is.
   *
   * @param bytes how much
   * @param inAll how much the body has then
   * @return whether there was as much
   */
  synchronized boolean take(long bytes, long inAll, Sender sender) {
    boolean isStrangers = sender == Sender.STRANGER;
    boolean hasRoom =
        held + bytes <= limit(most, inAll)
            && (!isStrangers || heldByStrangers + bytes <= limit(most / 2, inAll));
    if (hasRoom) {
      held += bytes;
      heldByStrangers += isStrangers ? bytes : 0;
    }
    return hasRoom;
  }

  private static long limit(long room, long inAll) {
    return inAll > SMALL_BYTES ? room / 4 * 3 : room;
  }

  /** Gives room back. */
  synchronized void give(long bytes, Sender sender) {
    held -= bytes;
    heldByStrangers -= sender == Sender.STRANGER ? bytes : 0;
  }

  /** How much is held. */
  synchronized long held() {
    return held;
  }
}
