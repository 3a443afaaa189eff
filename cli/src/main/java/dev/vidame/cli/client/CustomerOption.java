package dev.vidame.cli.client;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.terminal.Surroundings;
import dev.vidame.wire.CustomerId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that says which customer a command is about. A mixin. */
public final class CustomerOption {
  /** The environment's name of the customer. */
  public static final String VARIABLE = "VIDAME_CUSTOMER";

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = {"-c", "--customer"},
      paramLabel = "CUSTOMER",
      description =
          "The customer's id, domain or exact company name (VIDAME_CUSTOMER, or else the profile's).")
  private @Nullable String customer;

  /**
   * The customer.
   *
   * @throws CommandException where none is named, or the name is nobody's or that of several
   */
  public CustomerId resolve(Service service) {
    return CustomerNames.resolve(service, text(service));
  }

  /** Whether a customer is named at all. */
  public boolean isGiven(Service service) {
    return textOrNull(service) != null;
  }

  private String text(Service service) {
    String text = textOrNull(service);
    if (text == null) {
      throw new CommandException(
          ExitCode.USAGE,
          "Which customer? Name it with --customer or "
              + VARIABLE
              + ", or for good: vidame profiles set-customer CUSTOMER. vidame customers list shows them.");
    }
    return text;
  }

  private @Nullable String textOrNull(Service service) {
    if (customer != null) {
      return customer;
    }
    String variable =
        Surroundings.of(Objects.requireNonNull(command)).environment().getOrDefault(VARIABLE, "");
    return variable.isBlank() ? service.defaultCustomer() : variable.strip();
  }
}
