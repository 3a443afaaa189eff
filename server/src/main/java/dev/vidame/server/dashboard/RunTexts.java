package dev.vidame.server.dashboard;

import dev.vidame.bulk.Operation;
import dev.vidame.bulk.Result;
import dev.vidame.bulk.StopReason;
import dev.vidame.server.bulk.RunState;
import dev.vidame.server.texts.Sentences;
import dev.vidame.server.texts.Text;
import java.util.regex.Pattern;

/** What pages say of runs of bulk changes. */
final class RunTexts {
  /** The upload as the engine names it, with a line. */
  private static final Pattern PLACE = Pattern.compile("^upload\\.csv(:\\d+)?:? ");

  private static final String NOT_ASKED = "There is no plan, because the service cannot be asked: ";
  private static final String MAPPING = " A mapping names it otherwise, or leaves it out.";

  private RunTexts() {}

  static Text of(RunState state) {
    return switch (state) {
      case PLANNING -> Text.of("The file is being compared with the accounts.");
      case PLAN_STOPPED -> Text.of("The comparison was interrupted. Nothing was changed.");
      case FAILED -> Text.of("The file cannot be used. Nothing was changed.");
      case PLANNED -> Text.of("The plan is ready. Nothing was changed yet.");
      case APPLYING -> Text.of("The changes are being made.");
      case APPLY_STOPPED -> Text.of("The run was interrupted before its last row.");
      case APPLIED -> Text.of("Every row has ended.");
      case UNDOING -> Text.of("The changes are being taken back.");
      case UNDO_STOPPED -> Text.of("Taking back was interrupted before its last row.");
      case UNDONE -> Text.of("What could be taken back is taken back.");
    };
  }

  static Text of(StopReason reason) {
    return switch (reason) {
      case INTERRUPTED -> Text.of("Somebody stopped it, or the server was stopped.");
      case TOO_MANY_FAILURES -> Text.of("Too many rows failed.");
      case UNREACHABLE -> Text.of("The server could not store anything for too long.");
      case SIGNED_OUT -> Text.of("You may not go on with it.");
      case FILES -> Text.of("The files of the run could not be used on this server.");
    };
  }

  static Text of(Operation operation) {
    return switch (operation) {
      case CREATE -> Text.of("Users to create");
      case UPDATE -> Text.of("Users to change");
      case DELETE -> Text.of("Users to delete");
      case RESTORE -> Text.of("Users to restore");
      case RESET_PASSWORD -> Text.of("Passwords to reset");
    };
  }

  /** What happens to one account. */
  static Text one(Operation operation) {
    return switch (operation) {
      case CREATE -> Text.of("Creation of the user");
      case UPDATE -> Text.of("Change of the user");
      case DELETE -> Text.of("Deletion of the user");
      case RESTORE -> Text.of("Restoration of the user");
      case RESET_PASSWORD -> Text.of("Reset of the password");
    };
  }

  static Text of(Result result) {
    return switch (result) {
      case CHANGED -> Text.of("Done");
      case FOUND -> Text.of("Found as wanted");
      case PARTLY -> Text.of("Done in part");
      case STALE -> Text.of("Changed by others, and left alone");
      case GONE -> Text.of("No such user any more");
      case NAME_TAKEN -> Text.of("The user name is taken");
      case REFUSED -> Text.of("Not allowed");
      case IN_DOUBT -> Text.of("In doubt");
      case KEPT -> Text.of("Cannot be taken back");
    };
  }

  /** A sentence that the engine wrote down in English. */
  static Text cause(String english) {
    String sentence = PLACE.matcher(english).replaceFirst("");
    if (sentence.startsWith(NOT_ASKED)) {
      sentence = sentence.substring(NOT_ASKED.length());
    }
    if (sentence.endsWith(MAPPING)) {
      sentence = sentence.substring(0, sentence.length() - MAPPING.length());
    }
    return Sentences.of(sentence);
  }
}
