package dev.vidame.cli.admin;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vidame admin second-factor}. */
@Command(
    name = "second-factor",
    mixinStandardHelpOptions = true,
    description = {
      "What an agent shows beside the password: the six digits of an authenticator, or a recovery code.",
      "",
      "To enrol: make the factor, let the agent put the secret into an authenticator and keep the recovery codes,",
      "then confirm the six digits that the authenticator shows. Until then the agent signs in as before."
    },
    footer = {
      "",
      "After a loss: the agent signs in with a recovery code; or remove the factor, or enrol another one.",
      "A factor is blocked after 100 wrong codes in a row: change the agent's password, then do the same.",
      "",
      "Examples:",
      "  P=6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4",
      "  vidame admin second-factor enrol --partner $P AGENT",
      "  vidame admin second-factor confirm --partner $P AGENT 287082",
      "  vidame admin second-factor status --partner $P AGENT",
      "  vidame admin second-factor recovery-codes --partner $P AGENT",
      "  vidame admin second-factor remove --partner $P AGENT"
    })
final class SecondFactorCommands extends Group {
  private static final String[] SHOWN = {
    "state", "enrolledAt", "recoveryCodesLeft", "wrongCodes", "pendingSince"
  };

  private static String path(OfPartner of, String agent) {
    return AdminClient.path("partners", of.partner(), "agents", agent, "second-factor");
  }

  @Command(
      name = "enrol",
      mixinStandardHelpOptions = true,
      description =
          "Makes a factor, and prints its secret and recovery codes, once. One that the agent has holds until this is confirmed.")
  int enrol(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "AGENT", description = "The agent's id.") String agent) {
    return with(
        connection,
        (client, output) -> {
          byte[] made = client.send("POST", path(of, agent), null);
          output.item(made, SHOWN);
          output.text("For a QR code: ", made, "uri");
          output.once(
              "Recovery codes, each for one sign-in, shown only now:", made, "recoveryCodes");
        });
  }

  @Command(
      name = "confirm",
      mixinStandardHelpOptions = true,
      description = "Asks the agent for codes from now on; the agent has to sign in anew.")
  int confirm(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "AGENT", description = "The agent's id.") String agent,
      @Parameters(
              paramLabel = "CODE",
              description = "What the authenticator shows now. It is used up by this.")
          String code) {
    return with(
        connection,
        (client, output) ->
            output.item(
                client.send("POST", path(of, agent) + "/confirm", Map.of("code", code)), SHOWN));
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description =
          "Shows whether the agent is asked for codes, or blocked by wrong ones, without secrets.")
  int status(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "AGENT", description = "The agent's id.") String agent) {
    return with(connection, (client, output) -> output.item(client.get(path(of, agent)), SHOWN));
  }

  @Command(
      name = "recovery-codes",
      mixinStandardHelpOptions = true,
      description = "Makes other recovery codes and prints them, once; the old ones end.")
  int recoveryCodes(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "AGENT", description = "The agent's id.") String agent) {
    return with(
        connection,
        (client, output) -> {
          byte[] made = client.send("POST", path(of, agent) + "/recovery-codes", null);
          output.item(made, SHOWN);
          output.once(
              "Recovery codes, each for one sign-in, shown only now:", made, "recoveryCodes");
        });
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes the factor and its recovery codes, after a loss.")
  int remove(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "AGENT", description = "The agent's id.") String agent) {
    return with(
        connection,
        (client, output) -> {
          client.delete(path(of, agent));
          output.done(
              "The factor is gone; the agent has to sign in anew, with the password alone.");
        });
  }
}
