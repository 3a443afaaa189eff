package dev.vidame.cli.admin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidame admin secrets}. */
@Command(
    name = "secrets",
    mixinStandardHelpOptions = true,
    description =
        "The secrets of an application: two at most, so that one can be exchanged for the next.",
    footer = {
      "",
      "To exchange a secret without a gap: add another one, bring it into use, remove the old one.",
      "",
      "Examples:",
      "  vidame admin secrets list --partner PARTNER --application APPLICATION",
      "  vidame admin secrets add --partner PARTNER --application APPLICATION",
      "  vidame admin secrets remove --partner PARTNER --application APPLICATION SECRET-ID"
    })
final class SecretCommands extends Group {
  private static final String[] SHOWN = {"id", "createdAt"};

  private static String path(OfPartner of, String application) {
    return AdminClient.path("partners", of.partner(), "applications", application, "secrets");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the secrets, without their texts.")
  int list(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Option(
              names = "--application",
              required = true,
              paramLabel = "ID",
              description = "Which application, by its id.")
          String application) {
    return with(connection, (client, output) -> output.list(client, path(of, application), SHOWN));
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Makes another secret and prints it, once.")
  int add(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Option(
              names = "--application",
              required = true,
              paramLabel = "ID",
              description = "Which application, by its id.")
          String application) {
    return with(
        connection,
        (client, output) -> output.item(client.send("POST", path(of, application), null), SHOWN));
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes a secret and ends the tokens that it was exchanged for.")
  int remove(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Option(
              names = "--application",
              required = true,
              paramLabel = "ID",
              description = "Which application, by its id.")
          String application,
      @Parameters(paramLabel = "SECRET-ID", description = "The secret's id, which the list shows.")
          String id) {
    return with(
        connection,
        (client, output) -> {
          client.delete(
              AdminClient.path(
                  "partners", of.partner(), "applications", application, "secrets", id));
          output.done("The secret is gone, and the tokens that it was exchanged for.");
        });
  }
}
