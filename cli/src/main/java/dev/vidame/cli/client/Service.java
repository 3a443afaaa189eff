package dev.vidame.cli.client;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerCredential;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The service that a command speaks to.
 *
 * @param client speaks to it
 * @param endpoint its address
 * @param kind who it is
 * @param credential whose tokens the client uses, for requests that the client does not make
 * @param defaultCustomer the profile's customer, as it stands there: an id, a domain or a name
 */
public record Service(
    PartnerClient client,
    URI endpoint,
    ServiceKind kind,
    PartnerCredential credential,
    @Nullable String defaultCustomer) {

  /**
   * Refuses to ask another service for what only a Vidame has.
   *
   * @param what it is, such as "The change feed"
   * @throws CommandException where the service is no Vidame
   */
  public void requireVidame(String what) {
    if (kind != ServiceKind.VIDAME) {
      throw new CommandException(
          ExitCode.REFUSED,
          what + " is Vidame's own, and " + endpoint + " is Partner Center. Use another --profile.");
    }
  }
}
