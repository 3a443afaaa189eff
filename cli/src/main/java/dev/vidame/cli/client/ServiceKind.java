package dev.vidame.cli.client;

import dev.vidame.sdk.MicrosoftCloud;
import java.net.URI;
import java.util.Arrays;

/** Who answers. What only a Vidame has is asked of no other. */
public enum ServiceKind {
  /** A Vidame, with all that it has beside the compatible surface. */
  VIDAME,
  /** Microsoft's Partner Center, public or national. */
  PARTNER_CENTER;

  /** The kind of the service at this address. */
  public static ServiceKind at(URI endpoint) {
    return Arrays.stream(MicrosoftCloud.values())
            .anyMatch(cloud -> cloud.endpoint().getHost().equalsIgnoreCase(endpoint.getHost()))
        ? PARTNER_CENTER
        : VIDAME;
  }
}
