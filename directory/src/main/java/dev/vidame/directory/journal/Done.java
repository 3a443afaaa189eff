package dev.vidame.directory.journal;

/**
 * What came of a change that was asked for.
 *
 * @param value what there is now
 * @param isReplay whether this very request succeeded before, and nothing was done
 * @param <T> what was to change
 */
public record Done<T>(T value, boolean isReplay) {}
