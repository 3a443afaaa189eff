package dev.vidame.bench;

/**
 * How hard and how long is pushed.
 *
 * @param connections how many requests are under way at once
 * @param warmUpSeconds how long before the measurement
 * @param seconds how long it is measured
 */
record Load(int connections, int warmUpSeconds, int seconds) {}
