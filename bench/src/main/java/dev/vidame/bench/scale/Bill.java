package dev.vidame.bench.scale;

/**
 * What a month costs, in whatever the prices are in.
 *
 * @param databases machines of the database, all copies
 * @param connections connections of all servers together, wherever in the database they end
 * @param perMonth machines and storage of all copies
 */
record Bill(int databases, int connections, double perMonth) {}
