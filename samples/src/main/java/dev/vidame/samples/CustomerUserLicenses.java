package dev.vidame.samples;

import dev.vidame.sdk.CustomerClient;
import dev.vidame.sdk.LicenseChange;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerException;
import dev.vidame.sdk.SkuId;
import dev.vidame.sdk.UserClient;
import dev.vidame.sdk.UserLicense;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Assigns a licence of the first product of which one is left to a user account, shows the licences
 * that it holds, and removes the licence again. Prints the licences.
 *
 * <p>Thread-safe.
 */
public final class CustomerUserLicenses {
  private CustomerUserLicenses() {}

  /**
   * Assigns, shows and removes the licence.
   *
   * @return the licences that the account held in between
   * @throws PartnerException when a step is refused; with code 60012 when somebody else took the
   *     last unit
   * @throws IllegalStateException when no licence is left that the account does not hold
   */
  public static List<UserLicense> run(PartnerClient partner, CustomerId customerId, UserId userId) {
    CustomerClient customer = partner.customers().byId(customerId);
    UserClient user = customer.users().byId(userId);
    Set<Optional<SkuId>> held =
        user.licenses().toList().stream()
            .map(license -> Optional.ofNullable(license.sku().id()))
            .collect(Collectors.toSet());
    SkuId wanted =
        customer.subscribedSkus().toList().stream()
            .filter(sku -> sku.units().available() > 0)
            .map(sku -> Optional.ofNullable(sku.sku().id()))
            .filter(id -> !held.contains(id))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("No licence is left"));

    user.updateLicenses(LicenseChange.builder().assign(wanted).build());
    try {
      return user.licenses().toList();
    } finally {
      user.updateLicenses(LicenseChange.builder().remove(wanted).build());
    }
  }

  /** Runs the scenario with the settings of the environment. */
  public static void main(String[] arguments) {
    System.exit(main(System.getenv(), System.out, System.err));
  }

  static int main(Map<String, String> environment, PrintStream out, PrintStream err) {
    return new SampleRunner(environment, out, err)
        .run(settings -> run(settings.partner(), settings.customer(), settings.user()));
  }
}
