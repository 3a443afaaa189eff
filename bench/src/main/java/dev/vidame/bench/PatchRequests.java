package dev.vidame.bench;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** The PATCH requests of {@code load.lua}, for the paced run. */
final class PatchRequests implements IntFunction<byte[]> {
  private final Accounts accounts;
  private final String headers;
  private final SplittableRandom random = new SplittableRandom(1);

  PatchRequests(Accounts accounts, URI server, String token) {
    this.accounts = accounts;
    this.headers =
        """
        Host: %s\r
        Authorization: Bearer %s\r
        Accept: application/json\r
        Content-Type: application/json\r
        """
            .formatted(server.getAuthority(), token);
  }

  @Override
  public byte[] apply(int number) {
    int account = random.nextInt(accounts.count());
    String body =
        "{\"displayName\":\"Paced %d\",\"attributes\":{\"objectType\":\"CustomerUser\"}}"
            .formatted(number);
    return """
    PATCH /v1/customers/%s/users/%s HTTP/1.1\r
    %sMS-RequestId: ffffffff-0000-4000-8000-%012x\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(
            accounts.customer(account),
            accounts.user(account),
            headers,
            number,
            body.length(),
            body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
