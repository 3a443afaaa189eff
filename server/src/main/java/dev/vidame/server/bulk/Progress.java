package dev.vidame.server.bulk;

/**
 * How far a task is.
 *
 * @param isWaiting whether others come first
 * @param done how many rows
 * @param total how many there are; 0 while that is not known
 */
public record Progress(boolean isWaiting, long done, long total) {}
