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
      "  vidame admin issuers sign-in --partner PARTNER ISSUER --name Contoso --domain contoso.example \\",
      "    --client-id ID --client-secret-file FILE --authorize URL --token URL",
      "  vidame admin issuers no-sign-in --partner PARTNER ISSUER",
      "  vidame admin issuers remove --partner PARTNER ISSUER"
    })
final class IssuerCommands extends Group {
  private static final String[] SHOWN = {
    "id", "issuer", "audience", "jwksUrl", "agentClaim", "applicationClaim"
  };

  private static final String[] SIGN_IN_SHOWN = {
    "name", "domain", "clientId", "hasSecret", "authorizationUrl", "tokenUrl", "redirectUri"
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

  @Command(
      name = "sign-in",
      mixinStandardHelpOptions = true,
      description = {
        "Lets agents sign in to the dashboard with one, or in another way than before.",
        "The redirectUri of the answer is to be registered there."
      })
  @SuppressWarnings("TooManyParameters") // the options of the command
  int signIn(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "ISSUER", description = "The issuer's id, which the list shows.")
          String id,
      @Option(names = "--name", required = true, paramLabel = "NAME", description = "For people.")
          String name,
      @Option(
              names = "--domain",
              required = true,
              paramLabel = "DOMAIN",
              description = "Who types a name of it is led there.")
          String domain,
      @Option(
              names = "--client-id",
              required = true,
              paramLabel = "ID",
              description = "What this service is called there.")
          String clientId,
      @Option(
              names = "--client-secret-file",
              paramLabel = "FILE",
              description = "With its secret there, - for standard input; without, it has none.")
          @Nullable String secretFile,
      @Option(
              names = "--authorize",
              required = true,
              paramLabel = "URL",
              description = "Where people sign in.")
          String authorizationUrl,
      @Option(
              names = "--token",
              required = true,
              paramLabel = "URL",
              description = "Where codes are exchanged.")
          String tokenUrl) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("domain", domain);
    body.put("clientId", clientId);
    body.put("clientSecret", secretFile == null ? null : secret(connection, secretFile));
    body.put("authorizationUrl", authorizationUrl);
    body.put("tokenUrl", tokenUrl);
    return with(
        connection,
        (client, output) ->
            output.item(client.send("PUT", signInPath(of, id), body), SIGN_IN_SHOWN));
  }

  private String secret(Connection connection, String file) {
    if (connection.readsStandardInput() && "-".equals(file)) {
      throw new AdminException(
          AdminException.CONFIGURATION,
          "Both secrets cannot come from standard input. Put one into a file or the environment.");
    }
    return SecretText.read(file, "VIDAME_CLIENT_SECRET", "--client-secret-file", environment());
  }

  private static String signInPath(OfPartner of, String id) {
    return AdminClient.path("partners", of.partner(), "issuers", id, "sign-in");
  }

  @Command(
      name = "no-sign-in",
      mixinStandardHelpOptions = true,
      description = "Lets agents sign in to the dashboard with one no more; its tokens stay good.")
  int noSignIn(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "ISSUER", description = "The issuer's id, which the list shows.")
          String id) {
    return with(
        connection,
        (client, output) -> {
          client.delete(signInPath(of, id));
          output.done("Agents sign in with it no more.");
        });
  }
}
