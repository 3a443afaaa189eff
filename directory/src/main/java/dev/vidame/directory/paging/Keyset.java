package dev.vidame.directory.paging;

import dev.vidame.directory.storage.Arguments;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of a list that is read by its keys: sorted by a value, and by the id where values are
 * equal.
 *
 * @param value the text that is sorted by; null where the id alone is
 * @param id the column of the id, a GUID
 * @param isDescending whether the last comes first
 */
public record Keyset(@Nullable String value, String id, boolean isDescending) {

  /** The condition that an item lies behind a key, for {@link #bind}. Begins with {@code and}. */
  public String behind() {
    String than = isDescending ? "<" : ">";
    return value == null
        ? " and %s %s ?".formatted(id, than)
        : " and %1$s %3$s= ? and (%1$s %3$s ? or %2$s %3$s ?)".formatted(value, id, than);
  }

  /** The order, and a limit to be bound. */
  public String order() {
    String direction = isDescending ? " desc" : "";
    String byValue = value == null ? "" : value + direction + ", ";
    return " order by " + byValue + id + direction + " limit ?";
  }

  /** Binds a page's key, where it has one, for {@link #behind}. */
  public void bind(Arguments arguments, PageQuery page) throws SQLException {
    if (page.seek() == PageQuery.Seek.FIRST) {
      return;
    }
    if (value != null) {
      String text = page.key().getFirst();
      arguments.text(text).text(text);
    }
    arguments.uuid(UUID.fromString(page.key().getLast()));
  }
}
