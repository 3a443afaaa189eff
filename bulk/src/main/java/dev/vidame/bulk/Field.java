package dev.vidame.bulk;

import dev.vidame.wire.Countries;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A property of an account that files may change, with the rules that every Vidame has for it
 * (wire-spec §3.1). A service may have further ones, which only it knows: which domains are the
 * customer's, which names are taken.
 */
public enum Field {
  /** The country of use. */
  USAGE_LOCATION("usageLocation", false, 2),
  /** The sign-in name. */
  USER_PRINCIPAL_NAME("userPrincipalName", false, 113),
  /** The given name. */
  FIRST_NAME("firstName", true, 64),
  /** The family name. */
  LAST_NAME("lastName", true, 64),
  /** The name that people see. */
  DISPLAY_NAME("displayName", false, 256),
  /** The key in a synchronised directory. */
  IMMUTABLE_ID("immutableId", true, 128),
  /** The phone number. */
  PHONE_NUMBER("phoneNumber", true, 64);

  private static final int LONGEST_DOMAIN = 48;
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
  private static final Pattern LOCAL_PART =
      Pattern.compile("(?!\\.)[A-Za-z0-9'._!#^~-]{1,64}(?<!\\.)");
  private static final Pattern DOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

  private final String wireName;
  private final boolean isClearable;
  private final int longest;

  Field(String wireName, boolean isClearable, int longest) {
    this.wireName = wireName;
    this.isClearable = isClearable;
    this.longest = longest;
  }

  /** As the wire and files spell it. */
  public String wireName() {
    return wireName;
  }

  /** Whether an account may be without it again. */
  public boolean isClearable() {
    return isClearable;
  }

  /** The form in which a service keeps a value. */
  String normalise(String value) {
    return this == USAGE_LOCATION ? value.toUpperCase(Locale.ROOT) : value;
  }

  /** What is wrong with a value that is not empty, or null. */
  @Nullable String fault(String value) {
    if (value.codePoints().anyMatch(Character::isISOControl)) {
      return "The value holds a control character.";
    }
    return switch (this) {
      case USAGE_LOCATION ->
          Countries.contains(value.toUpperCase(Locale.ROOT))
              ? null
              : "The value must be a country or region of two letters.";
      case USER_PRINCIPAL_NAME ->
          isPrincipalName(value) ? null : "The value must be a name, an @ and a domain.";
      default ->
          value.codePointCount(0, value.length()) <= longest
              ? null
              : "The value must not be longer than " + longest + " characters.";
    };
  }

  private boolean isPrincipalName(String value) {
    int at = value.indexOf('@');
    return at > 0
        && value.length() <= longest
        && value.length() - at - 1 <= LONGEST_DOMAIN
        && LOCAL_PART.matcher(value.substring(0, at)).matches()
        && DOMAIN.matcher(value.substring(at + 1)).matches();
  }
}
