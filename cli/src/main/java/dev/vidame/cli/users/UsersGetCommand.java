package dev.vidame.cli.users;

import dev.vidame.cli.output.OutputOptions;
import dev.vidame.sdk.RequestOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vidame users get}. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Shows an account, and its version (for --if-match of other commands).",
    footer = {
      "",
      "Examples:",
      "  vidame users get ada@contoso.example",
      "  vidame users get 4b10bf41-ab11-40e3-8c53-cd67849b50de -o json | jq -r .displayName"
    })
final class UsersGetCommand implements Callable<Integer> {
  @Mixin private final OfCustomer of = new OfCustomer();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "USER", description = "The sign-in name or the id.")
  private String name = "";

  @Override
  public Integer call() {
    output
        .open()
        .item(
            UserAnswer.SHAPE,
            UserAnswer.of(of.names().active(name).getWithResponse(RequestOptions.none())));
    return 0;
  }
}
