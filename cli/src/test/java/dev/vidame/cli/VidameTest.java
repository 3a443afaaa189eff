package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class VidameTest {
  private static Map<String, CommandLine> groups(String... arguments) {
    return Vidame.commandLine(arguments).getSubcommands().get("admin").getSubcommands();
  }

  /** Reading what they take would make every start of a server a tenth of a second longer. */
  @Test
  void groupsOfAdminAreThereOnlyForAdmin() {
    assertThat(groups("serve", "--port", "0")).isEmpty();
    assertThat(groups()).isEmpty();
    assertThat(groups("admin").keySet())
        .containsExactly(
            "operators", "partners", "agents", "applications", "secrets", "customers", "skus");
  }

  @Test
  void helpNamesAdminWhereverItIsAskedFor() {
    assertThat(Vidame.commandLine("--help").getUsageMessage()).contains("admin");
    assertThat(
            Vidame.commandLine("admin", "--help").getSubcommands().get("admin").getUsageMessage())
        .contains("operators", "skus");
  }
}
