package dev.vidame.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A filter is refused as one, or can be written and read again as it was. */
final class FilterFuzzTest {
  public static void fuzzerTestOneInput(byte[] input) {
    Filter filter;
    try {
      filter = Filter.fromJson(new String(input, StandardCharsets.UTF_8));
    } catch (WireFormatException e) {
      assertThat(e.parameter()).isEqualTo("filter");
      return;
    }

    byte[] written = JsonBody.write(members(filter));

    assertThat(Filter.fromJson(new String(written, StandardCharsets.UTF_8))).isEqualTo(filter);
  }

  private static Map<String, Object> members(Filter filter) {
    if (filter instanceof Filter.Simple simple) {
      return Map.of(
          "Field", simple.field(), "Value", simple.value(), "Operator", simple.operator().wire());
    }
    Filter.Compound compound = (Filter.Compound) filter;
    return Map.of(
        "LeftFilter",
        members(compound.left()),
        "RightFilter",
        members(compound.right()),
        "Operator",
        compound.operator().wire());
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
