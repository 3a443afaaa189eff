package dev.vidame.cli.exit;

import dev.vidame.cli.terminal.Visible;
import dev.vidame.sdk.AccessDeniedException;
import dev.vidame.sdk.AuthenticationException;
import dev.vidame.sdk.NameTakenException;
import dev.vidame.sdk.NotFoundException;
import dev.vidame.sdk.OutcomeUnknownException;
import dev.vidame.sdk.PartnerException;
import dev.vidame.sdk.ThrottledException;
import dev.vidame.sdk.VersionMismatchException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is said of a problem, and the code that tells it to scripts. The one place where the SDK's
 * exceptions become either.
 *
 * @param code what the shell sees
 * @param lines what the person reads, without control characters
 */
public record Explanation(ExitCode code, List<String> lines) {
  private static final int NOT_FOUND = 404;
  private static final int FIRST_SERVER_ERROR = 500;

  /** Copies the lines and makes control characters in them visible. */
  public Explanation {
    lines = lines.stream().map(Visible::text).toList();
  }

  /** The explanation of a problem; empty where this program does not expect it. */
  public static Optional<Explanation> of(Throwable problem) {
    return switch (problem) {
      case CommandException e ->
          Optional.of(new Explanation(e.code(), String.valueOf(e.getMessage()).lines().toList()));
      case PartnerException e -> Optional.of(ofService(e));
      case UncheckedIOException e ->
          Optional.of(
              new Explanation(
                  ExitCode.INPUT_OUTPUT,
                  List.of("A file cannot be read or written: " + e.getCause())));
      default -> Optional.empty();
    };
  }

  private static Explanation ofService(PartnerException e) {
    List<String> lines = new ArrayList<>();
    String where = e.status() == 0 ? "" : " (" + e.status() + "/" + e.code() + ")";
    lines.add(e.description() + where);
    e.data().stream().filter(text -> !e.description().contains(text)).forEach(lines::add);
    lines.add(next(e));
    if (e.requestId() != null) {
      lines.add("MS-RequestId " + e.requestId() + ", MS-CorrelationId " + e.correlationId());
    }
    return new Explanation(code(e), lines);
  }

  private static ExitCode code(PartnerException e) {
    if (Thread.currentThread().isInterrupted()) {
      return ExitCode.INTERRUPTED;
    }
    return switch (e) {
      case OutcomeUnknownException _ -> ExitCode.OUTCOME_UNKNOWN;
      case AuthenticationException _, AccessDeniedException _ -> ExitCode.NOT_ALLOWED;
      case ThrottledException _ -> ExitCode.TRY_LATER;
      case NotFoundException _ ->
          isOfAnotherService(e) ? ExitCode.UNAVAILABLE : ExitCode.NOT_FOUND;
      default ->
          e.status() == 0 || e.status() >= FIRST_SERVER_ERROR
              ? ExitCode.UNAVAILABLE
              : ExitCode.REFUSED;
    };
  }

  /** What the person is to do. */
  private static String next(PartnerException e) {
    return switch (e) {
      case OutcomeUnknownException _ ->
          "The answer was lost, and the change may have been made. Look before you repeat it.";
      case AuthenticationException _ ->
          "Sign in again: vidame login, with the same --profile. vidame profiles list names them.";
      case AccessDeniedException _ ->
          "Somebody must give whoever is signed in the right to this, or sign in as somebody else:"
              + " vidame login. Changes need a person; an application alone cannot make them.";
      case ThrottledException _ -> "Repeat it " + wait(e) + ".";
      case NameTakenException _ ->
          "Choose another name. vidame users list --deleted shows names that deleted accounts hold.";
      case VersionMismatchException _ ->
          "It was changed meanwhile. Read it again, decide again, and give the new --if-match.";
      case NotFoundException _ ->
          isOfAnotherService(e)
              ? "That is not how this service answers. Is the endpoint right? See vidame profiles show."
              : "Check the name or id; the list commands show them.";
      default ->
          e.status() == 0 || e.status() >= FIRST_SERVER_ERROR
              ? "Does the service run, and is the endpoint right? See vidame profiles show."
              : "Mend what was given and repeat it.";
    };
  }

  /** This service gives each of its errors a number. */
  private static boolean isOfAnotherService(PartnerException e) {
    return e.status() == NOT_FOUND && e.code() == 0;
  }

  private static String wait(PartnerException e) {
    Duration after = e.retryAfter();
    return after == null ? "later, and more slowly" : "in " + after.toSeconds() + " s";
  }
}
