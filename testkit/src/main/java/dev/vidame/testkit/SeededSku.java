package dev.vidame.testkit;

import java.util.List;

/**
 * A product that a customer subscribes to. Immutable.
 *
 * @param id its id
 * @param partNumber its part number, which may stand for the id
 * @param plans the ids of its parts
 */
public record SeededSku(String id, String partNumber, List<String> plans) {
  /** Copies the parts. */
  public SeededSku {
    plans = List.copyOf(plans);
  }
}
