package dev.vidame.cli.admin;

import picocli.CommandLine.Option;

/** The option that says whose something is. */
final class OfPartner {
  @Option(names = "--partner", required = true, paramLabel = "ID", description = "Whose.")
  private String partner = "";

  String partner() {
    return partner;
  }
}
