package dev.vidame.cli.admin;

import picocli.CommandLine.Command;

/** {@code vidame admin}: arranges a running service. */
@Command(
    name = "admin",
    mixinStandardHelpOptions = true,
    description = {
      "Arranges a running service: who its partners are, and what they have.",
      "",
      "The secret of an operator comes from VIDAME_OPERATOR_SECRET or a file, never from the command line.",
      "Exits with 0 where it was done, 65 where the server refused it, 69 where no server answered, 77 where",
      "the secret is no operator's, 78 where there is none, and 2 where the command cannot be understood."
    },
    subcommands = {
      OperatorCommands.class,
      PartnerCommands.class,
      AgentCommands.class,
      ApplicationCommands.class,
      SecretCommands.class,
      CustomerCommands.class,
      SkuCommands.class,
      KeyCommands.class
    },
    footer = {
      "",
      "Examples:",
      "  export VIDAME_OPERATOR_SECRET=vop_...      as vidame serve printed it on its first start",
      "  vidame admin partners add --name Contoso",
      "  vidame admin partners list --json",
      "  vidame admin agents --help                 what can be done to agents"
    })
public final class AdminCommand extends Group {}
