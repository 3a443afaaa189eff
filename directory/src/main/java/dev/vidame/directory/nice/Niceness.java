package dev.vidame.directory.nice;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.Map;

/**
 * Lets other threads go first. Java's own thread priorities do nothing on Linux unless the whole
 * JVM is started for them, so the kernel is asked. Thread-safe.
 */
final class Niceness {
  private static final System.Logger LOG = System.getLogger(Niceness.class.getName());

  /** That the number names a process; to Linux each thread is one here. */
  private static final int PRIO_PROCESS = 0;

  /** The number of whoever asks. */
  private static final int SELF = 0;

  /** The C library has no function for it where it is older than 2.41. */
  private static final Map<String, Long> SCHED_SETATTR = Map.of("amd64", 314L, "aarch64", 274L);

  /**
   * How long a thread's turn is, and what it loses of its share when it yields. Linux lets who has
   * the shorter turn go first, in proportion to niceness: a quarter of this would make these
   * threads more urgent than others of the usual turn.
   */
  private static final Duration TURN = Duration.ofNanos(400_000);

  /** {@code struct sched_attr} in its first version: where niceness and turn are in it. */
  private static final int ATTR_BYTES = 48;

  private static final int ATTR_NICE = 16;
  private static final int ATTR_RUNTIME = 24;

  private Niceness() {}

  /**
   * Makes the calling thread so nice, and its turns short where the kernel is Linux 6.12 or newer,
   * so that a thread that yields often has its share nevertheless. On other systems than Linux it
   * would be the whole process, so there nothing happens. Where the kernel refuses, the thread
   * stays as it is, and the log says so.
   *
   * @param niceness 1 to 19; at 10 a thread gets a tenth of what one gets that is not nice at all,
   *     as long as both want the same processor
   */
  static void ofThisThread(int niceness) {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return;
    }
    try {
      int result = (int) setpriority().invokeExact(PRIO_PROCESS, SELF, niceness);
      if (result != 0) {
        LOG.log(System.Logger.Level.WARNING, "The kernel lets no thread be nice");
      }
      Long number = SCHED_SETATTR.get(System.getProperty("os.arch", ""));
      if (number != null && setAttributes(number, niceness) != 0) {
        LOG.log(System.Logger.Level.DEBUG, "The kernel lets no thread have short turns");
      }
    } catch (Throwable e) { // which any method handle may throw; whoever waits for us must not
      LOG.log(System.Logger.Level.WARNING, "This JVM lets no thread be nice", e);
    }
  }

  private static long setAttributes(long number, int niceness) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTR_BYTES, Long.BYTES);
      attributes.set(ValueLayout.JAVA_INT, 0, ATTR_BYTES);
      attributes.set(ValueLayout.JAVA_INT, ATTR_NICE, niceness);
      attributes.set(ValueLayout.JAVA_LONG, ATTR_RUNTIME, TURN.toNanos());
      return (long) syscall().invokeExact(number, SELF, attributes, 0);
    }
  }

  private static MethodHandle setpriority() {
    return function(
        "setpriority",
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT));
  }

  private static MethodHandle syscall() {
    return function(
        "syscall",
        FunctionDescriptor.of(
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT),
        Linker.Option.firstVariadicArg(1));
  }

  @SuppressWarnings("restricted") // both take numbers, and one reads 48 bytes that are there
  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
  }
}
