package dev.vidame.sdk;

import dev.vidame.wire.LicenseGroup;

/** Writes the groups that a request asks for. */
final class LicenseGroups {
  private LicenseGroups() {}

  static String query(LicenseGroup... groups) {
    QueryText query = new QueryText();
    for (LicenseGroup group : groups) {
      query.add("licenseGroupIds", group.wire());
    }
    return query.toString();
  }
}
