package dev.vidame.cli.users;

import dev.vidame.cli.output.Output;
import dev.vidame.cli.output.OutputOptions;
import dev.vidame.sdk.PartnerResponse;
import dev.vidame.sdk.RequestOptions;
import dev.vidame.wire.CustomerUser;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vidame users get}. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Shows an account, and which version of it that is (for update --if-match).",
    footer = {
      "",
      "Examples:",
      "  vidame users get ada@contoso.example",
      "  vidame users get 4b10bf41-ab11-40e3-8c53-cd67849b50de -o json | jq -r .displayName"
    })
final class UsersGetCommand implements Callable<Integer> {
  @Mixin private final OfCustomer of = new OfCustomer();
  @Mixin private final OutputOptions options = new OutputOptions();

  @Parameters(paramLabel = "USER", description = "The sign-in name or the id.")
  private String name = "";

  @Override
  public Integer call() {
    PartnerResponse<CustomerUser> answer =
        of.names().active(name).getWithResponse(RequestOptions.none());
    Output output = options.open();
    output.item(UserShape.SHAPE, answer.value());
    if (!options.isForPrograms() && answer.entityTag() != null) {
      output.say("Version " + answer.entityTag().value());
    }
    return 0;
  }
}
