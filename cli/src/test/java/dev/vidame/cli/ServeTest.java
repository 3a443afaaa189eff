package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerException;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {
  private static final int SIGTERM_EXIT = 143;

  @TempDir private Path folder;

  @Test
  void stopUnderLoadLosesNoAcknowledgedWrite() throws Exception {
    List<UserId> users = Tenants.fill(folder, 8);
    AtomicInteger acknowledged = new AtomicInteger();
    List<Thread> writers = new ArrayList<>();
    try (ServerProcess server = ServerProcess.start(folder)) {
      PartnerClient client = Tenants.client(server.address());
      for (UserId user : users) {
        writers.add(Thread.ofPlatform().start(() -> write(client, user, acknowledged)));
      }
      while (acknowledged.get() < 500) {
        Thread.onSpinWait();
      }

      assertThat(server.stop()).isEqualTo(SIGTERM_EXIT);
    }

    for (Thread writer : writers) {
      writer.join();
    }
    try (Directory directory = Tenants.open(folder)) {
      // One row for the customer, one for each user, and one for each acknowledged write: the stop
      // answered every request that it had let in.
      assertThat(directory.verifyJournal(Tenants.CUSTOMER).verifiedUpTo())
          .isEqualTo(1 + users.size() + acknowledged.get());
    }
  }

  private static void write(PartnerClient client, UserId user, AtomicInteger acknowledged) {
    try {
      for (int i = 1; true; i++) {
        client
            .customers()
            .byId(Tenants.CUSTOMER)
            .users()
            .byId(user)
            .patch(CustomerUserUpdate.builder().displayName("n" + i).build());
        acknowledged.incrementAndGet();
      }
    } catch (PartnerException e) {
      // The server is gone, or told this writer that it is going.
    }
  }

  @Test
  void badSettingsAreAllNamedAndNothingStarts() throws Exception {
    Path file = folder.resolve("bad.properties");
    Files.writeString(
        file, "listen.port=70000\nusers.retention-days=soon\n", StandardCharsets.UTF_8);

    Process process = ServerProcess.launch("serve", "--config", file.toString());
    int exit = process.waitFor();

    assertThat(exit).isEqualTo(Vidame.EXIT_CONFIGURATION);
    assertThat(process.getInputStream().readAllBytes()).isEmpty();
  }

  @Test
  void folderInUseIsRefused() throws Exception {
    Tenants.fill(folder, 1);
    try (ServerProcess server = ServerProcess.start(folder)) {
      Process second = ServerProcess.launch("serve", "--data", folder.toString(), "--port", "0");

      assertThat(second.waitFor()).isEqualTo(Vidame.EXIT_UNAVAILABLE);
      assertThat(server.stop()).isEqualTo(SIGTERM_EXIT);
    }
  }
}
