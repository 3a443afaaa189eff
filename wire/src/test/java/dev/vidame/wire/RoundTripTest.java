package dev.vidame.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is written reads back as it was. */
class RoundTripTest {
  private static final int ROUNDS = 5_000;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void accountsReadBack() {
    for (int i = 0; i < ROUNDS; i++) {
      CustomerUser user = user();

      byte[] json = user.toJson();

      assertThat(CustomerUser.fromJson(json))
          .as("seed %d, %s", seed, new String(json, UTF_8))
          .isEqualTo(user);
    }
  }

  @Test
  void updatesReadBack() {
    for (int i = 0; i < ROUNDS; i++) {
      CustomerUserUpdate update = update();

      byte[] json = update.toJson();

      assertThat(CustomerUserUpdate.fromJson(json))
          .as("seed %d, %s", seed, new String(json, UTF_8))
          .isEqualTo(update);
    }
  }

  @Test
  void errorsReadBack() {
    for (int i = 0; i < ROUNDS; i++) {
      List<String> data = new ArrayList<>();
      IntStream.range(0, random.nextInt(4)).forEach(n -> data.add(text()));
      ErrorBody error = new ErrorBody(random.nextInt(), text(), data, text());

      byte[] json = error.toJson();

      assertThat(ErrorBody.fromJson(json))
          .as("seed %d, %s", seed, new String(json, UTF_8))
          .isEqualTo(error);
    }
  }

  @Test
  void damagedBodiesAreReadOrRefusedAndNothingElse() {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] json = update().toJson();
      for (int n = random.nextInt(3); n >= 0; n--) {
        json[random.nextInt(json.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(CustomerUserUpdate.fromJson(json)).isNotNull();
      } catch (WireFormatException e) {
        assertThat(e.getMessage()).isNotEmpty();
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", body " + new String(json, UTF_8), e);
      }
    }
  }

  private CustomerUser user() {
    return new CustomerUser(
        maybe(this::text),
        maybe(() -> new UserId(new UUID(random.nextLong(), random.nextLong()))),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        maybe(this::passwordProfile),
        maybe(this::instant),
        maybe(() -> oneOf(UserDomainType.NONE, UserDomainType.MANAGED, UserDomainType.FEDERATED)),
        maybe(() -> oneOf(UserState.ACTIVE, UserState.INACTIVE)),
        maybe(this::instant),
        maybe(this::link));
  }

  private CustomerUserUpdate update() {
    return new CustomerUserUpdate(
        field(),
        maybe(this::text),
        field(),
        field(),
        field(),
        field(),
        field(),
        field(),
        maybe(this::passwordProfile),
        maybe(() -> oneOf(UserState.ACTIVE, UserState.INACTIVE)));
  }

  private FieldUpdate<String> field() {
    return switch (random.nextInt(3)) {
      case 0 -> FieldUpdate.keep();
      case 1 -> FieldUpdate.clear();
      default -> FieldUpdate.set("x" + text());
    };
  }

  private PasswordProfile passwordProfile() {
    return new PasswordProfile(maybe(this::text), maybe(random::nextBoolean));
  }

  private Link link() {
    List<Link.Header> headers = new ArrayList<>();
    IntStream.range(0, random.nextInt(3))
        .forEach(n -> headers.add(new Link.Header(text(), text())));
    return new Link(text(), text(), headers);
  }

  private Instant instant() {
    return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
  }

  /** Any Unicode text: control characters, quotes, every plane, no half surrogate pair. */
  private String text() {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      int bound = oneOf(0x20, 0x80, 0x800, 0x10000, 0x110000);
      int c = random.nextInt(bound);
      text.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 'x' : c);
    }
    return text.toString();
  }

  private <T> @Nullable T maybe(Supplier<T> value) {
    return random.nextInt(3) == 0 ? null : value.get();
  }

  @SafeVarargs
  private final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }
}
