package dev.vidame.server.openapi;

/** What is said of the operations on licences (wire-spec §5). */
final class LicenseDescriptions {
  private static final String TAG = "Licences";

  private LicenseDescriptions() {}

  static Description subscribedSkus() {
    return Description.of(
            TAG, "Lists what a customer subscribes to", "The products, with how many are left.")
        .with("LicenseGroupIds")
        .answers(200, "SubscribedSkuCollection", "The products of these groups.")
        .refuses(404);
  }

  static Description ofUser() {
    return Description.of(TAG, "Lists an account's licences", "Those that it holds.")
        .with("LicenseGroupIds")
        .answers(200, "LicenseCollection", "Its licences of these groups.")
        .refuses(404);
  }

  static Description update() {
    return Description.of(
            TAG,
            "Assigns and removes licences",
            "All of it happens or nothing. Where no unit is left the answer is 400 with code"
                + " 60012. The account needs a usage location.")
        .takes("LicenseUpdateRequest")
        .answers(201, "LicenseUpdate", "It is done.", "MS-Replayed")
        .refuses(404, 409);
  }
}
