package dev.vidame.bench.scale;

import picocli.CommandLine.Option;

/**
 * What things cost and how full machines may be; docs/scale.md says where the defaults are from.
 */
final class CostOptions {
  private static final double BYTES_PER_GIGABYTE = 1e9;

  @Option(
      names = "--user-bytes",
      paramLabel = "N",
      defaultValue = "660",
      description = "What an account takes up; default ${DEFAULT-VALUE}.")
  private double userBytes;

  @Option(
      names = "--change-bytes",
      paramLabel = "N",
      defaultValue = "562",
      description = "What a change takes up for good; default ${DEFAULT-VALUE}.")
  private double changeBytes;

  @Option(
      names = "--shard-changes",
      paramLabel = "N",
      defaultValue = "5500",
      description = "Changes per second that a shard does; default ${DEFAULT-VALUE}.")
  private double shardChanges;

  @Option(
      names = "--shard-reads",
      paramLabel = "N",
      defaultValue = "7900",
      description = "Reads per second that a shard does; default ${DEFAULT-VALUE}.")
  private double shardReads;

  @Option(
      names = "--customer-changes",
      paramLabel = "N",
      defaultValue = "3800",
      description = "Changes per second of a single customer; default ${DEFAULT-VALUE}.")
  private double customerChanges;

  @Option(
      names = "--server-requests",
      paramLabel = "N",
      defaultValue = "7900",
      description = "Requests per second that a server answers; default ${DEFAULT-VALUE}.")
  private double serverRequests;

  @Option(
      names = "--use",
      paramLabel = "SHARE",
      defaultValue = "0.5",
      description = "How much of a rate may be used at the peak; default ${DEFAULT-VALUE}.")
  private double use;

  @Option(
      names = "--shard-gigabytes",
      paramLabel = "N",
      defaultValue = "1000",
      description = "What a shard may hold at the end; default ${DEFAULT-VALUE}.")
  private double shardGigabytes;

  @Option(
      names = "--years",
      paramLabel = "N",
      defaultValue = "3",
      description = "Years of journal that are kept; default ${DEFAULT-VALUE}.")
  private double years;

  @Option(
      names = "--copies",
      paramLabel = "N",
      defaultValue = "2",
      description = "Copies of each shard, the first included; default ${DEFAULT-VALUE}.")
  private int copies;

  @Option(
      names = "--server-connections",
      paramLabel = "N",
      defaultValue = "16",
      description = "Connections of a server to the database; default ${DEFAULT-VALUE}.")
  private int serverConnections;

  @Option(
      names = "--database-price",
      paramLabel = "N",
      defaultValue = "300",
      description = "A database machine for a month, an example; default ${DEFAULT-VALUE}.")
  private double databasePrice;

  @Option(
      names = "--server-price",
      paramLabel = "N",
      defaultValue = "50",
      description = "A server for a month, an example; default ${DEFAULT-VALUE}.")
  private double serverPrice;

  @Option(
      names = "--gigabyte-price",
      paramLabel = "N",
      defaultValue = "0.1",
      description = "A gigabyte for a month, an example; default ${DEFAULT-VALUE}.")
  private double gigabytePrice;

  Costs costs() {
    return new Costs(
        userBytes, changeBytes, shardChanges, shardReads, customerChanges, serverRequests);
  }

  Capacity.Limits limits() {
    return new Capacity.Limits(use, shardGigabytes * BYTES_PER_GIGABYTE, years, copies);
  }

  Bill bill(Capacity capacity, Capacity.Need need, long users) {
    double gigabytes = capacity.bytes(users) * copies / BYTES_PER_GIGABYTE;
    int databases = capacity.databases(need);
    return new Bill(
        databases,
        need.servers() * serverConnections,
        databases * databasePrice + need.servers() * serverPrice + gigabytes * gigabytePrice);
  }
}
