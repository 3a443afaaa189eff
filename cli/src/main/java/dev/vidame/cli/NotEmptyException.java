package dev.vidame.cli;

import java.nio.file.Path;

/** A folder that was to be new has something in it. */
final class NotEmptyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotEmptyException(Path folder) {
    super("The folder " + folder + " is not empty. Name a new one.");
  }
}
