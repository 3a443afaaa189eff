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

  /**
   * Reads a profile that stands inside something else.
   *
   * @throws WireFormatException as {@link #fromJson} does
   */
  public static BillingProfile from(JsonBody body) {
    return BillingProfileJson.read(body.members());
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

  /** A builder that knows nothing yet. */
  public static Builder builder() {
    return new Builder(
        new BillingProfile(null, null, null, null, null, null, null, null, null, null));
  }

  /** A builder that begins with this profile, its id and its version included. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Builds a profile. Not thread-safe. */
  public static final class Builder {
    private final @Nullable String id;
    private final @Nullable String etag;
    private final @Nullable Link self;
    private @Nullable String firstName;
    private @Nullable String lastName;
    private @Nullable String email;
    private @Nullable String culture;
    private @Nullable String language;
    private @Nullable String companyName;
    private @Nullable Address defaultAddress;

    private Builder(BillingProfile start) {
      id = start.id;
      etag = start.etag;
      self = start.self;
      firstName = start.firstName;
      lastName = start.lastName;
      email = start.email;
      culture = start.culture;
      language = start.language;
      companyName = start.companyName;
      defaultAddress = start.defaultAddress;
    }

    /** Sets the given name of the person. */
    public Builder firstName(String value) {
      firstName = value;
      return this;
    }

    /** Sets the family name of the person. */
    public Builder lastName(String value) {
      lastName = value;
      return this;
    }

    /** Sets the person's mail address. */
    public Builder email(String value) {
      email = value;
      return this;
    }

    /** Sets language and country, such as {@code en-US}. */
    public Builder culture(String value) {
      culture = value;
      return this;
    }

    /** Sets a language, such as {@code en}. */
    public Builder language(String value) {
      language = value;
      return this;
    }

    /** Sets the company's name. */
    public Builder companyName(String value) {
      companyName = value;
      return this;
    }

    /** Sets where bills go. */
    public Builder defaultAddress(Address value) {
      defaultAddress = value;
      return this;
    }

    /** The profile. */
    public BillingProfile build() {
      return new BillingProfile(
          id,
          firstName,
          lastName,
          email,
          culture,
          language,
          companyName,
          defaultAddress,
          etag,
          self);
    }
  }
}
