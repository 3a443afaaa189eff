package dev.vidame.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountriesTest {
  @Test
  void twoHundredAndFortyEightOfAllPairsOfLettersAreCountries() {
    long countries =
        IntStream.rangeClosed('A', 'Z')
            .boxed()
            .flatMap(
                a -> IntStream.rangeClosed('A', 'Z').mapToObj(b -> "" + (char) (int) a + (char) b))
            .filter(Countries::contains)
            .count();

    assertThat(countries).isEqualTo(248);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AD", "DE", "FR", "US", "ZW", "AN", "XE", "XJ", "XK", "XS"})
  void countriesOfTheApiAreKnown(String code) {
    assertThat(Countries.contains(code)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CU", "EH", "IR", "KP", "SD", "SY", "EU", "UK", "XX", "us", "U", "", "USA", "AD AE"
      })
  void allElseIsNoCountry(String code) {
    assertThat(Countries.contains(code)).isFalse();
  }
}
