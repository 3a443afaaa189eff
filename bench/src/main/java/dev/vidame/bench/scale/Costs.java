package dev.vidame.bench.scale;

/**
 * What things cost, as measured.
 *
 * @param userBytes an account takes up, with its password and its part of all indexes
 * @param changeBytes a change takes up for good, in the journal
 * @param shardChanges changes per second that one shard does
 * @param shardReads reads per second that one shard does
 * @param customerChanges changes per second of a single customer, which are put in order
 * @param serverRequests requests per second that one server process answers
 */
@SuppressWarnings("TooManyParameters") // each is a figure of docs/scale.md
record Costs(
    double userBytes,
    double changeBytes,
    double shardChanges,
    double shardReads,
    double customerChanges,
    double serverRequests) {}
