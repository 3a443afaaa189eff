package dev.vidame.directory.passwords;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

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

  private Niceness() {}

  /**
   * Makes the calling thread so nice. On other systems than Linux it would be the whole process, so
   * there nothing happens. Where the kernel refuses, the thread stays as it is, and the log says
   * so.
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
    } catch (Throwable e) { // which any method handle may throw; whoever waits for us must not
      LOG.log(System.Logger.Level.WARNING, "This JVM lets no thread be nice", e);
    }
  }

  @SuppressWarnings("restricted") // the function takes three numbers and touches no memory
  private static MethodHandle setpriority() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("setpriority"),
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT));
  }
}
