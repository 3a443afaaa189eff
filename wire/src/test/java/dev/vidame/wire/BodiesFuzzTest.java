package dev.vidame.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Corpus;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Whatever is sent in place of a request's or an answer's body, each record refuses it, or is
 * written as what reads as the same.
 */
final class BodiesFuzzTest {
  /** A character of one byte may be written as an escape of six. */
  private static final int LONGEST_ESCAPE = 6;

  /** What a record writes whatever it holds. */
  private static final int ALWAYS_WRITTEN = 1_000;

  private record Form<T>(
      Function<byte[], @Nullable T> reader, @Nullable Function<T, byte[]> writer) {
    void check(byte[] input) {
      T read;
      try {
        read = reader.apply(input);
      } catch (WireFormatException e) {
        assertThat(e.parameter()).isEmpty();
        return;
      }
      if (read != null && writer != null) {
        byte[] written = writer.apply(read);
        assertThat(written)
            .hasSizeLessThanOrEqualTo(ALWAYS_WRITTEN + LONGEST_ESCAPE * input.length);
        assertThat(reader.apply(written)).isEqualTo(read);
      }
    }
  }

  private static final List<Form<?>> FORMS =
      List.of(
          new Form<>(CustomerUserUpdate::fromJson, CustomerUserUpdate::toJson),
          new Form<>(CustomerUser::fromJson, CustomerUser::toJson),
          new Form<>(BillingProfile::fromJson, BillingProfile::toJson),
          new Form<>(LicenseUpdate::fromJson, LicenseUpdate::toJson),
          new Form<>(VerifiedDomain::fromJson, null),
          new Form<>(Change::fromJson, Change::toJson),
          new Form<>(ChangePage::fromJson, ChangePage::toJson),
          new Form<>(RevertedUser::fromJson, RevertedUser::toJson),
          new Form<>(ErrorBody::fromJson, ErrorBody::toJson),
          new Form<>(CustomerCreation::fromJson, null),
          new Form<>(RelationshipUpdate::fromJson, null),
          new Form<>(UserMemberRequest::fromJson, null));

  public static void fuzzerTestOneInput(byte[] input) {
    for (Form<?> form : FORMS) {
      form.check(input);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
