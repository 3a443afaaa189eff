package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserQuery.Scope;
import dev.vidame.harness.Corpus;
import dev.vidame.server.http.ApiException;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Filter;
import dev.vidame.wire.UserId;
import dev.vidame.wire.WireFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A filter is refused with 400, or its scope leaves no account out that its condition holds of. */
final class UserFilterFuzzTest {
  private static final int BAD_REQUEST = 400;
  private static final Set<String> OF_DELETION =
      Set.of("userstatus", "userstate", "state", "softdeletiontime");
  private static final User ACTIVE = user(null);
  private static final User DELETED = user(Instant.parse("2026-01-01T00:00:00Z"));

  private static User user(@Nullable Instant deletedAt) {
    return new User(
        new CustomerId(new UUID(1, 1)),
        new UserId(new UUID(1, 2)),
        1,
        "ada@contoso.example",
        "Ada",
        null,
        "Lovelace",
        "GB",
        null,
        null,
        false,
        deletedAt);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    Filter filter;
    UserFilter read;
    try {
      filter = Filter.fromJson(new String(input, StandardCharsets.UTF_8));
      read = UserFilter.of(filter);
    } catch (WireFormatException e) {
      return;
    } catch (ApiException e) {
      assertThat(e.status()).isEqualTo(BAD_REQUEST);
      return;
    }

    boolean isWanted = read.condition().test(ACTIVE);
    boolean isWantedDeleted = read.condition().test(DELETED);
    if (!speaksOfDeletion(filter)) {
      assertThat(read.scope()).isEqualTo(Scope.ACTIVE);
    } else {
      assertThat(isWanted && read.scope() == Scope.DELETED).isFalse();
      assertThat(isWantedDeleted && read.scope() == Scope.ACTIVE).isFalse();
    }
  }

  private static boolean speaksOfDeletion(Filter filter) {
    return switch (filter) {
      case Filter.Simple simple -> OF_DELETION.contains(simple.field().toLowerCase(Locale.ROOT));
      case Filter.Compound compound ->
          speaksOfDeletion(compound.left()) || speaksOfDeletion(compound.right());
    };
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
