package dev.vidame.cli.audit;

import dev.vidame.cli.client.CommandGroup;
import picocli.CommandLine.Command;

/** {@code vidame audit}: what was done, and by whom. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "What was done to customers and their accounts, and by whom.",
    subcommands = {AuditListCommand.class},
    footer = {
      "",
      "Examples:",
      "  vidame audit list --since 7d",
      "  vidame audit list --customer contoso.example --since 2026-01-01 -o csv > audit.csv"
    })
public final class AuditCommand extends CommandGroup {}
