package dev.vidame.cli.audit;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.output.Output;
import dev.vidame.cli.output.OutputOptions;
import dev.vidame.cli.output.Shape;
import dev.vidame.cli.users.OfCustomer;
import dev.vidame.sdk.ChangeCursor;
import dev.vidame.sdk.ChangeFollower;
import dev.vidame.sdk.ChangesQuery;
import dev.vidame.sdk.FollowedChange;
import dev.vidame.wire.Change;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of those who follow a customer's changes, and the following. A mixin. */
final class Following {
  private static final Shape<FollowedChange> SHAPE =
      Shape.<FollowedChange>builder()
          .inTable("seq", next -> next.change().seq())
          .inTable("at", next -> next.change().at())
          .inTable("operation", next -> next.change().operation())
          .inTable("subject", next -> next.change().subject())
          .inTable("changes", next -> fields(next.change()))
          .more("partnerId", next -> next.change().actor().partner())
          .more("agentId", next -> next.change().actor().agent())
          .more("applicationId", next -> next.change().actor().application())
          .more("requestId", next -> next.change().requestId())
          .more("correlationId", next -> next.change().correlationId())
          .more("cursor", FollowedChange::cursor)
          .build();

  @Mixin private final OfCustomer of = new OfCustomer();
  @Mixin private final OutputOptions options = new OutputOptions();

  @Option(
      names = "--since",
      paramLabel = "CURSOR",
      description = "Where to begin: a cursor that was shown, beginning, or now where absent.")
  private @Nullable String since;

  @Option(
      names = "--cursor-file",
      paramLabel = "FILE",
      description = {
        "Keeps the place there behind each change that was shown, and begins there the next time.",
        "--since counts as long as there is no such file."
      })
  private @Nullable Path cursorFile;

  /** Shows changes until somebody ends it. */
  int run() {
    of.service().requireVidame("The change feed");
    CursorFile kept = cursorFile == null ? null : new CursorFile(cursorFile);
    ChangeCursor start = kept == null ? cursor(since) : kept.read().orElse(cursor(since));
    Output output = options.open();
    try (ChangeFollower follower = of.customer().changes().follow(ChangesQuery.since(start))) {
      output.batches(SHAPE, batches(follower, kept));
    }
    return ExitCode.INTERRUPTED.number();
  }

  static ChangeCursor cursor(@Nullable String text) {
    if (text == null || text.strip().equalsIgnoreCase("now")) {
      return ChangeCursor.NOW;
    }
    return text.strip().equalsIgnoreCase("beginning")
        ? ChangeCursor.BEGINNING
        : new ChangeCursor(text.strip());
  }

  /** One change each; where the next one is asked for, the one before it has been shown. */
  private static Stream<List<FollowedChange>> batches(
      ChangeFollower follower, @Nullable CursorFile kept) {
    Iterator<List<FollowedChange>> each =
        new Iterator<>() {
          private boolean isAnyShown;

          @Override
          public boolean hasNext() {
            if (kept != null && isAnyShown) {
              kept.write(follower.cursor());
            }
            isAnyShown = false;
            return follower.hasNext();
          }

          @Override
          public List<FollowedChange> next() {
            List<FollowedChange> batch = List.of(follower.next());
            isAnyShown = true;
            return batch;
          }
        };
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(each, Spliterator.ORDERED), false);
  }

  private static Map<String, String> fields(Change change) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (change.isErased()) {
      fields.put("erased", "true");
    }
    for (Change.Field field : change.fields()) {
      fields.put(field.name(), shown(field.before()) + "→" + shown(field.after()));
    }
    return fields;
  }

  private static String shown(@Nullable String side) {
    return side == null ? "" : side;
  }

  /** For commands that need a place and were given something else. */
  static CommandException noCursor(Path file) {
    return new CommandException(
        ExitCode.DATA, file + " holds no cursor. Remove it to begin anew, or name another file.");
  }
}
