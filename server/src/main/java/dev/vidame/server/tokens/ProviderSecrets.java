package dev.vidame.server.tokens;

import dev.vidame.directory.operators.IssuerSignIns;
import dev.vidame.server.secrets.KeySeal;

/**
 * What this service shows to providers so that they know it, sealed as the keys that sign tokens
 * are. Thread-safe.
 */
public final class ProviderSecrets {
  private static final System.Logger LOG = System.getLogger(ProviderSecrets.class.getName());

  private final KeySeal seal;

  private ProviderSecrets(KeySeal seal) {
    this.seal = seal;
  }

  /** Those of a store; those that are not sealed yet become so. */
  static ProviderSecrets open(IssuerSignIns signIns, KeySeal seal) {
    ProviderSecrets secrets = new ProviderSecrets(seal);
    if (seal.isOn() && signIns.rewrite(secrets::seal) > 0) {
      LOG.log(System.Logger.Level.INFO, "The secrets for providers are encrypted from now on");
    }
    return secrets;
  }

  /**
   * A secret as it is to be stored.
   *
   * @param issuer whose it is
   */
  public String seal(String issuer, String open) {
    return seal.seal(name(issuer), open);
  }

  /**
   * The secret.
   *
   * @throws dev.vidame.server.secrets.KeySealException where it was sealed with another key
   */
  String open(String issuer, String stored) {
    return seal.open(name(issuer), stored);
  }

  private static String name(String issuer) {
    return "provider " + issuer;
  }
}
