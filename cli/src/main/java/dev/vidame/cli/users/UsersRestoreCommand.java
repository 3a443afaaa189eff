package dev.vidame.cli.users;

import dev.vidame.cli.output.OutputOptions;
import dev.vidame.sdk.RequestOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vidame users restore}. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description =
        "Restores a deleted account, with its roles and those licences that are still free, and shows it.",
    footer = {
      "",
      "Examples:",
      "  vidame users restore ada@contoso.example",
      "  vidame users list --deleted -o jsonl | jq -r .id | xargs -n 1 vidame users restore"
    })
final class UsersRestoreCommand implements Callable<Integer> {
  @Mixin private final OfCustomer of = new OfCustomer();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "USER",
      description = "The id, or the sign-in name if only one deleted account has it.")
  private String name = "";

  @Override
  public Integer call() {
    output
        .open()
        .item(
            UserAnswer.SHAPE,
            UserAnswer.of(of.names().deleted(name).restoreWithResponse(RequestOptions.none())));
    return 0;
  }
}
