package dev.vidame.directory.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestIndexTest {
  private static final long SEED = Long.getLong("vidame.seed", new Random().nextLong());

  private static Set<Long> all(RequestIndex index, long key) {
    Set<Long> places = new HashSet<>();
    index.find(
        key,
        place -> {
          places.add(place);
          return false;
        });
    return places;
  }

  @Test
  void everyEntryIsFoundAndNothingElse() {
    System.out.println("vidame.seed=" + SEED);
    Random random = new Random(SEED);
    RequestIndex index = new RequestIndex(10_000, 100);
    Map<Long, Long> model = new HashMap<>();
    for (long place = 1; place <= 100_000; place++) {
      long key = random.nextLong();
      index.add(key, place);
      model.put(key, place);
    }

    model.forEach((key, place) -> assertThat(all(index, key)).containsExactly(place));
    for (int i = 0; i < 10_000; i++) {
      assertThat(all(index, random.nextLong())).isEmpty();
    }
  }

  @Test
  void keysThatCollideKeepEachTheirPlace() {
    RequestIndex index = new RequestIndex(1000, 2);
    index.add(1, 10);
    index.add(1, -20);
    index.add(1L << 40 | 1, 30);

    assertThat(all(index, 1)).containsExactlyInAnyOrder(10L, -20L);
    assertThat(all(index, 1L << 40 | 1)).containsExactly(30L);
  }

  @Test
  void acceptedPlaceIsTheAnswer() {
    RequestIndex index = new RequestIndex(1000, 2);
    index.add(5, 10);
    index.add(5, 11);

    assertThat(index.find(5, place -> place == 11)).isEqualTo(11);
    assertThat(index.find(5, place -> place == 12)).isZero();
  }

  @Test
  void oldestGenerationGoesWhenFull() {
    RequestIndex index = new RequestIndex(100, 3);
    for (long place = 1; place <= 400; place++) {
      index.add(place, place);
    }

    assertThat(all(index, 100)).isEmpty();
    assertThat(all(index, 101)).containsExactly(101L);
    assertThat(all(index, 400)).containsExactly(400L);
  }
}
