package dev.vidame.server.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.http.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One partner's requests that wait leave room for others, and all together have an end. */
class WaitersTest {
  private final PartnerId one = new PartnerId(new UUID(0, 1));
  private final PartnerId other = new PartnerId(new UUID(0, 2));

  @Test
  void roomIsGivenBack() {
    Waiters waiters = new Waiters(3, 2);
    for (int i = 0; i < 10; i++) {
      try (Waiters.Slot _ = waiters.enter(one)) {
        assertThat(waiters.waiting()).isEqualTo(1);
      }
    }
    assertThat(waiters.waiting()).isZero();
  }

  @Test
  void partnerHasItsShareAndNoMore() {
    Waiters waiters = new Waiters(3, 2);
    List<Waiters.Slot> slots = new ArrayList<>(List.of(waiters.enter(one), waiters.enter(one)));

    assertThatThrownBy(() -> waiters.enter(one)).isInstanceOf(ApiException.class);
    slots.add(waiters.enter(other));
    assertThatThrownBy(() -> waiters.enter(other)).isInstanceOf(ApiException.class);
    assertThat(waiters.waiting()).isEqualTo(3);

    slots.forEach(Waiters.Slot::close);
    assertThat(waiters.waiting()).isZero();
    waiters.enter(one).close();
  }
}
