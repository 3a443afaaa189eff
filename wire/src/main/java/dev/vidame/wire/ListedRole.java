package dev.vidame.wire;

import java.util.UUID;

/**
 * A directory role as lists show it (wire-spec §4.1). Immutable.
 *
 * @param id the same for every customer
 * @param name for people
 */
public record ListedRole(UUID id, String name) {

  /** The JSON in UTF-8. */
  public byte[] toJson() {
    return Json.write(out -> {
      out.writeStringProperty("name", name);
      out.writeStringProperty("id", id.toString());
      Json.attributes(out, "DirectoryRole");
    });
  }
}
