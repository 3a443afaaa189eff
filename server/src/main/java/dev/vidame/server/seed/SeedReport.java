package dev.vidame.server.seed;

/**
 * What became of a seed.
 *
 * @param isLoaded whether it was loaded; otherwise the store was no empty one
 * @param message for people, in one sentence
 */
public record SeedReport(boolean isLoaded, String message) {}
