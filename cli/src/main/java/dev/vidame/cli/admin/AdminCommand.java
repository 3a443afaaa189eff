package dev.vidame.cli.admin;

import dev.vidame.cli.help.Examples;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** {@code vidame admin}: arranges a running service. */
@Command(
    name = "admin",
    mixinStandardHelpOptions = true,
    description = {
      "Arranges a running service: who its partners are, and what they have. Some commands work on the store itself.",
      "",
      "The secret of an operator comes from VIDAME_OPERATOR_SECRET or a file, never from the command line.",
      "Exits with 0 where it was done, 65 where the server refused it, 69 where no server answered, 77 where",
      "the secret is no operator's, 78 where there is none, and 2 where the command cannot be understood."
    },
    footer = {
      "",
      "Examples:",
      "  export VIDAME_OPERATOR_SECRET=vop_...      as vidame serve printed it on its first start",
      "  vidame admin partners add --name Contoso",
      "  vidame admin partners list --json",
      "  vidame admin explain AGENT update_user CUSTOMER",
      "  vidame admin agents --help                 what can be done to agents",
      "  vidame admin backup --data /var/lib/vidame --to /backups/monday.db"
    })
public final class AdminCommand extends Group {
  private static final Map<String, Class<?>> GROUPS = groups();

  private static Map<String, Class<?>> groups() {
    Map<String, Class<?>> groups = new LinkedHashMap<>();
    groups.put("operators", OperatorCommands.class);
    groups.put("partners", PartnerCommands.class);
    groups.put("agents", AgentCommands.class);
    groups.put("second-factor", SecondFactorCommands.class);
    groups.put("applications", ApplicationCommands.class);
    groups.put("secrets", SecretCommands.class);
    groups.put("application-keys", ApplicationKeyCommands.class);
    groups.put("customers", CustomerCommands.class);
    groups.put("roles", RoleCommands.class);
    groups.put("issuers", IssuerCommands.class);
    groups.put("skus", SkuCommands.class);
    groups.put("keys", KeyCommands.class);
    groups.put("explain", ExplainCommand.class);
    return groups;
  }

  /** Those that need no server: they work on its store. */
  private static final Map<String, Class<?>> OF_STORE = ofStore();

  private static Map<String, Class<?>> ofStore() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("backup", BackupCommand.class);
    commands.put("restore", RestoreCommand.class);
    commands.put("move", MoveCommand.class);
    return commands;
  }

  /**
   * Adds the groups of commands. They are not named in the annotation, because finding out what all
   * of them take makes every start of a server a tenth of a second longer.
   *
   * @param admin this command
   */
  public static void addGroups(CommandLine admin) {
    GROUPS.forEach(admin::addSubcommand);
    OF_STORE.forEach(admin::addSubcommand);
    Examples.inherit(admin);
    admin.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    admin
        .getHelpSectionMap()
        .put(
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
            help ->
                listed(help, "Over a running server:", GROUPS)
                    + listed(help, "On the store itself, with no operator's secret:", OF_STORE));
  }

  private static String listed(Help help, String heading, Map<String, Class<?>> commands) {
    Map<String, Help> shown = new LinkedHashMap<>(help.subcommands());
    shown.keySet().retainAll(commands.keySet());
    String line = System.lineSeparator();
    return line + heading + line + help.commandList(shown);
  }
}
