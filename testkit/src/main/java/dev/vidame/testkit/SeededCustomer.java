package dev.vidame.testkit;

import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.seed.FoundingDocument;
import dev.vidame.wire.CustomerId;

/** A customer in the store. Immutable. */
public final class SeededCustomer {
  private final Vidame vidame;
  private final PartnerId partner;
  private final CustomerId id;
  private final String domain;

  SeededCustomer(Vidame vidame, PartnerId partner, CustomerId id, String domain) {
    this.vidame = vidame;
    this.partner = partner;
    this.id = id;
    this.domain = domain;
  }

  static SeededCustomer founding(Vidame vidame) {
    return new SeededCustomer(
        vidame, FoundingDocument.PARTNER, FoundingDocument.CUSTOMER, FoundingDocument.DOMAIN);
  }

  /** Its id. */
  public CustomerId id() {
    return id;
  }

  /** Its default domain. */
  public String domain() {
    return domain;
  }

  PartnerId partner() {
    return partner;
  }

  /** Makes an account. */
  public UserSeed user() {
    return new UserSeed(vidame, this);
  }

  /** Makes a product that it subscribes to. */
  public SkuSeed sku() {
    return new SkuSeed(vidame, this);
  }
}
