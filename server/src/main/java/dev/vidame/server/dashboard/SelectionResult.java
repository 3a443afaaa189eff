package dev.vidame.server.dashboard;

import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of accounts that were selected. Immutable.
 *
 * @param form the id of the form that asked for it
 * @param customer whose
 * @param title what was to be done
 * @param accounts each of them, in the order of the list
 * @param back where the list is
 * @param wayBack how it is undone; null where it cannot be
 */
@SuppressWarnings("TooManyParameters") // all that its page shows
record SelectionResult(
    UUID form,
    CustomerId customer,
    Text title,
    List<Each> accounts,
    String back,
    @Nullable WayBack wayBack) {
  SelectionResult {
    accounts = List.copyOf(accounts);
  }

  /** What can become of an account. */
  enum Kind {
    /** It was done. */
    DONE,
    /** It was so already. */
    NOTHING,
    /** It was not done. */
    REFUSED;

    /** What people call it. */
    Text label() {
      return switch (this) {
        case DONE -> Text.of("Done");
        case NOTHING -> Text.of("Nothing to do");
        case REFUSED -> Text.of("Refused");
      };
    }
  }

  /**
   * What became of one account.
   *
   * @param user which
   * @param name what it is called; its id where it is not there
   * @param userName its sign-in name; empty where it is not there
   * @param kind what became of it
   * @param why in the reader's language; empty where there is nothing to say
   */
  @SuppressWarnings("TooManyParameters") // all that a line shows
  record Each(UserId user, String name, String userName, Kind kind, List<String> why) {
    Each {
      why = List.copyOf(why);
    }
  }

  /**
   * The form that undoes what was done.
   *
   * @param action what it does
   * @param fields what it is to be done with
   */
  record WayBack(SelectedAction action, Map<String, String> fields) {
    WayBack {
      fields = Map.copyOf(fields);
    }
  }

  Stream<Each> of(Kind kind) {
    return accounts.stream().filter(each -> each.kind() == kind);
  }

  long count(Kind kind) {
    return of(kind).count();
  }

  /** The accounts of which it was done, as a form names them. */
  String donePage() {
    return Selection.page(of(Kind.DONE).map(Each::user));
  }
}
