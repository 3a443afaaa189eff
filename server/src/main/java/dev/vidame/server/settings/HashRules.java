package dev.vidame.server.settings;

import dev.vidame.directory.PasswordHashing;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What hashes of passwords may cost. */
final class HashRules {
  private static final int BYTES_IN_KIB = 1024;

  private HashRules() {}

  /**
   * What is wrong with how passwords would be hashed, for the operator; nothing where all is well.
   *
   * @param host where the server listens; one that is no address is another rule's concern
   * @param heap how many bytes the JVM may have
   */
  static List<String> problems(String host, PasswordHashing hashing, long heap) {
    String name = Settings.HASH_MEMORY.name() + " " + hashing.memoryKib();
    if (hashing.memoryKib() < PasswordHashing.STANDARD_MEMORY_KIB && !isLoopback(host)) {
      return List.of(
          name
              + " protects no password, so it is for tests only: leave it out, or set "
              + PasswordHashing.STANDARD_MEMORY_KIB
              + " or more; or listen at 127.0.0.1");
    }
    long most = heap / 2 / BYTES_IN_KIB / hashing.threads();
    if (hashing.memoryKib() > Math.max(most, PasswordHashing.STANDARD_MEMORY_KIB)) {
      return List.of(
          name
              + " for each of "
              + hashing.threads()
              + " hashes at once is more than half of the memory that this server has: set "
              + most
              + " or less, or fewer "
              + Settings.HASHING_THREADS.name()
              + ", or give the JVM more by -Xmx");
    }
    return List.of();
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
