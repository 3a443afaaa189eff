package dev.vidame.cli.signin;

import dev.vidame.cli.client.ClientOptions;
import dev.vidame.cli.client.CommandGroup;
import dev.vidame.cli.client.Profile;
import dev.vidame.cli.client.ProfileStore;
import dev.vidame.cli.client.ServiceKind;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.output.Output;
import dev.vidame.cli.output.OutputOptions;
import dev.vidame.cli.output.Shape;
import dev.vidame.cli.terminal.Surroundings;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vidame profiles}: the services that somebody signed in to. */
@Command(
    name = "profiles",
    mixinStandardHelpOptions = true,
    description = {
      "The services that you signed in to. vidame login makes profiles.",
      "A command takes its --profile, else VIDAME_PROFILE, else the one in use."
    },
    footer = {
      "",
      "Examples:",
      "  vidame profiles list",
      "  vidame profiles use live",
      "  vidame profiles set-customer contoso.example"
    })
public final class ProfilesCommand extends CommandGroup {
  /** What is listed of a profile: a broken one, too, since it must be seen to be mended. */
  private record Row(String name, boolean isUsed, @Nullable Profile profile, boolean isSignedIn) {}

  private static final Shape<Row> ROWS =
      Shape.<Row>builder()
          .inTable("used", row -> row.isUsed() ? "*" : null)
          .inTable("name", Row::name)
          .inTable("service", row -> row.profile() == null ? "(broken)" : kind(row.profile()))
          .inTable("endpoint", row -> row.profile() == null ? null : row.profile().endpoint())
          .inTable("grant", row -> row.profile() == null ? null : row.profile().grant().word())
          .inTable("signedIn", Row::isSignedIn)
          .more("customer", row -> row.profile() == null ? null : row.profile().customer())
          .build();

  @Spec private @Nullable CommandSpec command;

  private static String kind(Profile profile) {
    return ServiceKind.at(profile.endpoint()).name().toLowerCase(Locale.ROOT);
  }

  private ProfileStore store() {
    return ProfileStore.of(around().environment());
  }

  private Surroundings around() {
    return Surroundings.of(Objects.requireNonNull(command));
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the profiles; * marks the one in use.",
      footer = {"", "Examples:", "  vidame profiles list", "  vidame profiles list -o json"})
  int list(@Mixin OutputOptions options) {
    ProfileStore store = store();
    String used = store.current().orElse("");
    Output output = options.open();
    output.batches(
        ROWS, Stream.of(store.names().stream().map(name -> row(store, name, used)).toList()));
    if (!options.isForPrograms()) {
      output.say("They are in " + store.folder() + ".");
    }
    return 0;
  }

  private static Row row(ProfileStore store, String name, String used) {
    Profile profile;
    try {
      profile = store.load(name);
    } catch (CommandException e) {
      // The list is where one looks for a broken one; whoever uses it is told why it is.
      profile = null;
    }
    return new Row(name, name.equals(used), profile, profile != null && store.isSignedIn(profile));
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a profile; nothing of it is secret.",
      footer = {"", "Examples:", "  vidame profiles show", "  vidame profiles show live -o json"})
  int show(
      @Parameters(
              arity = "0..1",
              paramLabel = "NAME",
              description = "Which one; the one in use where absent.")
          @Nullable String name,
      @Mixin OutputOptions options) {
    ProfileStore store = store();
    Profile profile = store.load(chosen(store, name));
    options
        .open()
        .item(
            Shape.<Profile>builder()
                .more("name", Profile::name)
                .more("service", ProfilesCommand::kind)
                .more("endpoint", Profile::endpoint)
                .more("authority", Profile::authority)
                .more("tenant", Profile::tenant)
                .more("clientId", Profile::clientId)
                .more("grant", each -> each.grant().word())
                .more("certificate", Profile::certificate)
                .more("customer", Profile::customer)
                .more("signedIn", store::isSignedIn)
                .build(),
            profile);
    return 0;
  }

  private String chosen(ProfileStore store, @Nullable String name) {
    return store.choose(name, around().environment().get(ClientOptions.PROFILE_VARIABLE));
  }

  @Command(
      name = "use",
      mixinStandardHelpOptions = true,
      description = "Makes a profile the one that is used unless another is named.",
      footer = {"", "Examples:", "  vidame profiles use live"})
  int use(@Parameters(paramLabel = "NAME", description = "Which one.") String name) {
    store().use(name);
    return 0;
  }

  @Command(
      name = "set-customer",
      mixinStandardHelpOptions = true,
      description = "Says which customer commands are about unless --customer names another.",
      footer = {
        "",
        "Examples:",
        "  vidame profiles set-customer contoso.example",
        "  vidame profiles set-customer --none"
      })
  int setCustomer(
      @Parameters(
              arity = "0..1",
              paramLabel = "CUSTOMER",
              description = "The customer's id, domain or exact company name.")
          @Nullable String customer,
      @Option(names = "--none", description = "None any more.") boolean isNone,
      @Option(
              names = "--profile",
              paramLabel = "NAME",
              description = "Of which profile; the one in use where absent.")
          @Nullable String name) {
    if (isNone == (customer != null)) {
      throw new CommandException(ExitCode.USAGE, "Give a customer, or --none.");
    }
    ProfileStore store = store();
    store.save(store.load(chosen(store, name)).withCustomer(customer));
    return 0;
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Signs out of a profile and deletes it; a broken one is deleted only.",
      footer = {"", "Examples:", "  vidame profiles remove live"})
  int remove(@Parameters(paramLabel = "NAME", description = "Which one.") String name) {
    ProfileStore store = store();
    Profile profile;
    try {
      profile = store.load(name);
    } catch (CommandException e) {
      if (!store.has(name)) {
        throw e;
      }
      store.remove(name);
      return 0;
    }
    try {
      LogoutCommand.signOut(profile, store);
    } finally {
      store.remove(name);
    }
    return 0;
  }
}
