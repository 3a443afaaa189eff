package dev.vidame.sdk;

import dev.vidame.wire.Address;
import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import dev.vidame.wire.JsonBody;
import dev.vidame.wire.UserId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads members of answers so that one odd member costs no more than itself: what cannot be
 * understood reads as absent.
 */
final class Members {
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private Members() {}

  static @Nullable String text(JsonBody in, String name) {
    return in.scalar(name).orElse(null);
  }

  private static <T> @Nullable T guid(JsonBody in, String name, Function<UUID, T> type) {
    return in.scalar(name).map(String::strip).flatMap(Guid::parse).map(type).orElse(null);
  }

  static @Nullable CustomerId customer(JsonBody in, String name) {
    return guid(in, name, CustomerId::new);
  }

  static @Nullable UserId user(JsonBody in, String name) {
    return guid(in, name, UserId::new);
  }

  static @Nullable RoleId role(JsonBody in, String name) {
    return guid(in, name, RoleId::new);
  }

  static @Nullable UUID uuid(JsonBody in, String name) {
    return guid(in, name, id -> id);
  }

  static int number(JsonBody in, String name) {
    String text = in.scalar(name).orElse("");
    return text.matches("-?\\d{1,9}") ? Integer.parseInt(text) : 0;
  }

  static @Nullable Boolean bool(JsonBody in, String name) {
    String text = in.scalar(name).orElse("").toLowerCase(Locale.ROOT);
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }

  /** A date with its zone, or without one in UTC. */
  static @Nullable Instant instant(JsonBody in, String name) {
    try {
      TemporalAccessor date =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              in.scalar(name).orElse("").strip(), OffsetDateTime::from, LocalDateTime::from);
      return date instanceof LocalDateTime local
          ? local.toInstant(ZoneOffset.UTC)
          : Instant.from(date);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The objects of a list, each read; no list is an empty one. */
  static <T> List<T> list(JsonBody in, String name, Function<JsonBody, T> reader) {
    return in.objects(name).stream().map(reader).toList();
  }

  static boolean has(JsonBody in, String name) {
    return in.names().contains(name.toLowerCase(Locale.ROOT));
  }

  static @Nullable Address address(JsonBody in, String name) {
    return has(in, name) ? Address.from(in.object(name)) : null;
  }

  static @Nullable BillingProfile billing(JsonBody in, String name) {
    return has(in, name) ? BillingProfile.from(in.object(name)) : null;
  }

  /** The value of an enumeration in the one spelling that Vidame answers: {@code customer_user}. */
  static String snake(String text) {
    String strip = text.strip();
    return HUMP.matcher(strip).replaceAll("_").toLowerCase(Locale.ROOT);
  }
}
