package dev.vidame.directory.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    int others = 0;
    for (Map.Entry<Long, Long> entry : model.entrySet()) {
      Set<Long> found = all(index, entry.getKey());
      assertThat(found).contains(entry.getValue());
      others += found.size() - 1;
    }
    for (int i = 0; i < 10_000; i++) {
      others += all(index, random.nextLong()).size();
    }
    assertThat(others).as("of 1.1e10 chances of one in 1.1e12 each").isLessThan(3);
  }

  @Test
  void fourMillionRequestsLeaveTheHeapToOthers() {
    RequestIndex index = new RequestIndex(3 << 17, 11);
    Random random = new Random(SEED);
    for (long place = 1; place <= 5_000_000; place++) {
      index.add(random.nextLong(), place);
    }
    assertThat(index.bytes()).isEqualTo(11L * 8 * (1 << 19));
  }

  @Test
  void placesThatLieFarApartAreFoundAllTheSame() {
    RequestIndex index = new RequestIndex(1000, 20);
    long[] places = {1, -1, 5, 1L << 40, -(1L << 50), (1L << 40) - 7, Long.MAX_VALUE, 2, -3};
    for (int i = 0; i < places.length; i++) {
      index.add(100 + i, places[i]);
    }
    for (int i = 0; i < places.length; i++) {
      assertThat(all(index, 100 + i)).containsExactly(places[i]);
    }
  }

  /** An entry has 23 bits for how far its place is from the first one, counted from 1. */
  @ParameterizedTest
  @ValueSource(longs = {1, -1, 1L << 40, -(1L << 40)})
  void placesAsFarApartAsAnEntryCanSayAreFound(long first) {
    long sign = Long.signum(first);
    for (long apart = (1 << 23) - 3; apart <= (1 << 23) + 1; apart++) {
      RequestIndex index = new RequestIndex(1000, 2);
      index.add(7, first);
      index.add(8, first + sign * apart);

      assertThat(all(index, 7)).containsExactly(first);
      assertThat(all(index, 8)).containsExactly(first + sign * apart);
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
