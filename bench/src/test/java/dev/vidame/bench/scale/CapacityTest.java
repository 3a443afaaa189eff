package dev.vidame.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vidame.bench.BenchException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTest {
  /** 100 bytes a user, 10 a change, 100 changes and 1 000 reads a second. */
  private static final Costs COSTS = new Costs(100, 10, 100, 1_000, 50, 500);

  /** Half of a rate; a megabyte, two years, three copies. */
  private static final Capacity.Limits LIMITS = new Capacity.Limits(0.5, 1e6, 2, 3);

  /** A change and ten reads a day, twice as many at the busiest time. */
  private static Demand demand(long users, int customers) {
    return new Demand(users, customers, 0, 1, 10, 2);
  }

  @Test
  void ratesAreThoseOfTheBusiestTime() {
    Demand demand = demand(86_400, 1);

    assertThat(demand.peakChanges(43_200)).isEqualTo(1, within(1e-9));
    assertThat(demand.peakReads(43_200)).isEqualTo(10, within(1e-9));
    assertThat(demand.changesPerYear(10)).isEqualTo(3_650, within(1e-9));
  }

  @Test
  void bytesAreThoseOfUsersAndOfTheYearsOfTheirChanges() {
    Capacity capacity = new Capacity(demand(100, 1), COSTS, LIMITS);

    assertThat(capacity.accountBytes()).isEqualTo(10_000, within(1e-6));
    assertThat(capacity.yearBytes()).isEqualTo(365_000, within(1e-6));
    assertThat(capacity.bytes(100)).isEqualTo(10_000 + 2 * 365_000, within(1e-6));
  }

  /** A user takes 100 bytes and 7 300 for the changes, so a megabyte is 135 users. */
  @Test
  void storageAsksForShards() {
    Capacity capacity = new Capacity(demand(1_000, 1_000), COSTS, LIMITS);

    Capacity.Need need = capacity.need(evenly(1_000));

    assertThat(capacity.fits(135)).isTrue();
    assertThat(capacity.fits(136)).isFalse();
    assertThat(need.fullest()).isLessThanOrEqualTo(135);
    assertThat(need.shards()).isGreaterThanOrEqualTo(8);
    assertThat(need.bytes()).isEqualTo(need.fullest() * 7_400.0, within(1e-3));
    assertThat(capacity.databases(need)).isEqualTo(3 * need.shards());
  }

  /** 50 changes a second may be used, 500 reads: each 50 changes' users are another 1/1 + 1/1. */
  @Test
  void changesAndReadsShareAShard() {
    Capacity.Limits roomy = new Capacity.Limits(0.5, 1e15, 2, 3);
    Capacity capacity = new Capacity(demand(1, 1), COSTS, roomy);

    long usersOf25Changes = 25L * 43_200;
    assertThat(capacity.busy(usersOf25Changes)).isEqualTo(0.5 + 0.5, within(1e-9));
    assertThat(capacity.fits(usersOf25Changes)).isTrue();
    assertThat(capacity.fits(usersOf25Changes + 1)).isFalse();
  }

  /** 11 requests a second for each 43 200 users; 250 of each server may be used. */
  @Test
  void serversAnswerAllRequests() {
    assertThat(new Capacity(demand(43_200 * 100L, 1), COSTS, LIMITS).servers()).isEqualTo(5);
    assertThat(new Capacity(demand(1, 1), COSTS, LIMITS).servers()).isEqualTo(1);
  }

  @Test
  void singleCustomerHasALaneOfItsOwn() {
    Capacity capacity = new Capacity(demand(43_200 * 25L, 1), COSTS, LIMITS);

    assertThat(capacity.lane(43_200 * 25L)).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void customerThatIsTooMuchForAShardIsToldOf() {
    Capacity capacity = new Capacity(demand(1_000, 1), COSTS, LIMITS);
    Placement one = new Placement(new long[] {1_000}, 1);

    assertThatThrownBy(() -> capacity.need(one))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("largest customer");
  }

  @Test
  void fullestShardIsToldAsTimesTheMean() {
    Capacity.Need need = new Capacity.Need(2, List.of(30L, 10L), 0, 1);

    assertThat(need.fullest()).isEqualTo(30);
    assertThat(need.imbalance()).isEqualTo(1.5);
  }

  private static Placement evenly(int customers) {
    return new Placement(Zipf.divide(customers, customers, 0), 1);
  }
}
