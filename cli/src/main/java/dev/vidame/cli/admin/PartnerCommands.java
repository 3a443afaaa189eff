package dev.vidame.cli.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidame admin partners}. */
@Command(
    name = "partners",
    mixinStandardHelpOptions = true,
    description = "The partners whose customers the service holds.",
    footer = {
      "",
      "Examples:",
      "  vidame admin partners add --name Contoso --sandbox",
      "  vidame admin partners change 6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4 --disabled=true",
      "  vidame admin partners change 6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4 --password-profile nist",
      "  vidame admin partners change 6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4 --allow-app-only-users true",
      "  vidame admin partners list"
    })
final class PartnerCommands extends Group {
  private static final String PARTNERS = "partners";
  private static final String PROFILE = "passwordProfile";
  private static final String APP_ONLY = "allowAppOnlyUsers";
  private static final String[] SHOWN = {"id", "name", "sandbox", "disabled", PROFILE, APP_ONLY};

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the partners.")
  int list(@Mixin Connection connection) {
    return with(
        connection, (client, output) -> output.list(client, AdminClient.path(PARTNERS), SHOWN));
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a partner.")
  int show(
      @Mixin Connection connection,
      @Parameters(paramLabel = "PARTNER", description = "The partner's id.") String id) {
    return with(
        connection,
        (client, output) -> output.item(client.get(AdminClient.path(PARTNERS, id)), SHOWN));
  }

  @Command(name = "add", mixinStandardHelpOptions = true, description = "Adds a partner.")
  @SuppressWarnings("TooManyParameters") // the options of the command
  int add(
      @Mixin Connection connection,
      @Option(
              names = "--name",
              required = true,
              paramLabel = "NAME",
              description = "What people call it.")
          String name,
      @Option(names = "--id", paramLabel = "ID", description = "A new one where it is absent.")
          @Nullable String id,
      @Option(names = "--sandbox", description = "It only tries things out.") boolean isSandbox,
      @Option(
              names = "--password-profile",
              paramLabel = "compatible|nist",
              description = "Which passwords are good; what the server says where it is absent.")
          @Nullable String passwordProfile,
      @Option(
              names = "--allow-app-only-users",
              description =
                  "Its applications may do on their own what a user administrator may, on all its customers.")
          boolean allowsAppOnlyUsers) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("id", id);
    body.put("name", name);
    body.put("sandbox", isSandbox);
    body.put(PROFILE, passwordProfile);
    body.put(APP_ONLY, allowsAppOnlyUsers);
    return with(
        connection,
        (client, output) ->
            output.item(client.send("POST", AdminClient.path(PARTNERS), body), SHOWN));
  }

  @Command(
      name = "change",
      mixinStandardHelpOptions = true,
      description = "Changes what is given of a partner.")
  @SuppressWarnings("TooManyParameters") // the options of the command
  int change(
      @Mixin Connection connection,
      @Parameters(paramLabel = "PARTNER", description = "The partner's id.") String id,
      @Option(names = "--name", paramLabel = "NAME", description = "What people call it.")
          @Nullable String name,
      @Option(
              names = "--sandbox",
              arity = "1",
              paramLabel = "true|false",
              description = "Whether it is a sandbox, which may delete its customers.")
          @Nullable Boolean isSandbox,
      @Option(
              names = "--disabled",
              arity = "1",
              paramLabel = "true|false",
              description = "Whether it is shut out.")
          @Nullable Boolean isDisabled,
      @Option(
              names = "--password-profile",
              paramLabel = "server|compatible|nist",
              description = "Which passwords are good from the next one on.")
          @Nullable String passwordProfile,
      @Option(
              names = "--allow-app-only-users",
              arity = "1",
              paramLabel = "true|false",
              description =
                  "Whether its applications may do on their own what a user administrator may, on all its customers.")
          @Nullable Boolean allowsAppOnlyUsers) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("sandbox", isSandbox);
    body.put("disabled", isDisabled);
    body.put(PROFILE, passwordProfile);
    body.put(APP_ONLY, allowsAppOnlyUsers);
    return with(
        connection,
        (client, output) ->
            output.item(client.send("PATCH", AdminClient.path(PARTNERS, id), body), SHOWN));
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes a partner without customers, with all that it has.")
  int remove(
      @Mixin Connection connection,
      @Parameters(paramLabel = "PARTNER", description = "The partner's id.") String id) {
    return with(
        connection,
        (client, output) -> {
          client.delete(AdminClient.path(PARTNERS, id));
          output.done("The partner is gone.");
        });
  }
}
