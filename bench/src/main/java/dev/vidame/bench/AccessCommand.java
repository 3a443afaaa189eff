package dev.vidame.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run access}: what deciding who may do what costs, and who pays for it. */
@Command(
    name = "access",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what access control costs, and whether one caller's load is another's trouble.",
      "",
      "verification  PATCH with a cached token beside PATCH without any look at the token: one",
      "              server, one store, two ports that differ in nothing else",
      "tokens        tokens that the verifier has never seen, and one that it knows, on one thread",
      "sign-ins      GET at a fixed pace, alone and while 100 agents sign in at once",
      "overload      GET as fast as a limit lets one partner, alone, while another partner asks for",
      "              as much as its limit is, and while it asks for ten times as much",
      "",
      "Things that are compared take turns, the first one second in every other round, each for",
      "half of --seconds; those of verification, which differ little, for a second and seven times",
      "as often. A ratio is the median of the rounds'.",
      "",
      "Fails where a figure is missed, and where an answer was not 200 that should have been."
    },
    footer = {
      "",
      "Examples:",
      "  bench/run access",
      "  bench/run access --only sign-ins --only overload",
      "  bench/run access --only overload --limit 1000",
      "  bench/run access --rounds 3 --seconds 4 --warm-up 4 --users 20000    a quick look"
    })
final class AccessCommand implements Callable<Integer> {
  private static final int PACED_TURNS = 2;

  @Mixin private LoadOptions options = new LoadOptions();

  /** What can be measured. */
  enum Part {
    verification,
    tokens,
    sign_ins,
    overload;

    @Override
    public String toString() {
      return name().replace('_', '-');
    }
  }

  @Option(
      names = "--only",
      paramLabel = "PART",
      converter = PartName.class,
      description = "One part, instead of all: ${COMPLETION-CANDIDATES}; may be repeated.")
  private Set<Part> only = EnumSet.noneOf(Part.class);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "9",
      description = "How often what is compared takes turns; default ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--pace",
      paramLabel = "N",
      defaultValue = "1000",
      description = "GET per second beside sign-ins; default ${DEFAULT-VALUE}.")
  private int pace;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "Requests per second that overload lets each partner; default ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "20000",
      description = "How many tokens are made to be verified; default ${DEFAULT-VALUE}.")
  private int tokens;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A setting of the server of the paced parts; may be repeated.")
  private List<String> settings = new ArrayList<>();

  /** What all parts share. */
  @SuppressWarnings("TooManyParameters") // the options, and what is made of them
  record Bed(
      RunScope scope,
      SeededStore store,
      Load load,
      int rounds,
      int pace,
      int limit,
      List<String> settings) {
    /** How long each turn is at a fixed pace, whose slowest hundredth is what counts. */
    int pacedSeconds() {
      return Math.max(1, load.seconds() / PACED_TURNS);
    }

    PacedLoad.Plan plan(int perSecond, int seconds) {
      return new PacedLoad.Plan(perSecond, seconds, load.connections());
    }
  }

  /** Takes a part's name as it is shown. */
  static final class PartName implements ITypeConverter<Part> {
    @Override
    public Part convert(String text) {
      return Part.valueOf(text.replace('-', '_'));
    }
  }

  @Override
  public Integer call() throws IOException, SQLException {
    if (rounds < 1 || pace < 1 || limit < 1 || tokens < 1) {
      throw new BenchException("--rounds, --pace, --limit and --tokens must be at least 1");
    }
    Findings findings = new Findings();
    try (RunScope scope = RunScope.open()) {
      Machine machine = Machine.here(scope.folder());
      Bench.say(machine.toString());
      Bench.say("filling a store with " + options.size().users() + " accounts");
      SeededStore store = SeededStore.create(scope.folder().resolve("data"), options.size());
      measure(new Bed(scope, store, options.load(), rounds, pace, limit, settings), findings);
      print(machine, findings);
    }
    return findings.areReached() ? 0 : 1;
  }

  private void measure(Bed bed, Findings findings) throws IOException, SQLException {
    Set<Part> parts = only.isEmpty() ? EnumSet.allOf(Part.class) : only;
    if (parts.contains(Part.verification)) {
      VerificationShare.measure(bed, findings);
    }
    if (parts.contains(Part.tokens)) {
      TokenSpeed.measure(bed, tokens, findings);
    }
    if (parts.contains(Part.sign_ins)) {
      SignInBurst.measure(bed, findings);
    }
    if (parts.contains(Part.overload)) { // last, because it divides the store
      PartnerOverload.measure(bed, findings);
    }
  }

  private void print(Machine machine, Findings findings) {
    System.out.println(machine);
    System.out.printf(
        "%d users of %d customers, %d connections, %d rounds, steps of %d s after %d s%n%n",
        options.size().users(),
        options.size().customers(),
        options.load().connections(),
        rounds,
        options.load().seconds(),
        options.load().warmUpSeconds());
    System.out.println(findings.table());
    System.out.println(
        findings
            .json()
            .number("users", options.size().users(), 0)
            .number("customers", options.size().customers(), 0)
            .number("connections", options.load().connections(), 0)
            .number("rounds", rounds, 0)
            .number("pace", pace, 0)
            .number("limit", limit, 0)
            .machine(machine));
  }
}
