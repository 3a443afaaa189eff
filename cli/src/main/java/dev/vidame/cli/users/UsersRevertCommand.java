package dev.vidame.cli.users;

import dev.vidame.cli.client.When;
import dev.vidame.cli.output.Output;
import dev.vidame.cli.output.OutputOptions;
import dev.vidame.cli.output.Shape;
import dev.vidame.cli.terminal.Surroundings;
import dev.vidame.sdk.EntityTag;
import dev.vidame.sdk.RequestOptions;
import dev.vidame.sdk.Revert;
import dev.vidame.sdk.UserClient;
import dev.vidame.wire.Change;
import dev.vidame.wire.RevertedUser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vidame users revert}. */
@Command(
    name = "revert",
    mixinStandardHelpOptions = true,
    description = {
      "Brings an account back as it was: properties, roles and licences together, or nothing at all.",
      "A deleted account is restored. Passwords stay as they are. Vidame only."
    },
    footer = {
      "",
      "Examples:",
      "  vidame users revert ada@contoso.example --to 2h --preview",
      "  vidame users revert ada@contoso.example --to 17      right after change 17 (vidame audit follow)",
      "  vidame users revert ada@contoso.example --deleted --to 2026-01-31 --rename ada2@contoso.example"
    })
final class UsersRevertCommand implements Callable<Integer> {
  private static final Shape<Change.Field> SHAPE =
      Shape.<Change.Field>builder()
          .inTable("field", Change.Field::name)
          .inTable("before", Change.Field::before)
          .inTable("after", Change.Field::after)
          .build();

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final OfCustomer of = new OfCustomer();
  @Mixin private final OutputOptions options = new OutputOptions();

  @Parameters(paramLabel = "USER", description = "The sign-in name or the id.")
  private String name = "";

  @Option(
      names = "--to",
      paramLabel = "SEQ|TIME",
      required = true,
      description =
          "A change of the customer, a day (the end of it), a time, or how long ago (30m, 24h, 7d).")
  private String to = "";

  @Option(names = "--deleted", description = "USER is the name of a deleted account.")
  private boolean isDeleted;

  @Option(names = "--preview", description = "Only shows what would change.")
  private boolean isPreview;

  @Option(
      names = "--rename",
      paramLabel = "NAME@DOMAIN",
      description = "Takes this sign-in name in place of the one that the account had.")
  private @Nullable String rename;

  @Option(
      names = "--if-match",
      paramLabel = "VERSION",
      description = "Only if the account is in this version still (vidame users get).")
  private @Nullable String version;

  @Override
  public Integer call() {
    of.service().requireVidame("Bringing an account back");
    UserClient user = isDeleted ? of.names().deleted(name) : of.names().active(name);
    Revert revert = rename == null ? target() : target().withRename(rename);
    RequestOptions request = RequestOptions.none();
    if (version != null) {
      request = request.withIfMatch(new EntityTag(version));
    }
    RevertedUser result =
        isPreview ? user.previewRevert(revert) : user.revertWithResponse(revert, request).value();
    Output output = options.open();
    output.batches(SHAPE, Stream.of(result.changes()));
    output.say(
        (result.changes().isEmpty()
                ? "The account is as it was after change "
                : isPreview
                    ? "Nothing was changed. This would bring it back to change "
                    : "Brought back to change ")
            + result.toSeq()
            + ". Its password stays.");
    return 0;
  }

  private Revert target() {
    if (to.strip().matches("\\d{1,18}")) {
      return Revert.toSeq(Long.parseLong(to.strip()));
    }
    Instant now = Surroundings.of(Objects.requireNonNull(spec)).clock().instant();
    return Revert.toTime(
        switch (When.parse(to, now)) {
          case When.Day(var day) ->
              day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1_000);
          case When.At(var time) -> time;
        });
  }
}
