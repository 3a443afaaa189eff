package dev.vidame.wire;

import org.jspecify.annotations.Nullable;

/**
 * Whom a customer's bills go to (wire-spec §2.7). Immutable.
 *
 * @param id the profile; ignored in requests
 * @param firstName of the person
 * @param lastName of the person
 * @param email of the person
 * @param culture language and country, such as {@code en-US}
 * @param language a language, such as {@code en}
 * @param companyName the company's name
 * @param defaultAddress where bills go
 * @param etag which version it is; not a quoted entity tag, but a number with its sign
 * @param self where it is found; null in the answer to a create
 */
public record BillingProfile(
    @Nullable String id,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String email,
    @Nullable String culture,
    @Nullable String language,
    @Nullable String companyName,
    @Nullable Address defaultAddress,
    @Nullable String etag,
    @Nullable Link self) {
  static final String OBJECT_TYPE = "CustomerBillingProfile";

  /**
   * Reads a profile that a client sends.
   *
   * @throws WireFormatException when it cannot be read, or says that it is something else
   */
  public static BillingProfile fromJson(byte[] json) {
    return BillingProfileJson.read(Json.readObject(json));
  }

  /** The JSON in UTF-8. */
  public byte[] toJson() {
    return Json.write(out -> BillingProfileJson.members(out, this));
  }

  /** The same at an address. */
  public BillingProfile at(@Nullable Link link) {
    return new BillingProfile(
        id, firstName, lastName, email, culture, language, companyName, defaultAddress, etag, link);
  }
}
