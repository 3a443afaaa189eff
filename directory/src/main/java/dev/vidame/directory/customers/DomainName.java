package dev.vidame.directory.customers;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a domain's name may look like. It must fit behind the {@code @} of a sign-in name. */
final class DomainName {
  private static final int LONGEST = 48;

  private static final Pattern FORM =
      Pattern.compile(
          "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+");

  private DomainName() {}

  static boolean isValid(String text) {
    return text.length() <= LONGEST && FORM.matcher(text).matches();
  }

  /** The stored form. */
  static String normalise(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
