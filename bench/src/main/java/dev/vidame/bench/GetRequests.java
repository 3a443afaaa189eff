package dev.vidame.bench;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** GET of random accounts, for a paced run. */
final class GetRequests implements IntFunction<byte[]> {
  private final Accounts accounts;
  private final String headers;
  private final SplittableRandom random = new SplittableRandom(1);

  GetRequests(Accounts accounts, URI server, String token) {
    this.accounts = accounts;
    this.headers =
        """
        Host: %s\r
        Authorization: Bearer %s\r
        Accept: application/json\r
        """
            .formatted(server.getAuthority(), token);
  }

  @Override
  public byte[] apply(int number) {
    int account = random.nextInt(accounts.count());
    return """
    GET /v1/customers/%s/users/%s HTTP/1.1\r
    %s\r
    """
        .formatted(accounts.customer(account), accounts.user(account), headers)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
