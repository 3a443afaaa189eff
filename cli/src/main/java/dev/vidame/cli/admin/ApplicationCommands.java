package dev.vidame.cli.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidame admin applications}. */
@Command(
    name = "applications",
    mixinStandardHelpOptions = true,
    description = "The clients that a partner has registered.",
    footer = {
      "",
      "Examples:",
      "  P=6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4",
      "  vidame admin applications add --partner $P --name Portal     prints the secret once",
      "  vidame admin applications add --partner $P --name Desktop --public",
      "  vidame admin applications remove --partner $P APPLICATION"
    })
final class ApplicationCommands extends Group {
  private static final String[] SHOWN = {"id", "name", "public", "disabled", "redirectUris"};

  private static String path(String partner) {
    return AdminClient.path("partners", partner, "applications");
  }

  private static String path(String partner, String id) {
    return AdminClient.path("partners", partner, "applications", id);
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the applications.")
  int list(@Mixin Connection connection, @Mixin OfPartner of) {
    return with(connection, (client, output) -> output.list(client, path(of.partner()), SHOWN));
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows an application.")
  int show(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "APPLICATION", description = "The application's id.") String id) {
    return with(
        connection, (client, output) -> output.item(client.get(path(of.partner(), id)), SHOWN));
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Adds an application and prints its secret, once.")
  @SuppressWarnings("TooManyParameters") // the options of the command
  int add(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Option(
              names = "--name",
              required = true,
              paramLabel = "NAME",
              description = "What people call it.")
          String name,
      @Option(names = "--id", paramLabel = "ID", description = "A new one where it is absent.")
          @Nullable String id,
      @Option(
              names = "--public",
              description = "It can keep no secret, and acts for signed-in agents only.")
          boolean isPublic,
      @Option(
              names = "--redirect-uri",
              paramLabel = "URI",
              description = "Where browsers may be sent for it; may be given several times.")
          @Nullable List<String> redirectUris) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("id", id);
    body.put("name", name);
    body.put("public", isPublic);
    body.put("redirectUris", redirectUris);
    return with(
        connection,
        (client, output) -> output.item(client.send("POST", path(of.partner()), body), SHOWN));
  }

  @Command(
      name = "change",
      mixinStandardHelpOptions = true,
      description = "Changes what is given of an application.")
  @SuppressWarnings("TooManyParameters") // the options of the command
  int change(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "APPLICATION", description = "The application's id.") String id,
      @Option(names = "--name", paramLabel = "NAME", description = "What people call it.")
          @Nullable String name,
      @Option(
              names = "--disabled",
              arity = "1",
              paramLabel = "true|false",
              description = "Whether it is shut out.")
          @Nullable Boolean isDisabled,
      @Option(
              names = "--redirect-uri",
              paramLabel = "URI",
              description = {
                "Where browsers may be sent for it, instead of where they may now; may be given several",
                "times. Empty for nowhere."
              })
          @Nullable List<String> redirectUris) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("disabled", isDisabled);
    body.put(
        "redirectUris",
        redirectUris == null ? null : redirectUris.stream().filter(uri -> !uri.isEmpty()).toList());
    return with(
        connection,
        (client, output) -> output.item(client.send("PATCH", path(of.partner(), id), body), SHOWN));
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes an application with its secrets.")
  int remove(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "APPLICATION", description = "The application's id.") String id) {
    return with(
        connection,
        (client, output) -> {
          client.delete(path(of.partner(), id));
          output.done("The application is gone, and its tokens are good no more.");
        });
  }
}
