package dev.vidame.wire;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A domain that a customer is given (wire-spec §2.9). Immutable.
 *
 * @param name in the case in which it was sent
 * @param isFederated whether its accounts come from another identity provider
 * @param capability what the domain is for, in lower snake case
 */
public record VerifiedDomain(String name, boolean isFederated, String capability) {
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private enum Authentication {
    MANAGED,
    FEDERATED,
    UNRECOGNIZED
  }

  private enum Status {
    VERIFIED,
    UNVERIFIED,
    UNRECOGNIZED
  }

  private enum Method {
    NONE,
    DNS_RECORD,
    EMAIL,
    UNRECOGNIZED
  }

  /**
   * Reads a request.
   *
   * @throws WireFormatException when it cannot be read, or breaks a rule that holds for every
   *     customer
   */
  public static VerifiedDomain fromJson(byte[] json) {
    JsonObject in = Json.readObject(json);
    JsonObject domain = in.object("domain");
    if (domain == null) {
      throw required("domain");
    }
    String name = name(in.text("verifiedDomainName"), domain.text("name"));
    boolean isFederated =
        known(domain, "authenticationType", Authentication.values(), Authentication.UNRECOGNIZED)
            == Authentication.FEDERATED;
    if (domain.has("status")
        && known(domain, "status", Status.values(), Status.UNRECOGNIZED) != Status.VERIFIED) {
      throw invalid("domain.status", "The value must be %s.", "verified");
    }
    if (domain.has("verificationMethod")) {
      known(domain, "verificationMethod", Method.values(), Method.UNRECOGNIZED);
    }
    refuseTrue(domain, "isDefault");
    refuseTrue(domain, "isInitial");
    if (isFederated && in.object("domainFederationSettings") == null) {
      throw required("domainFederationSettings");
    }
    return new VerifiedDomain(name, isFederated, capability(domain.text("capability")));
  }

  private static String name(@Nullable String outer, @Nullable String inner) {
    String name = outer == null || outer.isBlank() ? inner : outer;
    if (name == null || name.isBlank()) {
      throw required("verifiedDomainName");
    }
    if (inner != null && !inner.isBlank() && !inner.strip().equalsIgnoreCase(name.strip())) {
      throw invalid("domain.name", "The value must be %s.", name.strip());
    }
    return name.strip();
  }

  private static <E extends Enum<E>> E known(
      JsonObject in, String member, E[] values, E unrecognized) {
    String text = in.text(member);
    if (text == null || text.isBlank()) {
      throw required("domain." + member);
    }
    E value = EnumText.read(text, values, unrecognized);
    if (value == unrecognized) {
      throw unknown("domain." + member, text);
    }
    return value;
  }

  /** Every value of the capability is a word; which words there are is the domain's business. */
  private static String capability(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return "none";
    }
    if (!WORD.matcher(text).matches()) {
      throw unknown("domain.capability", text);
    }
    return HUMP.matcher(text).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  /** A customer's first domain is its initial and its default one, and stays it. */
  private static void refuseTrue(JsonObject domain, String member) {
    Boolean flag = domain.bool(member);
    if (flag != null && flag) {
      throw invalid("domain." + member, "The value must be %s.", "false");
    }
  }

  private static WireFormatException required(String property) {
    return new WireFormatException(
        WireFormatException.Kind.INVALID_PROPERTY,
        property,
        "The value is required and must not be empty.");
  }

  private static WireFormatException invalid(String property, String template, String argument) {
    return new WireFormatException(
        WireFormatException.Kind.INVALID_PROPERTY, property, template, argument);
  }

  private static WireFormatException unknown(String property, String text) {
    return new WireFormatException(
        WireFormatException.Kind.UNKNOWN_ENUM, property, "Unable to parse enum: %s", text);
  }

  /**
   * What the request is answered with, in UTF-8. It has no attributes, unlike all other answers.
   */
  public byte[] toJson() {
    return Json.write(out -> {
      out.writeStringProperty("authenticationType", isFederated ? "federated" : "managed");
      out.writeStringProperty("capability", capability);
      out.writeBooleanProperty("isDefault", false);
      out.writeBooleanProperty("isInitial", false);
      out.writeStringProperty("name", name);
      out.writeStringProperty("status", "verified");
      out.writeStringProperty("verificationMethod", "dns_record");
    });
  }
}
