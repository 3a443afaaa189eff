package dev.vidame.server.dashboard;

import dev.vidame.directory.journal.ChainFault;
import dev.vidame.directory.journal.CheckedChain;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.paging.Continuation;
import dev.vidame.server.paging.ContinuationTokens;
import dev.vidame.server.texts.Text;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page that checks a customer's journal: that no row is missing and none was altered.
 * Thread-safe. A request checks so many rows and leads on to the next, with what was found so far
 * in an address that only this server can make; so a journal of any length is checked, and nobody
 * waits for long.
 */
final class ChainPages {
  private static final String ON = "on";
  private static final int ROWS_AT_ONCE = 1_000;

  /** So that an answer is soon there. */
  private static final int MOST_READS = 5;

  private final Desk desk;
  private final ContinuationTokens tokens;

  ChainPages(Desk desk, ContinuationTokens tokens) {
    this.desk = desk;
    this.tokens = tokens;
  }

  /**
   * The page.
   *
   * @param frame what every page has
   * @param head what pages on a customer have
   * @param checked how far it came; null before it began
   * @param end the number of the journal's last row
   * @param next where it goes on, or begins
   */
  @SuppressWarnings("TooManyParameters") // all that the page shows
  record Shown(
      Frame frame, CustomerHead head, @Nullable CheckedChain checked, long end, String next) {
    String headHash() {
      return checked == null ? "" : HexFormat.of().formatHex(checked.head());
    }

    /** The row that is wrong, and how. */
    Text fault() {
      String row = checked == null ? "" : frame.number(checked.rows() + 1);
      ChainFault fault = checked == null ? null : checked.fault();
      return switch (fault) {
        case MISSING -> Text.of("Row %s is missing.", row);
        case CHANGES_ALTERED ->
            Text.of("Row %s tells another change than the one that was written.", row);
        case ROW_ALTERED -> Text.of("Row %s is not the one that was written.", row);
        case UNREADABLE -> Text.of("Row %s cannot be read; nobody wrote it so.", row);
        case null -> throw new IllegalStateException("Nothing is wrong");
      };
    }
  }

  static String path(CustomerHead head) {
    return head.path() + "/chain";
  }

  List<Route> routes() {
    return List.of(
        Route.pageOnCustomer(
            "GET", SignInRoutes.HOME + "/{customer}/chain", Operation.READ_CHANGES, this::check));
  }

  private Answer check(Call call) {
    CustomerHead head = desk.head(call);
    Optional<String> on = call.query().first(ON);
    CheckedChain checked = on.map(token -> further(call, token)).orElse(null);
    long end = desk.directory().changes().end(call.customer()).seq();
    String next = checked == null || checked.isDone() ? "start" : token(call, checked);
    return desk.templates()
        .page(
            200,
            "chain",
            new Shown(
                desk.frame(call, Text.of("Check the records")),
                head,
                checked,
                end,
                Lists.address(path(head), Map.of(ON, next))));
  }

  /** An address that is old, or none of ours, leads to the beginning. */
  private CheckedChain further(Call call, String token) {
    CheckedChain checked =
        tokens
            .open(call.caller().partner(), call.canonicalPath(), token)
            .map(ChainPages::read)
            .orElseGet(CheckedChain::start);
    for (int read = 0; read < MOST_READS && !checked.isDone(); read++) {
      checked = desk.directory().changes().check(call.customer(), checked, ROWS_AT_ONCE);
    }
    return checked;
  }

  private String token(Call call, CheckedChain checked) {
    List<String> found =
        List.of(
            Long.toString(checked.rows()),
            HexFormat.of().formatHex(checked.head()),
            String.valueOf(checked.firstAt()),
            String.valueOf(checked.lastAt()),
            Long.toString(checked.erased()));
    return tokens.issue(
        call.caller().partner(),
        call.canonicalPath(),
        new Continuation(Map.of(), found, List.of()));
  }

  /** There are rows, since otherwise nothing goes on. */
  private static CheckedChain read(Continuation token) {
    List<String> found = token.first();
    return new CheckedChain(
        Long.parseLong(found.get(0)),
        HexFormat.of().parseHex(found.get(1)),
        Instant.parse(found.get(2)),
        Instant.parse(found.get(3)),
        Long.parseLong(found.get(4)),
        null,
        false);
  }
}
