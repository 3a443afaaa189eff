package dev.vidame.server.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One thing that an operator can set.
 *
 * @param name its name in the configuration file, such as {@code listen.port}
 * @param defaultText its value where nobody sets it; empty where there is none
 * @param description what it does, in one sentence
 * @param parser reads a value; throws {@link IllegalArgumentException} with what is allowed
 * @param <T> the value's type
 */
record Setting<T>(String name, String defaultText, String description, Function<String, T> parser) {
  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  /** Its name as an environment variable, such as {@code VIDAME_LISTEN_PORT}. */
  String variable() {
    return "VIDAME_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  static Setting<Boolean> flag(String name, boolean defaultValue, String description) {
    return new Setting<>(name, Boolean.toString(defaultValue), description, Setting::bool);
  }

  private static Boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  static Setting<Integer> number(String name, int defaultValue, Range range, String description) {
    return new Setting<>(name, Integer.toString(defaultValue), description, range::parse);
  }

  /**
   * The whole numbers that a setting allows.
   *
   * @param least the least
   * @param greatest the greatest
   */
  record Range(int least, int greatest) {
    Integer parse(String text) {
      try {
        int value = Integer.parseInt(text);
        if (value >= least && value <= greatest) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Falls through to the one message for both.
      }
      throw new IllegalArgumentException(
          "must be a whole number from " + least + " to " + greatest);
    }
  }

  static Path path(String text) {
    return Path.of(text);
  }

  /** Domains between commas, lower case; a dot before one may be left out. */
  static List<String> domains(String text) {
    List<String> domains = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String domain = part.strip().toLowerCase(Locale.ROOT);
      domain = domain.startsWith(".") ? domain.substring(1) : domain;
      if (DOMAIN.matcher(domain).matches()) {
        domains.add(domain);
      } else if (!text.isBlank()) {
        throw new IllegalArgumentException("must be domains with commas between them");
      }
    }
    return domains;
  }

  /** Names between commas, none with blanks in it, without slashes at their ends. */
  static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String name = part.strip();
      name = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
      if (!name.isEmpty() && name.chars().noneMatch(Character::isWhitespace)) {
        names.add(name);
      } else if (!text.isBlank()) {
        throw new IllegalArgumentException("must be names with commas between them");
      }
    }
    return names;
  }

  static URI baseUrl(String text) {
    try {
      URI uri = URI.create(text);
      boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isWeb && uri.getHost() != null && uri.getRawQuery() == null) {
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one message for both.
    }
    throw new IllegalArgumentException("must be an http or https address without a query");
  }
}
