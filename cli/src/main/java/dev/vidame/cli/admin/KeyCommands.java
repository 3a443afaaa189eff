package dev.vidame.cli.admin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vidame admin keys}. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "The keys that tokens are signed with.",
    footer = {
      "",
      "The first key signs. The others check tokens until the last one is gone that they signed.",
      "",
      "Examples:",
      "  vidame admin keys list",
      "  vidame admin keys rotate      at once, when in doubt; the server exchanges old keys by itself"
    })
final class KeyCommands extends Group {
  private static final String[] SHOWN = {"id", "createdAt", "verifiesUntil"};
  private static final String KEYS = AdminClient.path("signingkeys");

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the keys.")
  int list(@Mixin Connection connection) {
    return with(connection, (client, output) -> output.list(client, KEYS, SHOWN));
  }

  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = "Signs with a new key from now on; tokens that are there stay good.")
  int rotate(@Mixin Connection connection) {
    return with(
        connection, (client, output) -> output.item(client.send("POST", KEYS, null), SHOWN));
  }
}
