package dev.vidame.directory.paging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.paging.PageQuery.Seek;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
  private static final List<String> KEY = List.of("key", "id");

  @Test
  void oneItemMoreThanIsWantedTellsThatThereAreMore() {
    PageQuery first = PageQuery.first(2);
    PageQuery after = new PageQuery(2, Seek.AFTER, KEY);
    PageQuery before = new PageQuery(2, Seek.BEFORE, KEY);

    assertThat(Page.of(first, List.of(1, 2))).isEqualTo(new Page<>(List.of(1, 2), false, false));
    assertThat(Page.of(first, List.of(1, 2, 3))).isEqualTo(new Page<>(List.of(1, 2), false, true));
    assertThat(Page.of(after, List.of(1, 2))).isEqualTo(new Page<>(List.of(1, 2), true, false));
    assertThat(Page.of(after, List.of(1, 2, 3))).isEqualTo(new Page<>(List.of(1, 2), true, true));
    assertThat(Page.of(before, List.of(2, 1))).isEqualTo(new Page<>(List.of(1, 2), false, true));
    assertThat(Page.of(before, List.of(3, 2, 1))).isEqualTo(new Page<>(List.of(2, 3), true, true));
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "AZaz@[`{09, azaz@[`{09", "ÀAZ@[É, Àaz@[É", "Kelvin K Iİ, kelvin K iİ"})
  void lowerCaseIsThatOfAsciiOnly(String text, String lower) {
    assertThat(AsciiLower.of(text)).isEqualTo(lower);
  }

  @Test
  void keysAreReadInTheOrderOfTheList() {
    Keyset byId = new Keyset(null, "u", false);
    Keyset byName = new Keyset("lower(n)", "u", true);

    assertThat(byId.behind()).isEqualTo(" and u > ?");
    assertThat(byId.order()).isEqualTo(" order by u limit ?");
    assertThat(byName.behind()).isEqualTo(" and lower(n) <= ? and (lower(n) < ? or u < ?)");
    assertThat(byName.order()).isEqualTo(" order by lower(n) desc, u desc limit ?");
  }
}
