package dev.vidame.cli.users;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.output.OutputOptions;
import dev.vidame.wire.CustomerUserUpdate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidame users update}. */
@Command(
    name = "update",
    mixinStandardHelpOptions = true,
    description = {
      "Changes what is given of an account, leaves the rest as it is, and shows the account.",
      "--clear takes a property away."
    },
    footer = {
      "",
      "Examples:",
      "  vidame users update ada@contoso.example --display-name 'Ada King' --last-name King",
      "  vidame users update ada@contoso.example --clear phone-number --clear immutable-id",
      "  vidame users update ada@contoso.example --new-sign-in-name ada.king@contoso.example --if-match '\"42\"'"
    })
final class UsersUpdateCommand implements Callable<Integer> {
  /** What can be taken away. */
  enum Clearable {
    FIRST_NAME,
    LAST_NAME,
    PHONE_NUMBER,
    IMMUTABLE_ID;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Mixin private final OfCustomer of = new OfCustomer();
  @Mixin private final UserOptions properties = new UserOptions();
  @Mixin private final IfMatch ifMatch = new IfMatch();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "USER", description = "The sign-in name or the id.")
  private String name = "";

  @Option(
      names = "--new-sign-in-name",
      paramLabel = "NAME@DOMAIN",
      description = "Another sign-in name.")
  private @Nullable String signInName;

  @Option(
      names = "--clear",
      paramLabel = "PROPERTY",
      description =
          "first-name, last-name, phone-number or immutable-id; may be given more than once.")
  private List<Clearable> cleared = List.of();

  @Override
  public Integer call() {
    CustomerUserUpdate update = update();
    output
        .open()
        .item(
            UserAnswer.SHAPE,
            UserAnswer.of(of.names().active(name).patchWithResponse(update, ifMatch.options())));
    return 0;
  }

  private CustomerUserUpdate update() {
    CustomerUserUpdate.Builder update = CustomerUserUpdate.builder();
    set("--display-name", properties.displayName(), update::displayName);
    set("--first-name", properties.firstName(), update::firstName);
    set("--last-name", properties.lastName(), update::lastName);
    set("--usage-location", properties.usageLocation(), update::usageLocation);
    set("--phone-number", properties.phoneNumber(), update::phoneNumber);
    set("--immutable-id", properties.immutableId(), update::immutableId);
    set("--new-sign-in-name", signInName, update::userPrincipalName);
    Set<Clearable> both = EnumSet.noneOf(Clearable.class);
    both.addAll(cleared);
    both.retainAll(given());
    if (!both.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE, both.iterator().next() + " cannot be given and cleared at once.");
    }
    cleared.forEach(property -> {
      switch (property) {
        case FIRST_NAME -> update.clearFirstName();
        case LAST_NAME -> update.clearLastName();
        case PHONE_NUMBER -> update.clearPhoneNumber();
        case IMMUTABLE_ID -> update.clearImmutableId();
      }
    });
    CustomerUserUpdate built = update.build();
    if (built.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE, "Say what to change; vidame users update --help lists it.");
    }
    return built;
  }

  private Set<Clearable> given() {
    Set<Clearable> given = EnumSet.noneOf(Clearable.class);
    if (properties.firstName() != null) {
      given.add(Clearable.FIRST_NAME);
    }
    if (properties.lastName() != null) {
      given.add(Clearable.LAST_NAME);
    }
    if (properties.phoneNumber() != null) {
      given.add(Clearable.PHONE_NUMBER);
    }
    if (properties.immutableId() != null) {
      given.add(Clearable.IMMUTABLE_ID);
    }
    return given;
  }

  /** An unset variable of a script must not take a property away. */
  private static void set(String option, @Nullable String value, Consumer<String> setter) {
    if (value == null) {
      return;
    }
    if (value.isBlank()) {
      throw new CommandException(
          ExitCode.USAGE, option + " is empty. To take a property away, use --clear.");
    }
    setter.accept(value);
  }
}
