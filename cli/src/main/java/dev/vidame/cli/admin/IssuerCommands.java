package dev.vidame.cli.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidame admin issuers}. */
@Command(
    name = "issuers",
    mixinStandardHelpOptions = true,
    description = "The identity providers whose tokens stand for a partner's agents.",
    footer = {
      "",
      "Examples (docs/external-issuers.md has the settings of known products):",
      "  vidame admin issuers list --partner PARTNER",
      "  vidame admin issuers add --partner PARTNER --issuer URL --audience AUDIENCE --jwks URL --agent-claim sub",
      "  vidame admin issuers remove --partner PARTNER ISSUER"
    })
final class IssuerCommands extends Group {
  private static final String[] SHOWN = {
    "id", "issuer", "audience", "jwksUrl", "agentClaim", "applicationClaim"
  };

  private static String path(OfPartner of) {
    return AdminClient.path("partners", of.partner(), "issuers");
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists them.")
  int list(@Mixin Connection connection, @Mixin OfPartner of) {
    return with(connection, (client, output) -> output.list(client, path(of), SHOWN));
  }

  @Command(name = "add", mixinStandardHelpOptions = true, description = "Trusts one more.")
  @SuppressWarnings("TooManyParameters") // the options of the command
  int add(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Option(names = "--issuer", required = true, paramLabel = "URL", description = "The iss.")
          String issuer,
      @Option(names = "--audience", required = true, paramLabel = "TEXT", description = "The aud.")
          String audience,
      @Option(names = "--jwks", required = true, paramLabel = "URL", description = "Its keys.")
          String jwks,
      @Option(
              names = "--agent-claim",
              paramLabel = "CLAIM",
              description = "That is the agent's id; oid where it is absent.")
          @Nullable String agentClaim,
      @Option(
              names = "--application-claim",
              paramLabel = "CLAIM",
              description = "That is the application's id; azp where it is absent.")
          @Nullable String applicationClaim) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("issuer", issuer);
    body.put("audience", audience);
    body.put("jwksUrl", jwks);
    body.put("agentClaim", agentClaim);
    body.put("applicationClaim", applicationClaim);
    return with(
        connection, (client, output) -> output.item(client.send("POST", path(of), body), SHOWN));
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Trusts one no more; its tokens are refused from the next request on.")
  int remove(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "ISSUER", description = "The issuer's id, which the list shows.")
          String id) {
    return with(
        connection,
        (client, output) -> {
          client.delete(AdminClient.path("partners", of.partner(), "issuers", id));
          output.done("The issuer's tokens are good no more.");
        });
  }
}
