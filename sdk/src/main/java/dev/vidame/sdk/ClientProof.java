package dev.vidame.sdk;

import java.net.URI;
import java.util.Map;

/** How an application proves who it is. */
interface ClientProof {

  /** The members of the form that prove it to the token endpoint at this address. */
  Map<String, String> form(URI tokenEndpoint);

  /** A public application, which proves nothing. */
  static ClientProof none() {
    return endpoint -> Map.of();
  }

  /** A secret. */
  static ClientProof secret(String secret) {
    return endpoint -> Map.of("client_secret", secret);
  }
}
