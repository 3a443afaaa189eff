package dev.vidame.bench;

/**
 * What a part of the product does when nothing else runs.
 *
 * @param rate how fast it was
 * @param peakMegabytes the most memory that was resident at once, in megabytes
 */
record Alone(Rate rate, double peakMegabytes) {}
