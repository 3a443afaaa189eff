package dev.vidame.server.openapi;

/** What is said of the operators' routes about second factors. */
final class FactorDescriptions {
  private static final String AGENTS = "Agents";
  private static final String FACTOR = "SecondFactor";
  private static final String REPLAYED = "MS-Replayed";

  private FactorDescriptions() {}

  /** As {@link AdminDescriptions#of}. */
  static Description of(String name) {
    return switch (name) {
      case "admin_get_second_factor" ->
          AdminDescriptions.get(AGENTS, "Shows whether an agent has a second factor", FACTOR);
      case "admin_enrol_second_factor" ->
          Description.of(
                  AGENTS,
                  "Gives an agent a second factor",
                  "It waits until a code of its authenticator is confirmed; one that the agent has holds until then. The secret and the recovery codes are in this answer and in no other.")
              .answers(201, FACTOR, "What the agent has, and what is shown once.", REPLAYED)
              .refuses(404, 409, 413);
      case "admin_confirm_second_factor" ->
          AdminDescriptions.update(
              AGENTS,
              "Confirms a code of an agent's second factor",
              "From then on the agent is asked for codes, and has to sign in anew. A wrong code is 400 with code 3000, and changes nothing.",
              "SecondFactorCode",
              FACTOR);
      case "admin_replace_recovery_codes" ->
          Description.of(
                  AGENTS,
                  "Gives an agent other recovery codes",
                  "Those that are left are good no more. The new ones are in this answer and in no other.")
              .answers(201, FACTOR, "What the agent has, with the codes.", REPLAYED)
              .refuses(404, 409, 413);
      case "admin_remove_second_factor" ->
          AdminDescriptions.delete(
              AGENTS,
              "Takes an agent's second factor, after a loss",
              "With its recovery codes. The agent has to sign in anew, with the password alone.");
      default -> throw AdminDescriptions.unknown(name);
    };
  }
}
