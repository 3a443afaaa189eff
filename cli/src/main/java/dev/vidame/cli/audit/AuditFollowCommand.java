package dev.vidame.cli.audit;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vidame audit follow}. */
@Command(
    name = "follow",
    mixinStandardHelpOptions = true,
    description = {
      "Shows each change of a customer as it is made, until it is ended (Ctrl-C). Vidame only.",
      "None is missed and none is shown twice, also when the server restarts meanwhile."
    },
    footer = {
      "",
      "Examples:",
      "  vidame audit follow --customer contoso.example",
      "  vidame audit follow --since beginning -o jsonl --cursor-file contoso.cursor >> contoso.jsonl"
    })
final class AuditFollowCommand implements Callable<Integer> {
  @Mixin private final Following following = new Following();

  @Override
  public Integer call() {
    return following.run();
  }
}
