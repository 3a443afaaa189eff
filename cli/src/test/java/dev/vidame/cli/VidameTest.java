package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class VidameTest {
  private static CommandLine admin(String... arguments) {
    return Objects.requireNonNull(Vidame.commandLine(arguments).getSubcommands().get("admin"));
  }

  private static Map<String, CommandLine> groups(String... arguments) {
    return admin(arguments).getSubcommands();
  }

  /** Reading what they take would make every start of a server a tenth of a second longer. */
  @Test
  void groupsOfAdminAreThereOnlyForAdmin() {
    assertThat(Vidame.commandLine("serve", "--port", "0").getSubcommands()).containsOnlyKeys("serve");
    assertThat(groups()).isEmpty();
    assertThat(groups("admin").keySet())
        .containsExactly(
            "operators",
            "partners",
            "agents",
            "second-factor",
            "applications",
            "secrets",
            "application-keys",
            "customers",
            "roles",
            "issuers",
            "skus",
            "keys",
            "explain",
            "backup",
            "restore",
            "move");
  }

  @Test
  void helpNamesAdminWhereverItIsAskedFor() {
    assertThat(Vidame.commandLine("--help").getUsageMessage()).contains("admin");
    assertThat(admin("admin", "--help").getUsageMessage())
        .containsSubsequence(
            "running server:", "operators", "skus", "store itself", "backup", "move");
  }
}
